"""Turns of phrase by which authors take sides, report others, concede, and set conditions.

All match lower-case text with single spaces. They are general English; none names a subject.
"""

from __future__ import annotations

import re


def _compile(pattern: str) -> re.Pattern[str]:
    """``pattern`` without its layout: line breaks and indents are dropped, single blanks stay."""
    return re.compile("".join(line.strip("\n").lstrip() for line in pattern.splitlines()))


_AUTHOR = r"(?:i|we|(?:our|my) \w+|the undersigned)"
_ADVERBS = (
    r"(?:(?:also|strongly|fully|firmly|wholly|wholeheartedly|completely|totally|absolutely|vehemently|respectfully|"
    r"urgently|generally|adamantly|simply|still|very much|do|would|hereby|therefore|must|want to|wish to|have to|am|"
    r"are|'m|'re|here to|"
    r"writing(?: today)?(?: to| in)?|to|express (?:my|our)) )*"
)
_NEGATED = (
    r"(?:(?:do not|don't|cannot|can't|could not|couldn't|would not|wouldn't|will not|won't|am not|are not|aren't|"
    r"'m not|never) (?:\w+ly )?)?"
)

ATTITUDE = _compile(
    rf"""
    \b(?:{_AUTHOR} {_ADVERBS}{_NEGATED}{_ADVERBS}(?:
    support|oppos|object|reject|favou?r|endorse|welcome|applaud|commend|agree|disagree|disapprove|approve|against|
    condemn|appreciate|thank|concerned|opposed|stand with|in (?:\w+ )?(?:favou?r|support|opposition|agreement))|
    (?:writing|write|comment|commenting) (?:\w+ ){{0,3}}?
    (?:to (?:\w+ )?(?:support|oppose|object)|in (?:\w+ )?(?:support|opposition|favou?r))|
    (?:my|our) (?:\w+ )?(?:support|opposition|objection|endorsement) (?:for|of|to))
    """
)
URGE = _compile(
    rf"""
    \b(?:{_AUTHOR} {_ADVERBS}(?:urge|ask|request|recommend|suggest|encourage|implore|beg|call (?:up)?on|propose|insist|
    demand|hope|want|advise|believe|think|feel|submit)|please|kindly)\b
    """
)
ASKING = re.compile(r"\b(?:to|please|kindly)\b")
IMPERATIVE = _compile(
    r"""
    ^(?:so |and |again |just |instead )?(?:do not|don't|never|please|stop|keep|withdraw|reject|ban|let|protect|leave|
    adopt|approve|support|oppose|repeal|drop|scrap|allow|vote|say)\b
    """
)
DEMAND = _compile(
    r"""
    \b(?:should|must|ought|needs? to|has to|have to|
    it is (?:essential|vital|imperative|critical|crucial|important|necessary) (?:that|to|for)|
    there (?:is|are) (?:a |no )?need)\b
    """
)
RULE = _compile(
    r"""
    \b(?:(?:this|the|these|your|that|such|any|said)(?: (?!of\b|to\b|for\b|that\b|and\b)[\w'’.\-]+){0,4}? 
    (?:rule|rules|proposal|proposals|rulemaking|regulation|regulations|amendment|amendments|rule ?change|changes|
    bill|plan|policy|policies|measure|standard|revision|revisions|petition|initiative|ordinance|legislation)|
    (?:proposed|new|final|draft) (?:\w+ ){0,3}
    (?:rule|rules|regulation|regulations|standard|standards|changes|amendments|policy|ordinance)|
    proposed rulemaking)\b
    """
)
REPORTED = _compile(
    r"""
    (?:^|[,;] )(?:
    (?:(?:some|many|other|certain|most|several|few|those|these|the|its|their)?(?: [\w'-]+)? ?
    (?:critics?|opponents?|proponents?|supporters?|advocates?|people|others|they|commentators?|observers?|skeptics|
    detractors|industry|companies|some|many|lobbyists|politicians|media|experts)(?: who [\w ]+?| in [\w ]+?)? 
    (?:\w+ly |often |may |might |will |would |have |has |like to )*
    (?:claim|argue|say|said|suggest|assert|contend|believe|think|worry|warn|fear|insist|allege|maintain|state|want|
    point out|call for|complain)\w*)|
    it (?:is|has been) (?:often |sometimes |frequently )?(?:said|claimed|argued|suggested|alleged|feared)|
    according to)\b
    """
)
CORRECTED = re.compile(r"\b(?:wrong|wrongly|mistaken|mistakenly|nonsense|rightly|correctly|incorrectly)\b")
QUOTED = re.compile(r"[\"“][^\"”]{15,}[\"”]")
CONCESSION = _compile(
    r"""
    ^(?:while|although|though|even though|even if|despite|notwithstanding|whereas|in spite of|granted|regardless of|
    yes|admittedly|certainly|true|sure)\b
    """
)
TURNING_POINT = re.compile(r"(?:[,;.] |^| )(?:but|however|yet|nevertheless|nonetheless|still)[, ]+(?!not only)")
TRAILING_CONCESSION = re.compile(
    r",? (?:although|though|even though|even if|despite|notwithstanding|regardless of|in spite of) .*$"
)
CONDITION = _compile(
    r"""
    (?:^|,? )(?:if|unless|provided(?: that)?|so long as|as long as|only (?:if|when|where)|
    (?:on|under) (?:the )?conditions?(?: that)?|assuming|were it to)\b
    """
)
CAUSE = _compile(
    r"""
    [;:—–]|\s-\s|
    ,? (?:because|since|so that|which|whereas|as (?:it|they|this)|and (?:i|we|they|it|this))\b
    (?! (?:believe|think) that)
    """
)
FALSE_NOT = re.compile(
    r"\b(?:not only|not just|not merely|no doubt|not to mention|whether or not|no later than|no matter|"
    r"at (?:all|any) costs?|no (?:small|little)|(?:the|an?)(?: \w+)? few|a little|nothing (?:but|short of))\b"
)
# phrases put as a word of the lexicon, or as none, in this order: each with what a text that has it must hold
PHRASES = (
    # a word that turns elsewhere, here part of a thing's name
    (
        ("curb ", "stop ", "bar ", "block ", "closed "),
        re.compile(r"\b(?:curb (?=ramp|cut)|stop (?=sign)|bar (?=association)|block (?=grant)|closed (?=caption))"),
        "",
    ),
    (
        (" off", " out", " away"),
        re.compile(
            r"\b(?:(?:keep|keeps|keeping|kept|hold|holding|leave|leaving|left|throw|thrown)"
            r"((?: [\w'-]+){0,6}? (?:off|out of|out|away from|away))|(?:take|taken|taking)((?: [\w'-]+){0,6}? away))\b"
        ),
        r"exclude\1\2",
    ),
    (("regulation",), re.compile(r"\bregulations?(?= (?:of|on)\b)"), "restriction"),
    (
        ("regulation",),
        re.compile(
            r"\b(impos\w+|heavy|strict(?:er)?|excessive|needless|such|more|further|overly|any (?:\w+ )?of)"
            r" (?:\w+ )?regulations?\b"
        ),
        r"\1 restriction",
    ),
    ((" back",), re.compile(r"\b(?:hold|holds|holding|held|set|sets|setting) (?=back\b)"), "hinder "),
    (
        (" rid of", " away with"),
        re.compile(r"\b(?:get|gets|getting|got) rid of\b|\bdo(?:ing)? away with\b"),
        "abolish",
    ),
    ((" out",), re.compile(r"\bwip(?:e|es|ed|ing) out\b"), "remove"),
    ((" out",), re.compile(r"\b(?:shut|shuts|shutting|lock|locks|locked|locking) out\b"), "exclude"),
    ((" out",), re.compile(r"\b(?:rul(?:e|es|ed|ing)) out\b"), "exclude"),
    (
        (" in the way of",),
        re.compile(r"\b(?:stand|stands|standing|get|gets|getting) in the way of\b"),
        "hinder",
    ),
    (("fail",), re.compile(r"\b(?:fail|fails|failed|failing) to\b"), "not"),
)
COMPARED = re.compile(
    r",? (?:rather than|instead of|in place of|in lieu of|as opposed to|in (?:contrast|comparison) (?:to|with)|"
    r"compared (?:to|with)|relative to|than) [^,;:()]*"
)
COURTESY = _compile(
    r"""
    \b(?:thank|appreciat|grateful|welcom|pleas|opportunity)\w* .*
    \b(?:comment|opportunit|consider|attention|feedback|input|time|effort|respond)
    """
)
PRONOUN = re.compile(r"\b(?:it|its|they|them|these|those|this|that|such)\b")
