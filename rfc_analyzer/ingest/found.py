"""A file that was found under the inputs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file under the inputs.

    ``label`` is its name for people: the path below its input, archives included. ``message`` says why it is not
    read as a comment; ``path`` is None where there are no bytes to read. ``given`` marks a file that was named as an
    input itself, ``archive`` one that was opened. ``mail`` is the label of the outermost message that carried it.
    """

    label: str
    path: Path | None
    sha256: str
    size: int
    message: str = ""
    given: bool = False
    archive: bool = False
    mail: str = ""
