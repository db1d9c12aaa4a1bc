"""Python's collector of garbage, put off while many objects are made that form no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Collect no cycles inside.

    The collector walks through all objects each time that their number has grown by a quarter: with the letters of a
    large docket in memory that is a fifth of the work. What is not part of a cycle is freed all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
