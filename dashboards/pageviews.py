"""A page of a submission: its words, and its picture beside them, with the same marks on both."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards import records
from dashboards.escaping import one_line
from dashboards.labels import PASSAGE_KINDS
from dashboards.marking import Mark, Remark, hiding, marked
from dashboards.numbers import percent
from dashboards.placing import AT, FILE, Part, asked, asked_number
from dashboards.state import View
from rfc_analyzer import pages
from rfc_analyzer.comparison.reading import Reading
from rfc_analyzer.comparison.searching import spans_of_words
from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import ARGUMENT_KINDS, Passage, PassageKind, SourceFile, Stance

_SAID: Mapping[Stance, str] = {Stance.SUPPORT: "+", Stance.OPPOSE: "−", Stance.MIXED: "±"}
# what stands before a line of a picture, in letters that every machine can draw
_SIGNS: Mapping[Stance, str] = {Stance.SUPPORT: "+", Stance.OPPOSE: "-", Stance.MIXED: "~"}
# colours that stand out on paper
_INK: Mapping[Stance, str] = {Stance.SUPPORT: "#1f6fb2", Stance.OPPOSE: "#b85c10", Stance.MIXED: "#5d6a76"}
_COVER, _ROOM = "#8995a2", 6
_HERE_INK = "#0b1520"

_Quote = tuple[int, int, Stance, int]


def show_words(view: View, found: Reading, file: SourceFile, part: Part) -> None:
    """The words of the part, as text, with passages, quotes and the words that were sought marked."""
    with_remarks = st.toggle("Themes and questions above each paragraph", value=True, key="reader-remarks")
    if not file.text[part.start : part.end].strip():
        st.info("There is no text on this page.", icon=":material/info:")
        return
    remarks = [_remark(found, p, with_remarks) for p in found.passages if p.file_id == file.file_id and _is_told(p)]
    quotes = _quotes(found, file)
    marks = [Mark(s, e, stance.value, after=f"[{_SAID[stance]}{number}]") for s, e, stance, number in quotes]
    marks += hiding(file.text, found.submission.respondent_type)
    marks += [Mark(start, end, "sought") for start, end in spans_of_words(view.filters.text, file.text)]
    here = _here(found, file)
    if here:
        marks.append(Mark(*here, "here", before="» Here:"))
    st.html(marked(file.text, marks, remarks, part.start, part.end))
    st.caption(
        "¦ parts passages. Coloured, with a sign after it: words behind a position (+ supports, − opposes, ± mixed). "
        "Italic: not counted as the respondent's own argument."
    )
    numbers = sorted({number for start, end, _, number in quotes if start < part.end and part.start < end})
    if numbers:
        st.text("\n".join(f"{n}  {one_line(found.stands[n - 1].proposition.text)}" for n in numbers))


def show_page(view: View, found: Reading, file: SourceFile, page: int) -> None:
    """The picture of a page with the lines marked on which quotes stand; or why there is none."""
    here = _here(found, file)
    quotes = [(s, e, _INK[stance], _SIGNS[stance]) for s, e, stance, _ in _quotes(found, file)]
    # the signs of one place stand beside each other
    same = "".join(dict.fromkeys(q[3] for q in quotes if q[:2] == here))
    spans = [(s, e, ink, "" if (s, e) == here else sign) for s, e, ink, sign in quotes]
    # last, so that its frame lies over that of the quote in the same place
    spans += [(*here, _HERE_INK, f">{same}")] if here else []
    marks: list[pages.Mark] = []
    for start, end, ink, sign in spans:
        for number, box in enumerate(records.lines(view, file.file_id, page, ((start, end),))):
            marks.append(pages.Mark(box.x0, box.y0, box.x1, box.y1, ink, "" if number else sign))
    hidden = hiding(file.text, found.submission.respondent_type)
    marks += [m for h in hidden for m in _covers(view, file, page, h.start, h.end)]
    try:
        picture = records.picture(view, file, page, tuple(marks))
    except UnreadableFile as error:
        st.info("The page can't be shown; its text is beside it.", icon=":material/hide_image:")
        st.text(str(error))
        return
    if hidden:
        st.caption("Contact details of a private person are covered, as far as the program found them.")
    said = "Lines with a position are boxed: + supports, - opposes, ~ mixed." if spans else "No position in this file."
    # white paper must end somewhere on a white screen
    with st.container(border=True):
        # as it was drawn: letters and frames blur in a photograph's format
        st.image(
            picture, width="stretch", output_format="PNG", alt=f"Page {page} of {one_line(file.name)}, as it was sent"
        )
    st.caption(said + (" The place you came for has a dark box and >." if here else ""))


def _covers(view: View, file: SourceFile, page: int, start: int, end: int) -> list[pages.Mark]:
    """Where the words stand on the page, as far as a line's length tells: with room for letters that are wider."""
    found = []
    for box in records.lines(view, file.file_id, page, ((start, end),)):
        letter = (box.x1 - box.x0) / max(box.end - box.start, 1)
        left = box.x0 + letter * (max(start - box.start, 0) - _ROOM)
        right = box.x0 + letter * (min(end, box.end) - box.start + _ROOM)
        found.append(pages.Mark(max(left, box.x0), box.y0, min(right, box.x1), box.y1, _COVER, covers=True))
    return found


def _is_told(passage: Passage) -> bool:
    return passage.kind is not PassageKind.HEADING


def _remark(found: Reading, passage: Passage, with_words: bool) -> Remark:
    quiet = not passage.counted
    return Remark(passage.start, passage.end, _about(found, passage) if with_words else "", quiet)


def _about(found: Reading, passage: Passage) -> str:
    if not passage.counted:
        repeats = passage.kind in ARGUMENT_KINDS and found.campaign is not None
        return "As in the form letter" if repeats else PASSAGE_KINDS[passage.kind]
    theme = next((one_line(t.label) for t, _ in found.themes if t.theme_id == passage.theme_id), "")
    numbers = [q.number for q, _ in found.questions if q.question_id in passage.question_ids]
    likely = "" if passage.question_score is None else f" (by meaning, {percent(passage.question_score)} likely)"
    answers = f"answers {', '.join(numbers)}{likely}" if numbers else ""
    return " · ".join(filter(None, (theme, answers)))


def _quotes(found: Reading, file: SourceFile) -> list[_Quote]:
    """Spans, stances, and the number of the position among those of the submission."""
    return [
        (row.start, row.end, row.stance, number)
        for number, stand in enumerate(found.stands, start=1)
        for row in stand.evidence
        if row.file_id == file.file_id
    ]


def _here(found: Reading, file: SourceFile) -> tuple[int, int] | None:
    """The quote or passage whose beginning the address names."""
    at = asked_number(AT)
    if at is None or asked(FILE) != file.file_id:
        return None
    ends = [
        row.end for stand in found.stands for row in stand.evidence if (row.file_id, row.start) == (file.file_id, at)
    ]
    ends += [p.end for p in found.passages if (p.file_id, p.start) == (file.file_id, at)]
    return (at, ends[0]) if ends else None
