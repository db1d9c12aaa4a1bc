"""Export: what the screens show, as files."""

from __future__ import annotations

import streamlit as st

from dashboards.broughtback import show_brought_back
from dashboards.filing import FORMATS, Format
from dashboards.labels import count_of
from dashboards.leavingout import show_left_out
from dashboards.preferences import preferences
from dashboards.state import View, current_view
from rfc_analyzer.comparison import denominators
from rfc_analyzer.errors import RfcAnalyzerError

_MADE = "_exported"
_KILO = 1_000
_BESIDE = 2


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Export", anchor=False)
    _show_what_is_asked(view)
    for start in range(0, len(FORMATS), _BESIDE):
        row = FORMATS[start : start + _BESIDE]
        for place, form in zip(st.columns(_BESIDE, gap="medium"), row, strict=False):
            with place, st.container(border=True, height="stretch"):
                _show_format(view, form)
    st.caption(
        "Each file says which docket, filters and unit it is about, and how it was made. Words of the comments are "
        "written as text: a spreadsheet runs none of them."
    )
    st.divider()
    show_left_out(view)
    st.divider()
    show_brought_back(view)


def _show_what_is_asked(view: View) -> None:
    counts = denominators(view.analysis, view.filters)
    left = f"{count_of(counts.submissions, 'submission')} ({count_of(counts.distinct_texts, 'distinct text')})"
    with st.container(border=True, gap="xsmall"):
        if view.filters.active:
            st.markdown(f"The files hold the **{left}** that meet the filters, and count **{view.unit.label}**.")
            st.text("\n".join(view.filters.in_words(view.analysis)))
        else:
            st.markdown(f"The files hold all **{left}** of the docket, and count **{view.unit.label}**.")
            st.caption("Set filters, or what to count, beside this page; the files follow.")


def _show_format(view: View, form: Format) -> None:
    st.header(f"{form.icon} {form.title}", anchor=False)
    st.caption(form.holds)
    made: dict[str, tuple[object, bytes]] = st.session_state.setdefault(_MADE, {})
    if st.button(f"Make the {form.noun}", key=f"make-{form.key}", icon=":material/play_arrow:", width="stretch"):
        made.pop(form.key, None)
        try:
            with st.spinner("Writing the file …", show_time=True):
                made[form.key] = (_stands_for(view), form.make(view))
        except (RfcAnalyzerError, OSError) as error:
            st.error("The file could not be made:", icon=":material/error:")
            st.text(str(error))
    ready = made.get(form.key)
    if ready is None:
        return
    if ready[0] != _stands_for(view):
        st.caption("The filters or settings have changed since; make it again for those.")
        return
    name = f"{view.entry.docket_id or view.entry.key}-comments.{form.suffix}"
    st.download_button(
        f"Download ({_size(ready[1])})",
        data=ready[1],
        file_name=name,
        mime=form.mime,
        key=f"download-{form.key}",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _stands_for(view: View) -> object:
    """What a file that was made holds: another view or setting needs another file."""
    return (view.key, preferences().hide_contacts)


def _size(content: bytes) -> str:
    kilobytes = max(len(content) // _KILO, 1)
    return f"{kilobytes:,} KB" if kilobytes < _KILO else f"{kilobytes / _KILO:.1f} MB"


main()
