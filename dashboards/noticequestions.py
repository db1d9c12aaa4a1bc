"""The questions of a notice that was just given, shown before the analysis starts."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from dashboards.asking import Rows, ask_questions, rows_of
from dashboards.labels import count_of
from rfc_analyzer.confirmed import confirm, questions_of_notice
from rfc_analyzer.errors import BadNotice
from rfc_analyzer.model import Question

_NAMED = 12


@dataclass(frozen=True)
class Asking:
    """The questions that were ``read``, the list as the person leaves it, and who stands for it."""

    read: tuple[Question, ...]
    rows: Rows
    who: str

    def keep(self, folder: Path) -> None:
        """Confirm the list for the analysis in ``folder`` where it was changed, or where somebody stands for it.

        Raises :class:`~rfc_analyzer.errors.BadInput` where nobody stands for a changed list.
        """
        changed = self.rows != rows_of(self.read)
        if (changed and any(text.strip() for _, text in self.rows)) or self.who.strip():
            confirm(folder, self.who, self.rows, self.read)


def ask_for_questions(notice: Any, key: str) -> Asking:
    """Show the questions that ``notice`` (an uploaded file or None) asks, to be checked; ``key`` names the widgets."""
    if notice is None:
        with st.expander("No notice at hand? List its questions (optional)", icon=":material/fact_check:"):
            return _asking((), key)
    data = notice.getvalue()
    try:
        with st.spinner("Reading the notice's questions …"):
            read = tuple(_read(Path(notice.name).suffix, data))
    except BadNotice as error:
        st.warning("The questions can't be read from this notice.", icon=":material/warning:")
        st.text(str(error))
        return Asking((), [], "")
    title = (
        f"{count_of(len(read), 'question')} read from it: check them" if read else "No questions found in it: list them"
    )
    with st.expander(title, icon=":material/fact_check:", expanded=not read):
        return _asking(read, f"{key}-{sha256(data).hexdigest()[:_NAMED]}")


def _asking(read: tuple[Question, ...], key: str) -> Asking:
    rows = ask_questions(read, key)
    who = st.text_input(
        "Who confirms the questions",
        placeholder="Your name or initials",
        key=f"{key}-who",
        help="The list is kept with your name, and every run sorts the answers by it. You can still change it later.",
    )
    return Asking(read, rows, who)


@st.cache_data(max_entries=8, show_spinner=False)
def _read(suffix: str, data: bytes) -> list[Question]:
    with TemporaryDirectory() as passing:
        path = Path(passing) / f"notice{suffix.lower()}"
        path.write_bytes(data)
        return questions_of_notice(path)
