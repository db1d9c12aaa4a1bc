"""Web pages, and the HTML that web forms leave in comments."""

from __future__ import annotations

import html as entities
import re
from typing import Any

from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler, plain
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.text import decode
from rfc_analyzer.settings import ReadingLimits

_START = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<!doctype html)", re.I | re.S
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title"), PassageKind.HEADING),
    "li": PassageKind.LIST,
    "tr": PassageKind.TABLE,
    "blockquote": PassageKind.QUOTE,
}
_BLOCKS = {*_KINDS, "p", "div", "section", "article", "td", "th", "ul", "ol", "table", "body", "pre", "dd", "dt"}
_UNSEEN = ["script", "style", "noscript", "template", "svg", "head", "nav", "iframe", "object"]
_BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li)\s*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<\s*/?(?:p|div)(?:\s[^>]*)?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[a-z][a-z0-9]*)(?:\s[^<>]*)?/?>", re.IGNORECASE)


class HtmlReader:
    """HTML files. Nothing that a page points to is fetched."""

    media_type = "text/html"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return bool(_START.match(head)) or name.lower().endswith((".html", ".htm", ".xhtml"))

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(decode(data))
        for tag in _UNSEEN:
            for node in tree.css(tag):
                node.decompose()
        assembler = Assembler()
        if tree.body is not None:
            _walk(tree.body, assembler)
        return assembler.document(TextSource.HTML)


def _walk(node: Any, assembler: Assembler) -> None:
    """Innermost blocks become the document's blocks; text between them too."""
    if node.tag == "tr":
        cells = [" ".join(cell.text().split()) for cell in node.css("td, th")]
        assembler.add("; ".join(filter(None, cells)), PassageKind.TABLE)
        return
    loose: list[str] = []
    kind = _KINDS.get(node.tag, PassageKind.BODY)
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            loose.append(child.text())
        elif child.tag == "br":
            loose.append("\n")
        elif child.tag in _BLOCKS or child.css_first(", ".join(sorted(_BLOCKS))) not in (None, child):
            _flush(loose, kind, assembler)
            _walk(child, assembler)
        else:
            loose.append(child.text())
    _flush(loose, kind, assembler)


def _flush(loose: list[str], kind: PassageKind, assembler: Assembler) -> None:
    for paragraph in re.split(r"\n\s*\n", "".join(loose)):
        assembler.add(" ".join(paragraph.split()), kind)
    loose.clear()


def form_text(text: str) -> str:
    """What a respondent typed into a web form: entities resolved, ``<br/>`` a line break, other tags gone."""
    text = _BREAK.sub("\n", text)
    text = _PARAGRAPH.sub("\n\n", text)
    text = entities.unescape(_TAG.sub("", text))
    return plain(re.sub(r"[^\S\n]+\n", "\n", text)).strip()
