"""Words that carry or turn a stance: general English, made for this project, about no subject in particular.

Entries are stems as :func:`stem` gives them for the words written here, so "ban" also stands for "bans", "banned"
and "banning". A word is in one class only; :func:`word_class` says which.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache


class WordClass(StrEnum):
    """What a word does to the stance of what follows it."""

    TURN = "turn"  # acts against its object: ban, reduce, oppose
    KEEP = "keep"  # acts for its object: allow, increase, support
    GOOD = "good"  # good in itself: benefit, fair
    BAD = "bad"  # bad in itself: risk, costly
    NOT = "not"  # negates: not, never, little


def _list(text: str) -> list[str]:
    return text.split()


_TURN = _list(
    """
    ban banning prohibit prohibition restrict restriction restrictive limit limitation curb curtail constrain
    constraint block bar forbid outlaw halt stop cease end terminate abolish repeal rescind withdraw withdrawal
    revoke cancel scrap abandon drop eliminate elimination erase remove removal reject rejection oppose
    opposition opponent object objection disagree disapprove condemn denounce against reduce reduction decrease
    lessen lower diminish shrink cut minimise minimize mitigate mitigation prevent prevention avoid deter
    discourage hinder hamper impede inhibit stifle suppress obstruct slow delay postpone weaken undermine erode
    destroy dismantle gut deny deprive exclude exclusion strip punish penalize penalise criminalize criminalise
    censor censorship overregulate regulate decline lack without combat counteract resist overturn veto
    moratorium freeze deregister exempt exemption relax loosen waive waiver neutralise neutralize quash thwart
    crackdown clampdown gatekeep constrict disrupt depress discriminate unwind close closure overstated
    cap capping capped phase phasing phased phaseout outlawing refuse refusal disallow replace empty myth
    exaggerated overblown displace preempt override supersede forbidden forbade shut undo undercut hurdle barrier
    obstacle suffer suffering oversee opposed opposing overrule manageable misplaced closed
    """
)

_KEEP = _list(
    """
    allow permit enable let authorize authorise legalize legalise approve approval adopt adoption finalize
    finalise implement implementation enact support favor favour endorse endorsement welcome applaud commend
    appreciate praise back agree uphold maintain keep retain preserve preservation protect protection safeguard
    ensure secure guarantee promote promotion foster encourage facilitate advance boost strengthen enhance
    improve improvement increase expand expansion extend extension grow raise accelerate drive spur stimulate
    create bring provide offer deliver contribute help assist aid serve empower fund funding finance invest
    investment subsidize subsidise sponsor reward incentivize incentivise require requirement mandate mandatory
    compel oblige obligate demand enforce enforcement compulsory expect pose cause lead result produce generate
    amplify introduce establish institute impose apply share release publish disclose disclosure open grant
    accept embrace include inclusion restore reinstate codify champion advocate recognise recognize respect save
    rescue spare defend defense defence upheld kept favoured
    """
)

_GOOD = _list(
    """
    benefit beneficial good great excellent better best positive advantage advantageous valuable value vital
    essential crucial indispensable important useful helpful effective efficient efficiency fair fairness
    equitable equity justice reasonable sensible sound rightly wise prudent appropriate suitable proper safe
    safer safety secure security healthy freedom free liberty opportunity innovation innovative competition
    competitive progress prosperity growth transparency transparent accountability trust trustworthy access
    accessible available availability affordable diversity diverse democratize democratise democracy democratic
    resilience resilient robust reliable success successful wonderful love glad pleased happy grateful promising
    overdue clarity workable feasible practical responsible merit worthwhile desirable preferable acceptable
    justified warranted leadership right outweigh favorable blessing boon lifeline thriving flourish humane
    proportionate balanced thoughtful lifesaving convenient cleaner quieter peaceful cheaper
    """
)

_BAD = _list(
    """
    risk risky danger dangerous harmful hazard hazardous unsafe threat bad worse worst terrible horrible awful
    evil disastrous disaster catastrophe catastrophic devastating costly cost expensive burdensome onerous
    unfair injustice unjust inequitable inequity unreasonable unnecessary unneeded needless unworkable
    impractical infeasible impossible ineffective inefficient useless pointless wasteful waste wrong misguided
    mistaken mistake shortsighted foolish counterproductive flawed arbitrary vague unclear confusing overbroad
    overreach excessive extreme draconian unlawful illegal collapse unconstitutional violation abuse misuse
    misconduct crime criminal malicious fraud deceptive misleading unwise inappropriate unsuitable inadequate
    insufficient poor ridiculous absurd stupid insane outrageous unacceptable unjustified unwarranted problem
    problematic concern concerned worried worry fear alarming negative adverse detrimental detriment
    disadvantageous injury injure death disease toxic pollution monopoly oligopoly monopolistic incumbent
    attacker weapon terrorist adversary adversarial enemy rival hostile sick proprietary secretive
    discrimination discriminatory sexist racist hoax nonsense tyranny tyrannical authoritarian surveillance
    chilling doom irresponsible reckless unproven unfounded speculative harm hurt damage violate infringe
    trample jeopardize jeopardise endanger threaten devastate ruin wreck rob kill fail failure lose loss
    disadvantage burden degrade monopolize monopolise concentrate consolidate concentration consolidation
    entrench neglect ignore disregard contradict exacerbate worsen worsens attack jail poison illegally
    coerce coercion intimidate intimidation defy force forced bully nightmare racket scam nuisance chaos sham farce
    wrongheaded heartbreaking scary frightening terrifying unsustainable unrealistic intrusive invasive cruel inhumane
    barbaric corrupt corruption betray betrayal steal theft cheat overkill overreaction blunder backfire cripple choke
    strangle sabotage plague exploit exploitation misery suffocate overbearing punitive futile impair stunt contraband
    """
)

_NOT = _list(
    """
    not no never n't cannot neither nor none nobody nothing without hardly barely scarcely rarely seldom little
    few fewer less unlikely zero nowhere isn't don't doesn't didn't won't wouldn't shouldn't can't couldn't
    aren't wasn't weren't hasn't haven't mustn't
    """
)

_LOOKS_AT = _list(
    """
    assess test evaluate examine identify study measure monitor analyze analyse understand consider audit report
    disclose review investigate detect track inform discuss describe document research liable liability
    accountable responsible responsibility know weigh address manage handle regarding about concerning pay compensate
    compensation answer insure indemnify
    """
)

_ACTS = _list(
    """
    harm hurt damage violate infringe trample jeopardize jeopardise endanger threaten devastate ruin wreck rob kill
    fail lose burden degrade monopolize monopolise concentrate consolidate entrench neglect ignore disregard
    contradict exacerbate worsen attack poison waste coerce intimidate defy force bully cripple choke strangle sabotage
    exploit betray steal cheat impair stunt
    """
)

# words whose stem would fall together with a word of another sense
_PLAIN = frozenset(
    _list(
        """
    less little few fewer no not nor business access process harmless proposal proposed rule this is was has as
    its us bus gas plus thus kind need needed needs unless because doing being thing anything nothing something
    during closed closely press united carry carries carried concerning
    """
    )
)


@cache
def stem(word: str) -> str:
    """A crude stem: the common endings cut, so that the forms of one word mostly fall together."""
    if word in _PLAIN or len(word) <= 3:
        return word
    for ending in ("abilities", "ability", "ibilities", "ibility", "able", "ably", "ible"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + "abl"
    for ending, least in (
        ("ations", 4), ("ation", 4), ("ingly", 3), ("edly", 3), ("ments", 4), ("ment", 4), ("ness", 4), ("ings", 3),
        ("ing", 3), ("ies", 2), ("ied", 2), ("ions", 4), ("ion", 4), ("ers", 4), ("er", 4), ("ed", 3), ("es", 3),
        ("ly", 4), ("s", 3), ("e", 3), ("y", 3),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e").removesuffix("i") if len(word) > 3 else word


def _table() -> dict[str, WordClass]:
    table: dict[str, WordClass] = {}
    classes = (
        (WordClass.NOT, _NOT),
        (WordClass.TURN, _TURN),
        (WordClass.KEEP, _KEEP),
        (WordClass.BAD, _BAD),
        (WordClass.GOOD, _GOOD),
    )
    for kind, listed in classes:
        for word in listed:
            table.setdefault(word, kind)
            table.setdefault(stem(word), kind)
    return table


_CLASSES = _table()


_ATTENDING = frozenset(stem(word) for word in _LOOKS_AT)


@cache
def looks_at(word: str) -> bool:
    """True for words that deal with their object without valuing it: "assess the risks" is not against anything."""
    return stem(word) in _ATTENDING


_ACTING = frozenset(stem(word) for word in _ACTS)


@cache
def acts(word: str) -> bool:
    """True for words of value that tell of an act: "harms workers" is no description of the workers."""
    return stem(word) in _ACTING


@cache
def word_class(word: str) -> WordClass | None:
    """The class of a lower-case word, None for a word that carries no stance."""
    return _CLASSES.get(word) or _CLASSES.get(stem(word))


VALUES = (WordClass.GOOD, WordClass.BAD)
SIGN = {WordClass.TURN: -1, WordClass.KEEP: 1, WordClass.GOOD: 1, WordClass.BAD: -1, WordClass.NOT: -1}

DEGREE = frozenset(
    _list(
        """
    large larger largest small smaller big bigger major minor significant significantly additional additionally
    substantial substantially considerable strong strongly wide widely high higher low new newer certain various
    considerably broad broadly full fully main key whole entire serious seriously
    """
    )
)  # how much of something: no side, and in every docket about everything

STOP = frozenset(
    _list(
        """
    a an the and or of to in on for by with from at as is are was were be been being it its this that these
    those there their they them he she his her we our us i my me you your who whom which what when where how why
    will would shall should must may might can could do does did done has have had having so than then such also
    any all each every both more most other some into about over under between through during before after if
    because while although though but however not no nor only own same very just too s t d ll re ve am up out
    off again further once here such as well even much many one two make makes made making use used using get
    need way
    """
    )
)


def names(word: str) -> bool:
    """True for words that name something: no stop words, no words of degree or of stance."""
    return word not in STOP and word not in DEGREE and word_class(word) is None
