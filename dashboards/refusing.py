"""What a page says where something that it was asked to do is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rfc_analyzer.errors import BadInput


@contextmanager
def refusal(failed: str) -> Iterator[None]:
    """Says ``failed`` and why, where what is done within is refused or can't be written; the rest of it is left."""
    try:
        yield
    except (BadInput, OSError) as error:
        st.error(failed)
        st.text(str(error))
