"""The text typed into a web form: what of it is a comment, and what only points to an attachment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rfc_analyzer.ingest.records import Record
from rfc_analyzer.model import PassageKind
from rfc_analyzer.readers.html import form_text
from rfc_analyzer.words import normalise

_THING = r"(?:attach(?:ed|ments?)|enclos(?:ed|ures?)|uploaded)"
_ANYWHERE = ("attach", "enclos", "uploaded")
_ENOUGH_WORDS = 45
# sentences whose whole purpose is to say where the comment is
_POINTERS = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"^\W*(?:(?:please|kindly)\s+)?(?:see|find|refer to|review|read|accept|consider|view|open|note)\b.*"
        rf"\b{_THING}\b",
        rf"^\W*{_THING}\b",
        rf"\b(?:is|are|was|were|has been|have been|can be found|available|provided|included|contained|submitted)\b"
        rf".{{0,60}}\b{_THING}\b(?:\s+\S+){{0,12}}\W*$",
        rf"\b(?:submit|submits|submitted|submitting|provides?|offers?|shares?|prepared|pleased)\b.{{0,60}}\b{_THING}\b",
        rf"\b(?:has|have|i've) {_THING} (?:an?|the|its|our|my|their|his|her|some|detailed)\b",
        rf"^\W*the {_THING} \w+(?: \w+)? (?:contains?|is|are|includes?|provides?|sets? out|constitutes?|represents?)\b",
        rf"\b(?:comments?|responses?|letters?|submissions?|files?|documents?|remarks)\b.{{0,60}}\b{_THING}\b"
        rf"(?:\s+(?:as|in|to|below|here|above|with|for|pdf|a|an|file|format)\b.{{0,40}})?\W*$",
        rf"\bsee?\b.{{0,40}}\b{_THING}\b",
        rf"\b(?:find|consider|in|within)\b.{{0,80}}\b(?:{_THING}|attach)\b(?:\s+\S+){{0,6}}\W*$",
        rf"\bplease (?:see|find|refer to|review|consider)\b.*\b{_THING}\b",
        rf"^\W*please\b.{{0,20}}\b{_THING}\b",
    )
)
# a sentence that argues is a comment, whatever it points to
_ARGUES = re.compile(
    r"\b(?:support(?!ing (?:doc|mat|inf))|oppos|urg|should|must|because|believ|recommend(?!ation)|"
    r"concern|harm|benefit|need|agree|disagree|object|"
    r"encourag|reject|ban\b|stop\b|protect|threat|would|cannot|can't|don't|do not|against|favou?r|unworkable|"
    r"demonstrat|show(?:s|ed)?\b|explain(?:s|ed)?\b|argu|propos(?:e|es|ing)\b|dangerous|important (?:that|to)\b)",
    re.IGNORECASE,
)
# what follows such a beginning tells of the attachment, in whatever words
_POINTS_FIRST = re.compile(
    rf"^\W*(?:(?:dear|hello|hi)\b[^,:\n]{{0,60}}[,:]\s*)?(?:(?:(?:please|kindly)\s+)?(?:see|find|refer to|review|read|"
    rf"accept|consider|view|open|note)\b[^.]{{0,40}}\b{_THING}\b|{_THING}\b)",
    re.IGNORECASE,
)
_TAKES_A_SIDE = re.compile(
    r"\b(?:i|we|our (?:members|company|organi[sz]ation|association))\s+(?:\w+\s+){0,2}(?:support|oppose|urge|believe|"
    r"recommend|object|agree|disagree|reject|ask|encourage|want|need)\b|\b(?:should|must|would|cannot|can't|do not|"
    r"don't|because)\b",
    re.IGNORECASE,
)
# words of a cover note: what it covers
_COVERED = re.compile(
    r"\b(?:comments?|responses?|submi(?:ssions?|ts?|tted|tting)|filings?|letters?|versions?|surveys?|questionnaires?|forms?|"
    r"files?|documents?|pdf|excel|statement)\b",
    re.IGNORECASE,
)
_COVER_WORDS = 25
_ABOUT_THE_FILE = re.compile(
    r"^\W*(?:this|these|the|our|my)\s+(?:is\s+(?:an?|the|our|my)\s+)?(?:[\w-]+\s+){0,2}(?:paper|letter|comment|report|"
    r"document|submission|response|file|version|pdf|survey|form|filing)s?\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"(?:hesitate|feel free) to (?:reach out|contact|call|e-?mail|ask)|\blook(?:ing)? forward\b|comment (?:box|field)|"
    r"text box|character limit",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^\W*(?:thank you|thanks|many thanks|dear|hello|hi|to whom|sincerely|best|kind|warm|regards|respectfully|"
    r"yours|re:|ref|docket|rin\b|authors?:|organi[sz]ation:|name:|contact|point of contact|submitted|prepared|"
    r"on behalf of|we look forward|note:)"
    r"|\b(?:welcomes?|appreciates?|thanks?|grateful|pleased|excited|happy)\b.{0,60}"
    r"\b(?:opportunity|to (?:respond|comment|provide|offer|submit|share|meet|discuss))\b"
    r"|\bconfidential|^\W*comments? (?:of|from|by)\b|over \d+ characters|^\W*files?\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[^\n]*?(?:(?<![A-Z])(?<!Inc)(?<!Ltd)(?<!Corp)(?<!Co)(?<!No)(?<!Mr)(?<!Ms)(?<!Dr)[.!?](?=\s)|(?=\n)|$)", re.DOTALL
)
_CONTACT = re.compile(r"@|https?://|\d{3}[-. ]\d{4}")
_CUT = re.compile(r"\s*(?:\.{3}|…)\s*$")


def text_of(rows: Sequence[Record]) -> str:
    """What the rows of one submission say, each text once; a text cut short by one export gives way to the whole."""
    texts = list(dict.fromkeys(filter(None, (form_text(row.text) for row in rows))))
    if len(texts) < 2:
        return "".join(texts)
    kept: list[tuple[str, str]] = []
    for text in sorted(texts, key=len, reverse=True):
        shape = normalise(_CUT.sub("", text))
        if not any(shape in other for other, _ in kept):
            kept.append((shape, text))
    chosen = {text for _, text in kept}
    return "\n\n".join(text for text in texts if text in chosen)


def only_points(text: str, attached: bool = False) -> bool:
    """Whether a form's text says nothing but where the comment is ("See attached file(s)").

    Where something is ``attached``, a short note that names nothing but the comment, its sender or its occasion is
    the cover of it ("Comments of the Town of Elm").
    """
    told = _tells_of_files(text)
    may_cover = attached and len(text.split()) <= _COVER_WORDS
    if not told and not may_cover:
        return False
    sentences = [text[start:end] for start, end in _sentences(text)]
    if told and any(map(_is_pointer, sentences)):
        return all(_is_pointer(s) or _is_empty_talk(s) for s in sentences)
    if not may_cover:
        return False
    return all(_is_empty_talk(s) or (_COVERED.search(s) and not _ARGUES.search(s)) for s in sentences)


def blocks_of(text: str) -> list[tuple[int, int, PassageKind]]:
    """Blocks of a form that argues and also points to an attachment; empty where no sentence points to one."""
    if not _tells_of_files(text):
        return []
    pointers = [(start, end) for start, end in _sentences(text) if _is_pointer(text[start:end])]
    if not pointers:
        return []
    blocks = []
    at = 0
    for start, end in [*pointers, (len(text), len(text))]:
        blocks += [(at + a, at + b, PassageKind.BODY) for a, b in _paragraphs(text[at:start])]
        if end > start:
            blocks.append((start, end, PassageKind.BOILERPLATE))
        at = end
    return blocks


def _tells_of_files(text: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in _ANYWHERE)


def _is_pointer(sentence: str) -> bool:
    if len(sentence.split()) > _ENOUGH_WORDS:
        return False
    if _POINTS_FIRST.search(sentence) and not _TAKES_A_SIDE.search(sentence):
        return True
    return any(pattern.search(sentence) for pattern in _POINTERS) and not _ARGUES.search(sentence)


def _is_empty_talk(sentence: str) -> bool:
    """Thanks, names, titles and addresses around a pointer."""
    words = re.findall(r"[^\W\d_][\w'’-]*", sentence)
    if _TALK.search(sentence):
        return True
    if _ARGUES.search(sentence):
        return False
    if _ABOUT_THE_FILE.search(sentence):
        return True
    if _COURTESY.search(sentence) or _CONTACT.search(sentence) or not words:
        return True
    capital = sum(word[0].isupper() for word in words)
    return not re.search(r"[.!?]\s*$", sentence) and capital >= 0.6 * len(words)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        piece = match[0].strip()
        if piece:
            start = match.start() + match[0].index(piece)
            yield start, start + len(piece)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    parting = r"\n\s*\n" if re.search(r"\n\s*\n", text) else r"\n"
    at = 0
    for part in re.split(f"({parting})", text):
        piece = part.strip()
        if piece:
            start = at + part.index(piece)
            yield start, start + len(piece)
        at += len(part)
