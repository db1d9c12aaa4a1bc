"""Places on stores that fsspec knows (``s3://bucket/docket``), as folders of this machine.

The endpoint and keys of an S3-compatible store come from the usual variables (``AWS_ENDPOINT_URL``,
``AWS_ACCESS_KEY_ID`` …), so that they are in no file of an analysis.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from rfc_analyzer.cache import user_cache
from rfc_analyzer.errors import BadInput, MissingDependency

_AT_ONCE = 16
_PARTIAL = ".partial"
_WRITABLE = "writable"
_LONGEST_NAME = 255
_NO_NAME = "Its name can't be that of a file on this machine; rename it on the store."
_WEB = ("http", "https", "ftp")


@dataclass(frozen=True, slots=True)
class Missing:
    """What could not be fetched: its name at its place, and what to do."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file on a store; ``changed`` is when it was written, in seconds, None where the store doesn't tell."""

    key: str
    size: int
    changed: float | None

    def is_same(self, path: Path) -> bool:
        """Whether ``path`` is what was fetched of it earlier."""
        if self.changed is None or not path.is_file():
            return False
        known = path.stat()
        return known.st_size == self.size and abs(known.st_mtime - self.changed) < 1e-3


def is_on_store(place: str | Path) -> bool:
    """Whether ``place`` is the address of a place on a store, and no path of this machine."""
    return "://" in str(place)


def at_hand(place: str | Path, folder: Path) -> tuple[Path, list[Missing]]:
    """The path of an input: its own, or below ``folder`` where it was fetched from a store."""
    if not is_on_store(place):
        return Path(place), []
    source = Place(str(place))
    return source.fetch(folder / source.id)


class Place:
    """A file or a folder on a store.

    Raises :class:`BadInput` where ``url`` is no such place, or :class:`MissingDependency`.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._files, root = _opened(url)
        self._root = root.rstrip("/")
        self.name = self._root.rsplit("/", 1)[-1]
        self.id = sha256(url.rstrip("/").encode()).hexdigest()[:16]

    @property
    def here(self) -> Path:
        """The folder of this machine in which an analysis that belongs there is made, and opened."""
        return user_cache().copies / self.id

    def check(self) -> None:
        """Raise :class:`BadInput` where nothing can be written."""
        with _told(self.url):
            self._files.pipe_file(self._key(_WRITABLE), b"")
            self._files.rm_file(self._key(_WRITABLE))

    def fetch(self, folder: Path) -> tuple[Path, list[Missing]]:
        """Make ``folder`` hold what is here, under the same names, and nothing else; a file is fetched into it.

        What is there already and has not changed is not fetched again. Raises :class:`BadInput` where nothing is here.
        """
        target = folder / self.name
        found = self._found()
        if not found:
            raise BadInput(f"nothing is at {self.url}; check its name, and the keys for the store")
        places = {name: target / name for name in found if _can_be_here(name)}
        _remove_all_but(set(places.values()), folder)
        missing = [Missing(name, _NO_NAME) for name in found if name not in places]
        missing += self._copied(found, places)
        if "" in found and missing:  # a single file
            raise BadInput(f"{self.url} can't be fetched: {missing[0].reason}")
        return target, sorted(missing, key=lambda one: one.name)

    def pull(self, folder: Path, last: str) -> None:
        """Copy the files that are here into ``folder``, ``last`` at the end; it is removed where it is not here."""
        found = {name: stored for name, stored in self._found().items() if name and "/" not in name}
        folder.mkdir(parents=True, exist_ok=True)
        if last not in found or not found[last].is_same(folder / last):
            (folder / last).unlink(missing_ok=True)
        others = {name: folder / name for name in found if name != last}
        missing = self._copied(found, others)
        if not missing and last in found:
            missing = self._copied(found, {last: folder / last})
        if missing:
            raise BadInput(f"{self.url}/{missing[0].name} can't be fetched: {missing[0].reason}")

    def push(self, folder: Path, last: str) -> None:
        """Copy the files of ``folder`` here, its folders not, and ``last`` at the end: until then it is not here."""
        names = sorted(path.name for path in folder.iterdir() if path.is_file() and path.suffix != _PARTIAL)
        with _told(self.url):
            if self._files.exists(self._key(last)):
                self._files.rm_file(self._key(last))
            for name in (*(name for name in names if name != last), last):
                self._files.put_file(str(folder / name), self._key(name))
            self._files.invalidate_cache()
            for name, stored in self._found().items():
                if name in names and stored.changed is not None:  # it need not be pulled again
                    os.utime(folder / name, (stored.changed, stored.changed))

    def _key(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def _found(self) -> dict[str, _Stored]:
        """What is here, by its name below this place; the name of a single file is empty."""
        with _told(self.url):
            self._files.invalidate_cache()
            listed: Mapping[str, Mapping[str, Any]] = self._files.find(self._root, detail=True)
        found = {}
        for key, about in listed.items():
            plain = key.rstrip("/")
            if about.get("type") == "file" and (plain == self._root or plain.startswith(f"{self._root}/")):
                name = plain[len(self._root) + 1 :]
                found[name] = _Stored(key, int(about.get("size") or 0), _changed(about))
        return found

    def _copied(self, found: Mapping[str, _Stored], places: Mapping[str, Path]) -> list[Missing]:
        """Copy files to their ``places``; those that could not be."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            reasons = pool.map(lambda name: self._copy(found[name], places[name]), places)
            return [Missing(name, why) for name, why in zip(places, reasons, strict=True) if why]

    def _copy(self, stored: _Stored, path: Path) -> str:
        """Copy a file; why that failed, or nothing."""
        if stored.is_same(path):
            return ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(sha256(path.name.encode()).hexdigest()[:32] + _PARTIAL)
            self._files.get_file(stored.key, str(partial))
            if stored.changed is not None:
                os.utime(partial, (stored.changed, stored.changed))
            partial.replace(path)
        except Exception as error:  # each kind of store has its own
            path.unlink(missing_ok=True)
            return f"It can't be fetched ({_said(error)}); check its permissions on the store."
        return ""


def _can_be_here(name: str) -> bool:
    """Whether a file below a folder can have that name; the empty one is that of the folder itself."""
    parts = name.split("/") if name else []
    return not any(part in ("", ".", "..") or "\0" in part or len(part.encode()) > _LONGEST_NAME for part in parts)


def _remove_all_but(wanted: set[Path], folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()


def _changed(about: Mapping[str, Any]) -> float | None:
    when = about.get("LastModified") or about.get("mtime") or about.get("created")
    if isinstance(when, datetime):
        return when.timestamp()
    return float(when) if isinstance(when, (int, float)) else None


def _opened(url: str) -> tuple[Any, str]:
    if "::" in url or url.split("://")[0].lower() in _WEB:
        raise BadInput(f"{url} is no place on a store; fetch it first, and give its path")
    from fsspec.core import url_to_fs

    try:
        files, root = url_to_fs(url)
    except ImportError as error:
        raise MissingDependency(f"{url} needs a package: {error}") from error
    except ValueError as error:
        raise BadInput(f"{url} is no place on a store: {error}") from error
    if not str(root).strip("/") or not _can_be_here(str(root).rstrip("/").rsplit("/", 1)[-1]):
        raise BadInput(f"{url} names no place on a store; give one, as in s3://BUCKET/NAME")
    return files, str(root)


@contextmanager
def _told(url: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # each kind of store has its own
        raise BadInput(f"{url} can't be used: {_said(error)}; check its name, and the keys for the store") from error


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
