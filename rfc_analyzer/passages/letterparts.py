"""The parts of a letter that argue nothing: letterhead, salutation, signature, references, form sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rfc_analyzer.model import ARGUMENT_KINDS, PassageKind

_SALUTATION = re.compile(
    r"^(?:dear|to whom it may concern|hello|hi|greetings|good (?:morning|afternoon|evening|day)|estimad[oa]s?|"
    r"sehr geehrte|madame, monsieur|ladies and gentlemen|attention)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:yours?\b.{0,20}|(?:very )?(?:sincerely|respectfully|truly)(?: yours| submitted)?"
    r"|(?:kind|best|warm)(?:est)? regards|regards|cordially|with (?:gratitude|respect|best wishes)"
    r"|thank you|thanks|best|atentamente|mit freundlichen grüßen)"
    r"[,.!]?$",
    re.IGNORECASE,
)
_CLOSING_START = re.compile(r"^(?:sincerely|respectfully(?: submitted)?|best regards|regards|/s/)\b", re.IGNORECASE)
_REFERENCES = re.compile(
    r"^(?:[\dIVX]+\.?\s*)?(?:references|bibliography|works cited|literature cited|endnotes|sources|citations)\s*:?$",
    re.IGNORECASE,
)
_STUB = re.compile(
    r"^(?:please )?(?:see|find|refer to|review)?\s*(?:the )?(?:my |our )?(?:comments? )?(?:is |are )?"
    r"(?:attached|attachments?|enclosed|enclosures?|uploaded|see attached)\b.{0,80}$",
    re.IGNORECASE,
)
_FORM_SENTENCE = re.compile(
    r"^(?:(?:submitted|filed|sent) (?:electronically|online)?\s*(?:via|through|to|by)\b|via (?:e-?mail|electronic)|"
    r"re\s?:|subject\s?:|docket (?:no|number|id)|\[?docket\b|rin\b|attn?\b\.?:|cc\s?:|"
    r"this (?:page|document) (?:is )?(?:intentionally|contains)|page \d+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:\b\d{5}(?:-\d{4})?\b|@\w|\bhttps?://\S+$|\b(?:street|avenue|suite|room|floor|p\.?\s?o\.? box|n\.?w\.?)\b|"
    r"\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4})",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"^(?:\w+day,? )?(?:\d{1,2}[ ./-])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? ?\d{0,2},? ?\d{4}$"
    r"|^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\. ?){6,}")
# one quotation from end to end; "to all" and "to one" are two
_QUOTED = re.compile(r"^(?:\"[^\"]*\"|“[^“]*”|‘[^‘]*’)[\d.]*$")
_ONLY_LINKS = re.compile(r"^(?:(?:https?://|www\.)\S+\s*)+$")
_AFTER_REFERENCES = re.compile(r"^(?:appendix|annex|attachment|exhibit|about)\b", re.IGNORECASE)
_SHORT = 14
# "… weights.", "… (RFC).", but not "Acme Inc." or "Washington, D.C."
_FULL_STOP = re.compile(r"(?:[^\W\d_]{4}|[\"”’)\]])[.!?][\"”’)]*$")
_NAMES_WORDS = 80
_NAMES_SHARE = 0.6
_PROSE_WORDS = 12
_LETTERHEAD_BLOCKS = 14
_SIGNATURE_BLOCKS = 12


def letter_kinds(blocks: Sequence[tuple[str, PassageKind]]) -> list[PassageKind]:
    """The kinds of a file's blocks (text and the kind that layout gave), seen as parts of one letter."""
    kinds = [_alone(" ".join(text.split()), kind) for text, kind in blocks]
    texts = [" ".join(text.split()) for text, _ in blocks]
    _mark_letterhead(texts, kinds)
    _mark_signature(texts, kinds)
    _mark_references(texts, kinds)
    if not ARGUMENT_KINDS & set(kinds):
        # a heading over nothing is the comment itself, in capitals
        return [PassageKind.BODY if kind is PassageKind.HEADING else kind for kind in kinds]
    return kinds


