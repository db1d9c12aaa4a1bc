"""Rich Text files (.rtf), after the published specification, version 1.9."""

from __future__ import annotations

import re

from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits

_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-f]{2})|\\(?P<symbol>[^a-z])|(?P<brace>[{}])"
    r"|[\r\n]+|(?P<run>[^\\{}\r\n]+)",
    re.IGNORECASE,
)
# groups that hold no text of the letter
_UNSEEN = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerf", "headerl", "headerr", "footer",
     "footerf", "footerl", "footerr", "listtable", "listoverridetable", "rsidtbl", "generator", "themedata",
     "datastore", "xmlnstbl", "latentstyles", "fldinst", "annotation", "pgdsctbl", "mmathpr", "deleted")
)  # fmt: skip
_SIGNS = {
    "par": "\n\n", "sect": "\n\n", "page": "\n\n", "row": "\n\n", "line": "\n", "tab": "\t", "cell": "; ",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "-": "", "\n": "\n\n", "\r": "\n\n"}


class RichTextReader:
    """The running text of a letter, footnotes in their place."""

    media_type = "application/rtf"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return head.lstrip().startswith(b"{\\rtf")

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        assembler = Assembler()
        for paragraph in re.split(r"\n\s*\n", _text(data.decode("latin-1"))):
            assembler.add(paragraph.strip(" ;\t"), PassageKind.BODY)
        return assembler.document(TextSource.RTF)


def _text(source: str) -> str:
    state = _State()
    for match in _TOKEN.finditer(source):
        if match["brace"]:
            state.bracket(match["brace"])
        elif match["word"]:
            state.word(match["word"], match["number"])
        elif match["symbol"]:
            state.symbol(match["symbol"])
        elif match["code"]:
            state.text(bytes.fromhex(match["code"]).decode(state.codepage, "replace"))
        elif match["run"]:
            state.text(match["run"])
    # two halves of a character beyond the first 65,536 come as two signs
    return "".join(state.parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _State:
    """Where in the file we are: which group, in which code page."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.codepage = "cp1252"
        # of each open group: whether it is unseen, and how many characters stand in for one of Unicode
        self._groups: list[tuple[bool, int]] = []
        self._unseen, self._stand_ins, self._skip = False, 1, 0

    def bracket(self, brace: str) -> None:
        if brace == "{":
            self._groups.append((self._unseen, self._stand_ins))
        else:
            self._unseen, self._stand_ins = self._groups.pop() if self._groups else (False, 1)

    def word(self, word: str, number: str | None) -> None:
        if word in _UNSEEN:
            self._unseen = True
        elif word == "ansicpg":
            self.codepage = _codepage(number)
        elif word == "uc":
            self._stand_ins = int(number or 1)
        elif self._unseen:
            return
        elif word == "u":
            self.parts.append(chr(int(number or 63) % 65536))
            self._skip = self._stand_ins
        else:
            self.parts.append(_SIGNS.get(word, ""))

    def symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._unseen = True
        elif not self._unseen:
            self.parts.append(_SYMBOLS.get(symbol, symbol if symbol in "\\{}" else ""))

    def text(self, text: str) -> None:
        if not self._unseen:
            self.parts.append(text[self._skip :])
            self._skip = max(self._skip - len(text), 0)


def _codepage(number: str | None) -> str:
    import codecs

    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
