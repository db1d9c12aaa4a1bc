"""Web pages, and the HTML that web forms leave in comments."""

from __future__ import annotations

import html as entities
import re
from typing import Any

from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler, plain
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.tabular import named_rows
from rfc_analyzer.readers.text import decode
from rfc_analyzer.settings import ReadingLimits

_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<!doctype html)",
    re.I | re.S,
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), PassageKind.HEADING),
    **dict.fromkeys(("li", "dd"), PassageKind.LIST),
    "blockquote": PassageKind.QUOTE,
}
_BLOCKS = frozenset(
    (*_KINDS, "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "address",
     "ul", "ol", "dl", "dt", "table", "caption", "tr", "td", "th", "body", "pre", "form", "fieldset", "hr", "center")
)  # fmt: skip
_UNSEEN = (
    "script, style, noscript, template, svg, head, nav, iframe, object, embed, select, button, [hidden], "
    "[style*='display:none'], [style*='display: none']"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN_ONES, _MOST_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"), 40
_BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/tr|/h[1-6])\s*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<\s*/?(?:p|div|ul|ol|h[1-6]|blockquote|table)(?:\s[^>]*)?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|li|ol|p|pre|q|s|small|"
    r"span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|script|style|iframe|o:p)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_WHITE = re.compile(r"\s+")
_UNSEEN_TEXT = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)


class HtmlReader:
    """HTML files. Nothing that a page points to is fetched."""

    media_type = "text/html"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return bool(_START.match(head)) or name.lower().endswith((".html", ".htm", ".xhtml"))

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        assembler = Assembler()
        add_page(decode(data), assembler)
        return assembler.document(TextSource.HTML)


def add_page(source: str, assembler: Assembler) -> None:
    """Add the blocks of a page, given its HTML."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    for node in tree.css(_UNSEEN):
        node.decompose()
    if tree.body is not None:
        _Walk(assembler).through(tree.body)


class _Walk:
    """Goes through a page in reading order without recursion: pages nest as deep as their makers like."""

    def __init__(self, assembler: Assembler) -> None:
        self._assembler = assembler
        self._loose: list[str] = []
        self._counted: dict[int, int] = {}
        self._marker = ""

    def through(self, body: Any) -> None:
        """Add the blocks below ``body``; the innermost block's tag gives the kind."""
        todo: list[tuple[Any, PassageKind, bool]] = [(body, PassageKind.BODY, False)]
        while todo:
            node, kind, leaving = todo.pop()
            if leaving:
                self._flush(kind)
            elif node.tag == "-text":
                self._loose.append(_WHITE.sub(" ", node.text_content or ""))
            elif node.tag == "br":
                self._loose.append("\n")
            elif node.tag == "pre":
                self._flush(kind)
                self._typed(node.text())
            elif node.tag == "table" and node.css_first("table table") is None and _is_data(node):
                self._flush(kind)
                self._table(node)
            elif node.tag and not node.tag.startswith(("-", "_", "!")):
                inner = _KINDS.get(node.tag, kind)
                if node.tag in _BLOCKS:
                    self._flush(kind)
                    todo.append((node, inner, True))
                if node.tag == "li" and node.parent is not None and node.parent.tag == "ol":
                    self._marker = self._number(node)
                todo.extend((child, inner, False) for child in reversed(list(node.iter(include_text=True))))

    def _typed(self, text: str) -> None:
        """Text laid out with a typewriter's means: an empty line or an indented one begins a paragraph."""
        for paragraph in re.split(r"\n\s*\n|\n(?=[ \t]{4,}\S)", text):
            self._assembler.add(_one_line(paragraph), PassageKind.BODY)

    def _table(self, table: Any) -> None:
        rows = [[_one_line(cell.text(separator=" ")) for cell in row.css("td, th")] for row in table.css("tr")]
        for row in named_rows(rows):
            self._assembler.add(row, PassageKind.TABLE)

    def _flush(self, kind: PassageKind) -> None:
        for paragraph in re.split(r"\n\s*\n", "".join(self._loose)):
            text = "\n".join(filter(None, map(_one_line, paragraph.split("\n"))))
            if text and self._marker:
                text, self._marker = f"{self._marker} {text}", ""
            self._assembler.add(text, kind)
        self._loose.clear()

    def _number(self, item: Any) -> str:
        """The number that a browser shows before an item of a list: it stands nowhere in the page's text."""
        listed = item.parent
        before = self._counted.get(listed.mem_id, _whole(listed.attributes.get("start"), 1) - 1)
        number = self._counted[listed.mem_id] = _whole(item.attributes.get("value"), before + 1)
        return f"{_counted_as(number, listed.attributes.get('type') or '1')}."


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def _counted_as(number: int, style: str) -> str:
    """``number`` as a list of type "1", "a", "A", "i" or "I" shows it."""
    if style in ("a", "A") and 1 <= number <= len(_LETTERS):
        return _LETTERS[number - 1] if style == "a" else _LETTERS[number - 1].upper()
    if style in ("i", "I") and 1 <= number < _MOST_ROMAN:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + _ROMAN_ONES[ones]
        return roman if style == "i" else roman.upper()
    return str(number)


def _is_data(table: Any) -> bool:
    """Whether a table holds data; old pages and mails use tables to lay out whole letters."""
    cells = [cell.text() for cell in table.css("td, th")]
    rows = len(table.css("tr"))
    return rows >= 2 and len(cells) >= 2 * rows and max(map(len, cells)) <= 600


def _one_line(text: str) -> str:
    return " ".join(text.split())


def form_text(text: str) -> str:
    """What a respondent typed into a web form: entities resolved, ``<br/>`` a line break, other tags gone."""
    if "<" in text:
        text = _BREAK.sub("\n", _UNSEEN_TEXT.sub("", text))
        text = _TAG.sub("", _PARAGRAPH.sub("\n\n", text))
    text = entities.unescape(text)
    if "&" in text:  # exports escape some comments twice
        text = re.sub(
            r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", lambda m: entities.unescape(m[0]), text, flags=re.I
        )
    text = re.sub(r"[^\S\n]+\n", "\n", plain(text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
