"""What ``analyze`` was given, kept beside the analysis, so that the same run can be made again from anywhere."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rfc_analyzer.arguments import parser
from rfc_analyzer.places import is_on_store
from rfc_analyzer.store import write_json

_FILE = "command.json"
_ARGUMENTS, _FILES = "arguments", "files"
# where it goes, how it is told, and whether it starts anew are not the run's own
_LEFT_OUT = frozenset(("help", "output", "json", "fresh", "resume"))


@dataclass(frozen=True, slots=True)
class Given:
    """``arguments`` of ``rfc-analyzer analyze`` without ``--output``; ``files`` are the paths among them."""

    arguments: tuple[str, ...]
    files: tuple[Path, ...]

    @property
    def gone(self) -> list[Path]:
        """The files and folders that are no longer where they were."""
        return [path for path in self.files if not path.exists()]


def given_in(arguments: argparse.Namespace) -> Given:
    """What ``analyze`` was given, with whole paths, so that it means the same in every folder."""
    named: list[str] = []
    inputs: list[str] = []
    files: list[Path] = []
    for action in _commands()["analyze"]._actions:
        value = getattr(arguments, action.dest, None)
        if action.dest in _LEFT_OUT or value is None or value == action.default:
            continue
        values = [_whole(one, files) for one in (value if isinstance(value, list) else [value])]
        if not action.option_strings:
            inputs += values
        else:
            named += [action.option_strings[0], *(values if action.nargs != 0 else [])]
    return Given((*inputs, *named), tuple(files))


def _commands() -> Mapping[str, argparse.ArgumentParser]:
    (found,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return found.choices


def _whole(value: Any, files: list[Path]) -> str:
    if not isinstance(value, Path) or is_on_store(value):
        return str(value)
    files.append(value.absolute())
    return str(value.absolute())


def keep_given(folder: Path, given: Given) -> None:
    """Write it into the analysis folder."""
    write_json(folder / _FILE, {_ARGUMENTS: given.arguments, _FILES: [str(path) for path in given.files]})


def read_given(folder: Path) -> Given | None:
    """What the analysis in ``folder`` was given; None where that is not known."""
    try:
        plain = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        arguments, files = _texts(plain[_ARGUMENTS]), _texts(plain[_FILES])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Given(arguments, tuple(map(Path, files)))


def _texts(values: Sequence[Any]) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("not a list of texts")
    return tuple(values)
