"""How well the docket was read, as people's blind labels tell it, with who agrees with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards import figures
from dashboards.answering import answer_buttons, named
from dashboards.blind import WHO, ask_who
from dashboards.escaping import as_label, one_line, shortened
from dashboards.labels import STANCES, count_of
from dashboards.lettering import STYLE, show_letter
from dashboards.numbers import interval_in_words, percent
from dashboards.state import View
from dashboards.tabling import show_table
from rfc_analyzer.comparison.accuracy import OUTCOMES, TAKEN_UP, THE_PROGRAM, Accuracy, AccuracyRow, Estimate
from rfc_analyzer.errors import BadInput
from rfc_analyzer.labelling import NOT_TAKEN_UP, SampledPosition, labels_given
from rfc_analyzer.model import Stance
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS

_NAMES: Mapping[str, str] = {TAKEN_UP: "Taken up at all", **{s.value: STANCES[s] for s in Stance}}
_ALL = "All propositions"
_PROBLEM = "_measured-problem"


def show_measured(view: View) -> None:
    """Shares that are right, by stance and proposition; agreement; and what people disagree on."""
    found = figures.accuracy(view)
    if found is None:
        st.info("Nobody has labelled a sample yet. Label some positions, and how often the program errs is told here.")
        return
    st.caption(
        f"From {found.labelled:,} of {found.drawn:,} drawn positions, labelled blind by "
        f"{', '.join(as_label(who) for who in found.people)}. "
        "Each counts for as many as it stands for in the docket. A form letter counts once."
    )
    if found.earlier:
        st.warning("The docket was read again since this sample was drawn: these figures are of the earlier reading.")
    _show_headline(found)
    texts = {p.proposition_id: one_line(p.text) for p in view.analysis.rows(PROPOSITIONS)}
    _show_rows(view, found, texts)
    _show_agreement(view, found)
    _show_unsettled(view, found, texts)


def _show_headline(found: Accuracy) -> None:
    rows = {row.outcome: row for row in found.rows if row.proposition_id is None}
    told = [
        ("Stances that are right", found.right),
        ("Opposition that was found", rows[Stance.OPPOSE.value].recall),
        ("Support that was found", rows[Stance.SUPPORT.value].recall),
        ("Of what is taken up, found", rows[TAKEN_UP].recall),
    ]
    for place, (title, estimate) in zip(st.columns(4), told, strict=True):
        with place.container(border=True):
            st.metric(title, "–" if estimate is None or estimate.hidden else percent(estimate.value))
            st.caption(_told(estimate))


def _told(estimate: Estimate | None) -> str:
    if estimate is None:
        return "No label tells it yet."
    if estimate.hidden:
        return f"Only {count_of(estimate.labelled, 'label')} tell it: too few for a share."
    return f"{interval_in_words(estimate.interval)}, from {count_of(estimate.labelled, 'label')}"


def _show_rows(view: View, found: Accuracy, texts: Mapping[str, str]) -> None:
    st.header("By stance and proposition", anchor=False)
    st.caption(
        "Right where read so: of what the program reads as the stance, the share that is. Found: of what is the "
        "stance, the share that the program reads so. In the docket: the share of all texts that is, as the labels "
        "tell it. In brackets the 95% intervals. Fewer than five labels tell no share."
    )
    names = dict[str | None, str]([(None, _ALL), *texts.items()])
    order = {key: i for i, key in enumerate(names)}
    rows = [r for r in found.rows if r.proposition_id in names]
    rows.sort(key=lambda r: (order[r.proposition_id], OUTCOMES.index(r.outcome)))
    overall = [r for r in rows if r.proposition_id is None]
    st.table([_line(r, names) for r in overall])
    show_table(view, [_line(r, names) for r in rows], "accuracy", title="By proposition")


def _line(row: AccuracyRow, names: Mapping[str | None, str]) -> dict[str, Any]:
    return {
        "Proposition": names[row.proposition_id],
        "Stance": _NAMES[row.outcome],
        "Right where read so": _short(row.precision),
        "Found": _short(row.recall),
        "In the docket": _short(row.prevalence),
        "Labels": row.prevalence.labelled if row.prevalence else 0,
    }


def _short(estimate: Estimate | None) -> str:
    if estimate is None or estimate.hidden:
        return "–"
    return f"{percent(estimate.value)} ({interval_in_words(estimate.interval)})"


def _show_agreement(view: View, found: Accuracy) -> None:
    st.header("Agreement", anchor=False)
    st.caption(
        "Kappa is agreement beyond what chance would give: 0 is chance, 1 is always (Cohen 1960). Where two people do "
        "not agree, a program can't be right for both."
    )
    rows = [
        {
            "Who": f"{one_line(a.first)} and {one_line(a.second)}",
            "Labelled by both": a.same.labelled,
            "Say the same": _short(a.same),
            "Kappa (95% interval)": _kappa(a.kappa),
        }
        for a in found.agreements
    ]
    st.dataframe(rows, hide_index=True, width="stretch", alt="Agreement of people, and of people with the program")
    if not any(THE_PROGRAM not in (a.first, a.second) for a in found.agreements):
        st.caption("One person has labelled so far. A second, who labels the same sample, shows how far people agree.")


def _kappa(estimate: Estimate) -> str:
    if estimate.hidden:
        return "–"
    return f"{estimate.value:.2f} ({estimate.interval.low:.2f} to {estimate.interval.high:.2f})"


def _show_unsettled(view: View, found: Accuracy, texts: Mapping[str, str]) -> None:
    left = [d for d in found.unsettled if d.proposition_id in texts]
    st.header(f"Where people disagree ({len(left):,})", anchor=False)
    if not left:
        st.caption("Nothing is open.")
        return
    st.caption("Until it is settled, each label counts in part, and the program's reading stands on the other pages.")
    st.html(STYLE)
    keys = {"|".join(d.key): d for d in left}
    chosen = st.selectbox(
        "To settle", list(keys), key="measured-unsettled",
        format_func=lambda k: shortened(f"{keys[k].submission_id}: {texts[keys[k].proposition_id]}", 110),
    )  # fmt: skip
    _show_one(view, keys[chosen], texts[keys[chosen].proposition_id])


def _show_one(view: View, drawn: SampledPosition, statement: str) -> None:
    words, answers = st.columns([11, 7], gap="medium")
    with words, st.container(border=True):
        show_letter(view, drawn.submission_id, statement)
    with answers, st.container(border=True):
        with st.container(key="statement-settle"):
            st.text(statement)
        said = labels_given(view.analysis.reviews, drawn.sample)[drawn.key]
        lines: Sequence[str] = [f"{who}: {named(s.value if s else NOT_TAKEN_UP)}" for who, s in sorted(said.items())]
        st.text("\n".join([*lines, f"The program: {named(drawn.stance)}"]))
        ask_who()
        answer_buttons("settle", lambda stance: _settle(view, drawn, stance), keys=False)
        if problem := st.session_state.pop(_PROBLEM, ""):
            st.error("It was not saved.")
            st.text(problem)


def _settle(view: View, drawn: SampledPosition, stance: Stance | None) -> None:
    new = stance.value if stance else NOT_TAKEN_UP
    change = Change(POSITIONS.name, "|".join(drawn.key), POSITIONS.c.stance, new, "settles blind labels")
    try:
        review(view.entry.folder, st.session_state.get(WHO, ""), [change], confirming=True)
    except (BadInput, OSError) as error:
        st.session_state[_PROBLEM] = str(error)
