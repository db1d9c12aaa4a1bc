"""Files that people bring: checked, written to disk at once by their hash, and laid out for a run under safe names.

A file's name is a label. Bytes are kept under their hash; only when a run starts are they given names again, which are
made from the labels so that none leads out of the run's folder.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Protocol

import yaml

from dashboards.labels import count_of
from dashboards.library import home
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.errors import BadInput
from rfc_analyzer.store import write_json

# by name only: browsers disagree on media types; what is inside is looked at when it is read
COMMENT_KINDS = (
    "pdf", "docx", "doc", "txt", "md", "html", "htm", "rtf", "odt", "eml", "msg", "csv", "tsv", "xlsx", "xls", "json",
    "zip", "png", "jpg", "jpeg", "tif", "tiff",
)  # fmt: skip
NOTICE_KINDS = ("pdf", "txt", "html", "htm", "docx")
CODEBOOK_KINDS = ("yaml", "yml")
MOST_FILES = 5_000
MOST_BYTES = 2 * 1024**3
MOST_PROPOSITIONS = 60
_DRAFTS = ".drafts"
_BYTES = "bytes"
_LIST_FILE = "files.json"
_DRAFT_SECONDS = 24 * 3600
_LONGEST_PART = 100
_LONGEST_SUFFIX = 12
_DEEPEST = 6
# "1. ", "P2: ", "- ": people number their lists
_LEADING = re.compile(r"^(?:[-–•*]\s+|\(?(?:P?\d{1,2})[.):]\s+)")
_DEVICE = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")


class Uploaded(Protocol):
    """A file as the browser sent it."""

    name: str

    def getbuffer(self) -> memoryview: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a draft: what its sender called it, and its bytes' hash and number."""

    label: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A docket in preparation. It is on disk only, and forgotten after a day if no run was started from it."""

    folder: Path

    @classmethod
    def new(cls) -> Draft:
        """An empty draft; drafts that nobody went on with are removed."""
        _sweep()
        draft = cls(home() / _DRAFTS / secrets.token_hex(8))
        (draft.folder / _BYTES).mkdir(parents=True)
        return draft

    def files(self) -> tuple[Kept, ...]:
        """What was added so far, in that order."""
        try:
            return tuple(Kept(**row) for row in json.loads((self.folder / _LIST_FILE).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return ()

    def add(self, uploaded: Sequence[Uploaded]) -> str:
        """Write the files to disk. Returns a sentence about what was left out and why, or an empty one."""
        kept = {(f.label, f.sha256): f for f in self.files()}
        total, left_out = sum(f.size for f in kept.values()), []
        for file in uploaded:
            data = file.getbuffer()
            if len(kept) >= MOST_FILES or total + len(data) > MOST_BYTES:
                left_out.append(label_of(file.name))
                continue
            one = Kept(label_of(file.name), sha256(data).hexdigest(), len(data))
            if (one.label, one.sha256) not in kept:
                (self.folder / _BYTES / one.sha256).write_bytes(data)
                kept[one.label, one.sha256] = one
                total += one.size
        write_json(self.folder / _LIST_FILE, [asdict(f) for f in kept.values()])
        return _refusal(left_out) if left_out else ""

    def clear(self) -> None:
        """Forget all files."""
        shutil.rmtree(self.folder / _BYTES, ignore_errors=True)
        (self.folder / _BYTES).mkdir(parents=True)
        (self.folder / _LIST_FILE).unlink(missing_ok=True)

    def lay_out(self, target: Path) -> None:
        """Give the files their names below ``target``."""
        taken: set[str] = set()
        for file in self.files():
            place = target / _free(file.label, taken)
            if not place.resolve().is_relative_to(target.resolve()):
                raise BadInput(f"the file {file.label!r} has a name that can't be kept; rename it")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.folder / _BYTES / file.sha256, place)

    def discard(self) -> None:
        """Remove the draft; files that were laid out stay."""
        shutil.rmtree(self.folder, ignore_errors=True)


def label_of(name: str) -> str:
    """A name, or a path below the folder that was chosen, with nothing in it that a file system would act on."""
    parts = [_part(part) for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts[-_DEEPEST:]) or "unnamed"


def write_single(folder: Path, stem: str, uploaded: Uploaded) -> Path:
    """Keep the notice or the codebook as ``stem`` with its own kind of file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (stem + PurePosixPath(label_of(uploaded.name)).suffix.lower())
    path.write_bytes(uploaded.getbuffer())
    return path


def write_codebook(folder: Path, title: str, text: str) -> Path | None:
    """A codebook of the propositions in ``text``, one a line; None where there is none.

    Raises :class:`BadInput` where there are too many, :class:`BadCodebook` where one can't be used.
    """
    lines = (_LEADING.sub("", _visible(" ".join(line.split()))) for line in text.splitlines())
    stated = list(dict.fromkeys(line for line in lines if line))
    if not stated:
        return None
    if len(stated) > MOST_PROPOSITIONS:
        raise BadInput(f"{len(stated)} propositions are too many to compare; keep to {MOST_PROPOSITIONS}")
    plain = {"propositions": [{"id": f"P{n}", "text": line} for n, line in enumerate(stated, 1)]}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "codebook.yaml"
    with path.open("w", encoding="utf-8") as file:
        yaml.safe_dump(({"title": title} if title else {}) | plain, file, allow_unicode=True, sort_keys=False)
    read_codebook(path)
    return path


def forget(folder: Path) -> None:
    """Remove what was laid out for a run that did not start."""
    shutil.rmtree(folder, ignore_errors=True)


def _part(part: str) -> str:
    clean = re.sub(r'[<>:"|?*]', "_", _visible(unicodedata.normalize("NFC", part))).strip(" .")
    clean = f"_{clean}" if not clean or _DEVICE.match(clean) or clean.startswith("~$") else clean
    suffix = PurePosixPath(clean).suffix
    suffix = suffix if len(suffix) <= _LONGEST_SUFFIX else ""
    stem = clean.removesuffix(suffix)
    while len(os.fsencode(stem + suffix)) > _LONGEST_PART and len(stem) > 1:
        stem = stem[:-1]
    return stem + suffix


def _visible(text: str) -> str:
    """Without what is not seen: control characters, marks that turn the direction of writing, half characters."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))


def _free(label: str, taken: set[str]) -> str:
    """``label``, numbered where another file has it, in whatever case."""
    path, number = PurePosixPath(label), 1
    free = label
    while free.casefold() in taken:
        number += 1
        free = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    taken.add(free.casefold())
    return free


def _refusal(left_out: Iterable[str]) -> str:
    names = list(left_out)
    some = ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
    return (
        f"{count_of(len(names), 'file')} left out ({some}): at most {MOST_FILES:,} files and "
        f"{MOST_BYTES // 1024**3} GB can be uploaded. Pack them into a zip, or name a folder on this machine instead."
    )


def _sweep() -> None:
    for folder in (home() / _DRAFTS).glob("*"):
        try:
            if time.time() - folder.stat().st_mtime > _DRAFT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
