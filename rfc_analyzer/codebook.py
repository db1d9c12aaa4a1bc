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
from collections.abc import Iterator
from pathlib import Path

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
