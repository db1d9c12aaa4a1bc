"""Statements that the questions of a notice suggest, by plain rules of English; a person edits what they make.

"Should operators carry insurance?" asks whether *operators should carry insurance*: the helping verb goes behind its
subject, which ends where a verb or an adjective begins. Questions that ask for facts ("What data …?") suggest nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rfc_analyzer.model import Proposition, Question

_LONGEST = 40  # words; longer questions ask several things at once
_LEAD = re.compile(
    r"^(?:(?:to what extent|in what circumstances|under what (?:circumstances|conditions)|when|where|if so|if not|"
    r"for example|alternatively|and|or|also|more generally|specifically|please (?:explain|comment on|describe)),?\s+)+",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"^(should|must|can|could|will|would|may|is|are|do|does|has|have)\b\s+(.+)$", re.IGNORECASE | re.DOTALL
)
_AGREE = re.compile(
    r"^(?:do|would) (?:you|commenters|respondents) (?:agree|think|believe|consider)(?: with us)? that\s+(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_WHETHER = re.compile(r"^.{0,80}?\bwhether(?: or not)?\s+(.+)$", re.IGNORECASE | re.DOTALL)
_GAINS = re.compile(
    r"^what (?:are|would be|might be|could be) the (?:\w+ (?:and \w+ )?)?(benefits?|advantages?|risks?|costs?|harms?|"
    r"dangers?|burdens?) (?:of|from|to)\s+(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_MANNER = re.compile(r"^how (?:\w+ )?(should)\s+(.+)$", re.IGNORECASE | re.DOTALL)
_LIST_OF_VERBS = """
accept adopt allow amend apply approve ask assess avoid ban be become bear begin bring carry cause change charge
clarify collect come complete comply conduct consider continue contribute cover create cut define deny deploy
determine develop disclose display do encourage end enforce ensure establish evaluate exclude exempt exist expand
explain extend face fall file focus follow fund gather get give go harm have help hold identify impose improve
include increase inform issue keep label lead leave let license limit list lower maintain make mandate measure meet
monitor move need notify obtain offer operate outweigh own pay permit pose post prevent prohibit promote protect
provide publish pursue put raise reach receive recognize recommend reduce refer regulate reject rely remain remove
replace report require reserve restrict result retain review revise see seek sell serve set share show specify stay
stop submit support take tell train treat update use vary verify wait warn work yield
"""
_VERBS = frozenset(_LIST_OF_VERBS.split())
_NOBODY = frozenset(["you", "we", "commenters", "respondents", "there"])
_TAIL = re.compile(
    r",\s*(?:(?:and|or|but|if so)\b,?\s*)*(?:if so|if not|why|to whom|in what|under what|what|who|how|should)\b.*$"
)
_FEWEST = 4
_LIST_OF_STATES = """
able adequate appropriate available beneficial best clear consistent desirable effective enough fair feasible
harmful important insufficient likely necessary needed possible practical preferable reasonable required safe
sufficient suitable there too unnecessary useful warranted
"""
_STATES = frozenset(_LIST_OF_STATES.split())


def suggest_propositions(questions: Sequence[Question]) -> list[Proposition]:
    """A statement for each question that asks for a view, with the question's id; proposition ids are left empty."""
    found: dict[str, Proposition] = {}
    for question in questions:
        for sentence in re.split(r"(?<=[?.;])\s+", " ".join(question.text.split())):
            text = statement_of(sentence)
            if text and text not in found:
                found[text] = Proposition("", text, (question.question_id,))
    return list(found.values())


def statement_of(question: str) -> str:
    """The statement that one question suggests; empty where it suggests none."""
    asked = _LEAD.sub("", question.strip().rstrip("?.; ")).strip()
    if not asked or len(asked.split()) > _LONGEST:
        return ""
    for rule in (_agreed, _weighed, _turned, _of_whether, _of_manner):
        if said := rule(asked):
            kept = _cut(said)
            return f"{kept[0].upper()}{kept[1:]}." if len(kept.split()) >= _FEWEST else ""
    return ""


def _cut(said: str) -> str:
    """Without what a second question asks behind a comma."""
    place = _TAIL.search(said, said.index(",")) if "," in said else None
    return (said[: place.start()] if place else said).rstrip(" ,")


def _agreed(asked: str) -> str:
    found = _AGREE.match(asked)
    return found[1] if found else ""


def _weighed(asked: str) -> str:
    found = _GAINS.match(asked)
    if not found or len(found[2].split()) > 15:
        return ""
    kind = found[1].lower()
    return f"the {kind if kind.endswith('s') else f'{kind}s'} of {found[2]} are significant"


def _turned(asked: str) -> str:
    """The helping verb behind its subject."""
    found = _AUXILIARY.match(asked)
    if not found:
        return ""
    helper, words = found[1].lower(), found[2].split()
    if words[0].lower() in _NOBODY:
        return ""  # it asks for facts, or for what the reader knows
    ends = _STATES if helper in ("is", "are") else _VERBS
    place = next((i for i, w in enumerate(words) if i and w.lower().strip(",") in ends), 0)
    if not place:
        return ""
    # the question's "do" and "does" vanish: "Does the rule go far enough" is "The rule does go far enough"
    return " ".join([*words[:place], helper, *words[place:]])


def _of_whether(asked: str) -> str:
    found = _WHETHER.match(asked)
    return found[1] if found and re.search(r"\b(should|is|are|would|can|must)\b", found[1], re.IGNORECASE) else ""


def _of_manner(asked: str) -> str:
    """ "How should the agency regulate X" supposes that *the agency should regulate X*."""
    found = _MANNER.match(asked)
    return _turned(f"{found[1]} {found[2]}") if found else ""
