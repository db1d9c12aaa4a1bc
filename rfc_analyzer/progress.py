"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the start of each stage and the items done in it."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage named ``name`` begins; ``total`` items are expected, None where that is not known."""

    def advance(self, items: int = 1, detail: str = "") -> None:
        """``items`` more are done; ``detail`` names the current one."""


class Silent:
    """A progress that tells nobody."""

    def stage(self, name: str, total: int | None) -> None:
        return None

    def advance(self, items: int = 1, detail: str = "") -> None:
        return None
