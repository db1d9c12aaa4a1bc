"""Make the list of family names from the frequency files of the United States' 1990 census (public domain).

    python scripts/make_name_lists.py dist.all.last [--most N]

The bureau's file has one name a line, the commonest first, with its share. Written is
``rfc_analyzer/respondents/data/family_names.txt``: the commonest names, lower case.
"""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

TARGET = Path(__file__).parents[1] / "rfc_analyzer" / "respondents" / "data" / "family_names.txt"
HEAD = (
    "# Family names, lower case: the commonest of the United States' 1990 census (public domain), sorted.\n"
    "# Made by scripts/make_name_lists.py.\n"
)
MOST = 12_000


def family_names(frequencies: str, most: int) -> list[str]:
    """The ``most`` commonest names of the bureau's file, sorted, lower case."""
    names = [line.split()[0].lower() for line in frequencies.splitlines() if line.strip()]
    return sorted(names[:most])


def main() -> None:
    """Read the path from the command line and write the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("frequencies", type=Path)
    parser.add_argument("--most", type=int, default=MOST)
    arguments = parser.parse_args()
    names = family_names(arguments.frequencies.read_text(encoding="ascii"), arguments.most)
    TARGET.write_text(HEAD + "\n".join(textwrap.wrap(" ".join(names), 118)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
