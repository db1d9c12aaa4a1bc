"""Words that say nothing about a subject: they neither begin nor end a phrase."""

from __future__ import annotations

_FUNCTION_WORDS = """
a about above across after again against ago all almost alone along already also although always am among an and
another any anybody anyone anything anyway are aren't around as aside at away back be became because become becomes
been before behind being below beside besides between beyond both but by came can can't cannot come comes could
couldn't did didn't do does doesn't doing don't done down due during each either else elsewhere enough etc even ever
every everybody everyone everything everywhere except far few fewer for former formerly from further furthermore
gave get gets getting give given gives giving go goes going gone got had hadn't hardly has hasn't have haven't
having he he's hence her here here's hereby herein hers herself him himself his how how's however i i'd i'll i'm
i've if in indeed inside instead into is isn't it it's its itself just keep keeps kept last lastly later latter
least less let let's like likely likewise little lot lots made mainly make makes making many may maybe me mean means
meanwhile merely might mine more moreover most mostly much must my myself namely near nearly neither never
nevertheless next no nobody none nonetheless nor not nothing notwithstanding now nowhere of off often on once one
one's only onto or other others otherwise ought our ours ourselves out outside over overall own part particular
particularly per perhaps please possibly precisely put quite rather really regarding regardless s said same say
saying says see seem seems seen self several shall she she's should shouldn't simply since so some somebody somehow
someone something sometimes somewhat somewhere soon still such sure t take taken takes taking tell than that that's
the their theirs them themselves then there there's thereafter thereby therefore therein these they they'd they'll
they're they've thing things this those though through throughout thus till to together too took toward towards
truly two under undoubtedly unless unlike until up upon us use used uses using usually very via want wants was
wasn't way ways we we'd we'll we're we've well went were weren't what what's whatever when whenever where where's
whereas whereby wherein wherever whether which whichever while who who's whoever whole whom whose why will with
within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves able
actual actually additional additionally allow allows allowing appropriate based basis best better big bit can case
cases certain certainly clear clearly consider considered considering current currently different difficult directly
early easily easy effectively ensure ensures ensuring especially essential example examples existing extent fact
finally following forth fully fundamental generally greater greatly help helping helps highly huge important
importantly include included includes including increasingly instance involve involved key kind know known large
largely larger latest left less main need needed needs number numerous obvious obviously old people place point
possible potential potentially primarily primary prior provide provided provides providing quickly readily reason
recent recently related relative relatively relevant remain remains require required requires requiring respect
right seek seeks serious seriously set sets significant significantly similar similarly simple single smaller sort
specific specifically strong strongly subject substantial sufficient sufficiently think three time times today total
true try trying type types typically unique useful various vast want wide widely work works world year years day
days week weeks month months four five six ten zero half hundred thousand million billion percent pct whatsoever
therefor thereof hereof thereto herewith ie eg viz cf et al pp vol nos ibid id supra infra op cit www http https com
org gov html pdf doi arxiv url wikipedia
january february march april june july august september october november december jan feb mar apr jun jul aug sep sept
oct nov dec monday tuesday wednesday thursday friday saturday sunday
"""

# words of letters to an agency, whatever they are about
_LETTER_WORDS = """
accept acknowledge addressed addresses addressing agree answer answered answering answers appendix appreciate
appreciates appreciated ask asked asks attached attachment available believe believes believed call calls cite cited
comment commenter commenters commenting comments concern concerned concerns conclude conclusion consideration contact
content correspondence dear deadline describe described describes discuss discussed discusses discussion docket
document email encourage encouraged encourages enclosed fax feedback figure footnote forward grateful hello hereby
hope hopes input inquiry introduction invite issues letter mention mentioned messrs note noted notes noting notice
offer offers opinion opportunity page pages paper paragraph phone pleased pm proposed pursuant question questions raise
raised recommend recommendation recommendations recommended recommends refer references reiterate reply report reported
request requested requests respectfully respond responded respondent respondents responding response responses rfc rfi
rulemaking rulemakings section sections sincerely solicitation stated statement sub-question sub-questions submission
submissions submit submits submitted submitting suggest suggested suggestion suggestions suggests summary table tel
telephone thank thanks thought thoughts topic topics undersigned understand urge urged urges view views
welcome welcomes wish write writes writing written
"""

LETTER_WORDS = frozenset(_LETTER_WORDS.split())
STOP_WORDS = frozenset(_FUNCTION_WORDS.split()) | LETTER_WORDS

# words that begin phrases ("small business", "first amendment") and say nothing alone or at their end
OPENERS = frozenset(
    {"address", "common", "first", "full", "general", "good", "great", "hard", "high", "higher", "issue", "large",
     "long", "low", "lower", "major", "new", "original", "present", "read", "real", "second", "share", "small", "third",
     "working"}
)  # fmt: skip

# stems of nouns that add nothing to the docket's own subject: "AI systems" says no more than "AI"
GENERIC_NOUNS = frozenset(
    """application approach area aspect change company development developer device element environment field form group
    industry issue matter member model organization organisation principle process product program project sector
    service solution space standard state system technology tool topic use user world""".split()  # noqa: SIM905
)

# stems of nouns for whom letters are written to: "the Commission's staff" is no theme
ADDRESSED = frozenset(("administration", "agency", "bureau", "commission", "department", "office", "official", "staff"))

# the few that may stand inside a phrase: "health and safety", "duty of care"
LINKS = frozenset({"and", "for", "in", "of", "on", "the", "to", "with"})