def _alone(text: str, kind: PassageKind) -> PassageKind:
    """The kind that a block has whatever stands around it."""
    count = len(text.split())
    if kind is PassageKind.FOOTNOTE:
        return kind
    if count <= _SHORT and _SALUTATION.match(text) and text[-1:] in ",:.;!":
        return PassageKind.SALUTATION
    if (count <= 20 and _STUB.match(text)) or _LEADERS.search(text) or (count <= 40 and _FORM_SENTENCE.match(text)):
        return PassageKind.BOILERPLATE
    if _ONLY_LINKS.match(text):
        return PassageKind.FOOTNOTE
    if count <= 8 and (_DATE.match(text) or re.fullmatch(r"[\W\d_]*", text)):
        return PassageKind.BOILERPLATE
    if kind is PassageKind.BODY and count >= 6 and _QUOTED.match(text):
        return PassageKind.QUOTE
    return kind


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE_WORDS and not _is_names(text)


def _is_names(text: str) -> bool:
    """Whether a block lists names, titles and addresses: most of its longer words are capitalised, no full stop."""
    longer = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in longer)
    listed = len(text.split()) <= _NAMES_WORDS and not _FULL_STOP.search(text)
    return bool(longer) and listed and capitals >= _NAMES_SHARE * len(longer)


def _mark_letterhead(texts: Sequence[str], kinds: list[PassageKind]) -> None:
    """Short blocks before the salutation; without one, addresses and names that stand before the first prose."""
    salutation = next((i for i, k in enumerate(kinds[:_LETTERHEAD_BLOCKS]) if k is PassageKind.SALUTATION), None)
    prose = next((i for i, text in enumerate(texts[:_LETTERHEAD_BLOCKS]) if _is_prose(text)), None)
    ends = (salutation, prose, min(len(texts), 6))
    end = next(end for end in ends if end is not None)
    for index in range(end):
        text = texts[index]
        short = len(text.split()) <= _SHORT + 6
        named = prose is not None and not text.isupper() and _is_names(text)
        addressed = short and (salutation is not None or _ADDRESS.search(text))
        if kinds[index] in (PassageKind.BODY, PassageKind.LIST, PassageKind.TABLE) and (named or addressed):
            kinds[index] = PassageKind.BOILERPLATE


def _mark_signature(texts: Sequence[str], kinds: list[PassageKind]) -> None:
    """A closing ("Sincerely,") and the short blocks after it; without one, the names at the very end."""
    for index, text in enumerate(texts):
        closes = len(text.split()) <= 6 and _CLOSING.match(text)
        closes = closes or (len(text.split()) <= 25 and _CLOSING_START.match(text))
        if not closes or index < len(texts) // 2:
            continue
        kinds[index] = PassageKind.SIGNATURE
        for after in range(index + 1, min(len(texts), index + 1 + _SIGNATURE_BLOCKS)):
            if kinds[after] is PassageKind.FOOTNOTE:
                continue
            if len(texts[after].split()) > _SHORT and not _is_names(texts[after]):
                break
            kinds[after] = PassageKind.SIGNATURE
        return
    _mark_names_at_the_end(texts, kinds)


def _mark_names_at_the_end(texts: Sequence[str], kinds: list[PassageKind]) -> None:
    if not any(_is_prose(text) for text in texts):
        return
    for index in reversed(range(len(texts))):
        if kinds[index] in (PassageKind.FOOTNOTE, PassageKind.BOILERPLATE):
            continue
        if kinds[index] is not PassageKind.BODY or texts[index].isupper() or not _is_names(texts[index]):
            return
        kinds[index] = PassageKind.SIGNATURE


def signs(sentence: str) -> bool:
    """Whether a sentence that stands in running text is a closing and who signs: "Sincerely, A. Example, Director"."""
    text = " ".join(sentence.split())
    return bool(_CLOSING_START.match(text)) and _is_names(text)


def _mark_references(texts: Sequence[str], kinds: list[PassageKind]) -> None:
    """What follows a heading that says "References" after the first third of a file, up to an appendix."""
    for index, text in enumerate(texts):
        if _REFERENCES.match(text) and index >= len(texts) // 3:
            for after in range(index, len(kinds)):
                if _AFTER_REFERENCES.match(texts[after]) and len(texts[after].split()) <= _SHORT:
                    break
                kinds[after] = PassageKind.FOOTNOTE
            return
