"""Where an export goes: checked before the work, written beside the target, and put in place at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rfc_analyzer.errors import BadInput

# Office files are archives; a fixed time in them makes the same content the same bytes
_STAMP = (2000, 1, 1, 0, 0, 0)


def check_file(target: Path) -> None:
    """Raise :class:`BadInput` where ``target`` can't become a file."""
    if target.is_dir():
        raise BadInput(f"{target} is a folder; name a file in it, such as {target / ('summary' + target.suffix)}")
    _check_parent(target)
    if target.exists() and not os.access(target, os.W_OK):
        raise BadInput(f"{target} can't be written; change its permissions or name another file")


def check_folder(target: Path) -> None:
    """Raise :class:`BadInput` where ``target`` can't become, or isn't, a folder to write into."""
    if target.exists() and not target.is_dir():
        raise BadInput(f"{target} is a file; name a folder for the tables")
    if target.is_dir():
        _check_writable(target)
    else:
        _check_parent(target)


def _check_parent(target: Path) -> None:
    folder = target.absolute().parent
    if not folder.is_dir():
        raise BadInput(f"there is no folder {folder}; make it first, or name another place for {target.name}")
    _check_writable(folder)


def _check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadInput(f"nothing can be written in {folder}; change its permissions or name another folder")


@contextmanager
def put_in_place(target: Path) -> Iterator[Path]:
    """A path beside ``target`` to write to; it replaces ``target`` at the end, and is removed after an error."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(target)
    except OSError as error:
        raise BadInput(f"{target} can't be written ({error.strerror or error}); close it or free some space") from error
    finally:
        partial.unlink(missing_ok=True)


class StampedZip(ZipFile):
    """An archive whose members all carry one time."""

    def __init__(self, file: Path | IO[bytes]) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, allowZip64=True)

    def writestr(self, zinfo_or_arcname: ZipInfo | str, data: Any, *args: Any, **kwargs: Any) -> None:
        """As in the base, with the fixed time."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        super().writestr(_stamped(name), data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        """As in the base, with the fixed time."""
        with Path(filename).open("rb") as source, self.open(_stamped(str(arcname or filename)), "w") as member:
            while chunk := source.read(1 << 20):
                member.write(chunk)


def _stamped(name: str) -> ZipInfo:
    info = ZipInfo(name, _STAMP)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
