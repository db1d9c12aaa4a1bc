"""Texts to passages: the units that are embedded, themed and read for positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rfc_analyzer.model import (
    ARGUMENT_KINDS,
    Block,
    FileRole,
    FileStatus,
    Passage,
    PassageKind,
    SourceFile,
)
from rfc_analyzer.passages.letterparts import letter_kinds, signs
from rfc_analyzer.passages.notice import NoticeText
from rfc_analyzer.passages.plaintext import paragraph_spans, short_enough
from rfc_analyzer.sentences import sentence_spans
from rfc_analyzer.settings import PassageSettings
from rfc_analyzer.words import words

_SPEAKING_ROLES = (FileRole.FORM, FileRole.ATTACHMENT)
_READ = (FileStatus.OK, FileStatus.PARTIAL)
_TABLE_REPEATED_SHARE = 0.9


def split_passages(
    files: Sequence[SourceFile], blocks: Sequence[Block], settings: PassageSettings, notice_text: str = ""
) -> list[Passage]:
    """Cut each file that belongs to a submission into passages, in reading order and without overlap.

    Body text becomes groups of up to ``settings.max_sentences`` sentences; other blocks stay whole. A sentence that
    the notice holds too is ``rfc_text``. ``text == file.text[start:end]`` for every passage.
    """
    of_file: dict[str, list[Block]] = {}
    for block in blocks:
        of_file.setdefault(block.file_id, []).append(block)
    notice = NoticeText(notice_text)
    found: list[Passage] = []
    once: dict[str, str] = {}  # form letters say the same: one text in memory for all of them
    for file in files:
        if file.submission_id is not None and file.text:
            cutter = _Cutter(file, settings, notice, once)
            found.extend(cutter.passages(of_file.get(file.file_id) or _plain_blocks(file)))
    return found


class _Cutter:
    """Cuts one file."""

    def __init__(self, file: SourceFile, settings: PassageSettings, notice: NoticeText, once: dict[str, str]) -> None:
        self._file = file
        self._once = once
        self._settings = settings
        self._notice = notice
        self._speaks = file.role in _SPEAKING_ROLES and file.status in _READ

    def passages(self, blocks: Sequence[Block]) -> Iterator[Passage]:
        ordered = _disjoint(blocks)
        kinds = letter_kinds([(self._file.text[b.start : b.end], b.kind) for b in ordered])
        linear = self._linear(ordered, kinds) if PassageKind.TABLE in kinds else frozenset()
        for block, kind in zip(ordered, kinds, strict=True):
            for start, end, part in self._parts(block, kind):
                counted = self._speaks and part in ARGUMENT_KINDS
                if part is PassageKind.TABLE and counted:
                    counted = not self._repeats(block, linear)
                yield self._passage(block, start, end, part, counted)

    def _parts(self, block: Block, kind: PassageKind) -> Iterator[tuple[int, int, PassageKind]]:
        text = self._file.text[block.start : block.end]
        if kind not in (PassageKind.BODY, PassageKind.LIST, PassageKind.QUOTE):
            stripped = text.strip()
            if stripped:
                start = block.start + text.index(stripped)
                repeats = kind is PassageKind.HEADING and self._notice.holds(stripped)
                yield start, start + len(stripped), PassageKind.RFC_TEXT if repeats else kind
            return
        sentences: list[tuple[int, int, PassageKind]] = []
        quoted = False
        for a, b in sentence_spans(text):
            quoted = self._notice.holds(text[a:b], after_quoted=quoted)
            part: PassageKind = PassageKind.RFC_TEXT if quoted else kind
            if kind is PassageKind.BODY and signs(text[a:b]):
                part = PassageKind.SIGNATURE
            pieces = short_enough(text, a, b, self._settings.max_words)
            sentences += [(block.start + start, block.start + end, part) for start, end in pieces]
        yield from self._grouped(sentences)

    def _grouped(self, sentences: Iterable[tuple[int, int, PassageKind]]) -> Iterator[tuple[int, int, PassageKind]]:
        """Runs of sentences of one kind, up to the size that the settings give."""
        group: list[tuple[int, int, PassageKind]] = []
        size = 0
        for sentence in sentences:
            length = len(self._file.text[sentence[0] : sentence[1]].split())
            full = size >= self._settings.target_words or size + length > self._settings.max_words
            if group and (full or len(group) >= self._settings.max_sentences or group[-1][2] is not sentence[2]):
                yield group[0][0], group[-1][1], group[0][2]
                group, size = [], 0
            group.append(sentence)
            size += length
        if group:
            yield group[0][0], group[-1][1], group[0][2]

    def _linear(self, blocks: Sequence[Block], kinds: Sequence[PassageKind]) -> frozenset[str]:
        """The words of the running text."""
        running = (b for b, kind in zip(blocks, kinds, strict=True) if kind is not PassageKind.TABLE)
        return frozenset(word for block in running for word in self._words(block))

    def _repeats(self, block: Block, linear: frozenset[str]) -> bool:
        """Whether a table's row says only what stands in the running text beside it."""
        tokens = self._words(block)
        return sum(token in linear for token in tokens) >= _TABLE_REPEATED_SHARE * len(tokens)

    def _words(self, block: Block) -> list[str]:
        return words(self._file.text[block.start : block.end])

    def _passage(self, block: Block, start: int, end: int, kind: PassageKind, counted: bool) -> Passage:
        file = self._file
        text = file.text[start:end]
        return Passage(
            passage_id=f"{file.file_id}@{start}",
            submission_id=str(file.submission_id),
            file_id=file.file_id,
            page=block.page,
            start=start,
            end=end,
            text=self._once.setdefault(text, text),
            kind=kind,
            counted=counted,
        )


def _disjoint(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in sorted(blocks, key=lambda b: (b.start, b.end)):
        if block.end > block.start and (not kept or block.start >= kept[-1].end):
            kept.append(block)
    return kept


def _plain_blocks(file: SourceFile) -> list[Block]:
    page = 1 if file.pages else None
    return [Block(file.file_id, page, start, end, kind) for start, end, kind in paragraph_spans(file.text)]
