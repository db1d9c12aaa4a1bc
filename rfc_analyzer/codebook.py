"""A codebook: what an analyst asks of a docket, written in YAML.

title: Delivery robots on sidewalks
docket_id: XYZ-2026-0001
propositions:
  - {id: P1, text: "Robots should give way to people.", questions: [1a]}
seed_themes:
  accessibility: [wheelchair, blind, curb ramp]
type_rules:
  - {pattern: "Guild of", type: association}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rfc_analyzer.errors import BadCodebook
from rfc_analyzer.model import Codebook, Docket, Proposition, RespondentType, TypeRule

_KEYS = {"title", "docket_id", "propositions", "seed_themes", "type_rules"}


def read_codebook(path: Path) -> Codebook:
    """Read and check a codebook.

    Raises :class:`BadCodebook`, naming the file, the line and the key that is wrong.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadCodebook(f"{path.name}, line {line}: not valid YAML ({error.problem}); mend that line") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadCodebook(f"{path}: can't be read ({error}); give a YAML text file") from error
    except yaml.YAMLError as error:
        raise BadCodebook(f"{path.name}: not valid YAML ({error})") from error
    return _Reader(path.name).codebook(root)


def write_codebook(path: Path, book: Codebook) -> None:
    """Write ``book`` so that :func:`read_codebook` gives the same again."""
    plain: dict[str, Any] = {}
    if book.docket.title:
        plain["title"] = book.docket.title
    if book.docket.docket_id:
        plain["docket_id"] = book.docket.docket_id
    plain["propositions"] = [
        {"id": p.proposition_id, "text": p.text} | ({"questions": list(p.question_ids)} if p.question_ids else {})
        for p in book.propositions
    ]
    if book.seed_themes:
        plain["seed_themes"] = {name: list(words) for name, words in book.seed_themes}
    if book.type_rules:
        plain["type_rules"] = [{"pattern": r.pattern, "type": r.respondent_type.value} for r in book.type_rules]
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    partial.replace(path)


def with_propositions(book: Codebook, stated: Sequence[Proposition], used: Collection[str] = ()) -> Codebook:
    """``book`` with other propositions; what is stated in the same words keeps its id, the rest gets new ids.

    An id once ``used`` is never given to another statement: what people said of the old one would speak for it.
    Empty statements and repetitions are left out.
    """
    known = {_words_of(p.text): p.proposition_id for p in book.propositions}
    taken = {*used, *known.values()}
    found: dict[str, Proposition] = {}
    for one in stated:
        key = _words_of(one.text)
        if key and key not in found:
            proposition_id = known.get(key) or _next_id(taken)
            taken.add(proposition_id)
            found[key] = Proposition(proposition_id, " ".join(one.text.split()), one.question_ids)
    return replace(book, propositions=tuple(found.values()))


def _words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _next_id(taken: Collection[str]) -> str:
    numbers = [int(i[1:]) for i in taken if re.fullmatch(r"P\d+", i)]
    return f"P{max(numbers, default=0) + 1}"


class _Reader:
    """Walks the YAML nodes, which know their lines."""

    def __init__(self, name: str) -> None:
        self.name = name

    def codebook(self, root: Node | None) -> Codebook:
        if not isinstance(root, MappingNode):
            raise BadCodebook(f"{self.name}, line 1: a codebook is a mapping with the key 'propositions'")
        parts = dict(self._entries(root, "codebook", allowed=_KEYS))
        if "propositions" not in parts:
            raise BadCodebook(f"{self.name}, line 1: key 'propositions' is missing; list at least one {{id, text}}")
        title = self._text(parts["title"], "title") if "title" in parts else ""
        docket_id = self._text(parts["docket_id"], "docket_id") if "docket_id" in parts else ""
        return Codebook(
            docket=Docket(docket_id, title),
            propositions=self._propositions(parts["propositions"]),
            seed_themes=self._seed_themes(parts["seed_themes"]) if "seed_themes" in parts else (),
            type_rules=self._type_rules(parts["type_rules"]) if "type_rules" in parts else (),
        )

    def _propositions(self, node: Node) -> tuple[Proposition, ...]:
        found: dict[str, Proposition] = {}
        for item in self._items(node, "propositions"):
            parts = dict(self._entries(item, "propositions", allowed={"id", "text", "questions"}))
            for key in ("id", "text"):
                if key not in parts:
                    raise self._wrong(item, key, "is missing")
            proposition_id = self._text(parts["id"], "id")
            if proposition_id in found:
                raise self._wrong(parts["id"], "id", f"'{proposition_id}' is used twice; give each proposition its own")
            questions = self._texts(parts["questions"], "questions") if "questions" in parts else ()
            question_ids = tuple(f"Q{q.removeprefix('Q')}" for q in questions)
            found[proposition_id] = Proposition(proposition_id, self._text(parts["text"], "text"), question_ids)
        if not found:
            raise self._wrong(node, "propositions", "is empty; list at least one {id, text}")
        return tuple(found.values())

    def _seed_themes(self, node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((name, self._texts(words, name)) for name, words in self._entries(node, "seed_themes"))

    def _type_rules(self, node: Node) -> tuple[TypeRule, ...]:
        rules = []
        for item in self._items(node, "type_rules"):
            parts = dict(self._entries(item, "type_rules", allowed={"pattern", "type"}))
            for key in ("pattern", "type"):
                if key not in parts:
                    raise self._wrong(item, key, "is missing")
            pattern, kind = self._text(parts["pattern"], "pattern"), self._text(parts["type"], "type")
            try:
                re.compile(pattern)
            except re.error as error:
                raise self._wrong(parts["pattern"], "pattern", f"is no regular expression ({error})") from error
            if kind not in set(RespondentType):
                raise self._wrong(parts["type"], "type", f"'{kind}' is none of {', '.join(RespondentType)}")
            rules.append(TypeRule(pattern, RespondentType(kind)))
        return tuple(rules)

    def _entries(self, node: Node, key: str, allowed: set[str] | None = None) -> Iterator[tuple[str, Node]]:
        if not isinstance(node, MappingNode):
            raise self._wrong(node, key, "must be a mapping (key: value)")
        seen = set()
        for name_node, value in node.value:
            name = self._text(name_node, key)
            if allowed is not None and name not in allowed:
                raise self._wrong(name_node, name, f"is not known here; use {', '.join(sorted(allowed))}")
            if name in seen:
                raise self._wrong(name_node, name, "stands twice")
            seen.add(name)
            yield name, value

    def _items(self, node: Node, key: str) -> list[Node]:
        if not isinstance(node, SequenceNode):
            raise self._wrong(node, key, "must be a list")
        return list(node.value)

    def _texts(self, node: Node, key: str) -> tuple[str, ...]:
        return tuple(self._text(item, key) for item in self._items(node, key))

    def _text(self, node: Node, key: str) -> str:
        if not isinstance(node, ScalarNode) or not node.value.strip():
            raise self._wrong(node, key, "must be a text that is not empty")
        return str(node.value).strip()

    def _wrong(self, node: Node, key: str, problem: str) -> BadCodebook:
        return BadCodebook(f"{self.name}, line {node.start_mark.line + 1}: key '{key}' {problem}")
