"""Write docs/cli.md from the command line's own help, so that the two can't differ."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "docs" / "cli.md"

_INTRODUCTION = """\
# The command line

This page is made by `make docs` from the program's own help.
`rfc-analyzer` and `python -m rfc_analyzer` are the same program. Results go to standard output, progress to standard
error. Exit codes: 0 done; 1 done, but some inputs could not be read (they are listed); 2 nothing done, with one line
that says what to do.
"""


def page() -> str:
    """The whole page as Markdown."""
    # argparse wraps at the width of the terminal; the page must not depend on it
    os.environ["COLUMNS"] = "100"
    os.environ["NO_COLOR"] = "1"
    from rfc_analyzer.cli import parser

    return "\n".join([_INTRODUCTION, *_blocks("rfc-analyzer", parser())])


def _blocks(title: str, command: argparse.ArgumentParser) -> Iterator[str]:
    """A command, then the commands below it."""
    yield _block(title, command)
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _blocks(f"{title} {name}", below)


def _block(title: str, command: argparse.ArgumentParser) -> str:
    return f"## {title}\n\n```text\n{command.format_help().rstrip()}\n```\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
