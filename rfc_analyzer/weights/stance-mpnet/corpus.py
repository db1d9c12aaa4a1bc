"""The training corpus, and the examples that are made of it.

``corpus.jsonl.gz`` holds one topic a line: four or six propositions, each also in its contrary and, but where a topic
is held out, in two other wordings of both; and passages that respondents might write, each with its stance on every
proposition. An example is a passage and what is asked of it: ``(text, [(proposition, class), …])`` with the classes of
``phrases``.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path
from typing import Any

import phrases
from phrases import FLIPPED, MIXED, NONE, OPPOSE, SUPPORT

Topic = dict[str, Any]
Asked = list[tuple[str, int]]
Example = tuple[str, Asked]

JOINED_WORDS = 85
SILENT_ASKED = 2  # most propositions are not taken up, and most of these are easy to tell
CLASSES = {"support": SUPPORT, "oppose": OPPOSE, "mixed": MIXED, "none": NONE}
_OTHER_WORDS = {word: [other for other in line if other != word] for line in phrases.SYNONYMS for word in line}
_STAYS = frozenset(("not", "no", "never", "without", "should", "less", "fewer", "than", "only"))
_TAILS = frozenset(
    ("for", "in", "at", "on", "by", "from", "during", "within", "after", "before", "when", "of", "with", "through")
)


def read_topics(path: Path) -> list[Topic]:
    """The topics, in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def plain_examples(topics: list[Topic]) -> list[Example]:
    """Each passage as it stands, asked all propositions and their contraries."""
    found = []
    for topic in topics:
        for passage in topic["passages"]:
            asked: Asked = []
            for proposition in topic["propositions"]:
                asked += _both_ways(proposition, CLASSES[passage["stance"][proposition["id"]]])
            found.append((passage["text"], asked))
    return found


def asked_examples(topics: list[Topic], rng: random.Random) -> list[Example]:
    """Each passage, asked every proposition that it takes a side on and some of the others.

    Mostly a proposition and its contrary are asked where there is a side, each in one of its wordings, and now and then
    a proposition of another topic.
    """
    found = []
    for topic in topics:
        for passage in topic["passages"]:
            asked: Asked = []
            ways = [(p, CLASSES[passage["stance"][p["id"]]]) for p in topic["propositions"]]
            silent = [p for p, way in ways if way == NONE]
            silent = rng.sample(silent, min(len(silent), SILENT_ASKED))
            for proposition, way in ways:
                both = _worded(proposition, way, rng)
                if way != NONE:
                    asked += both if rng.random() < 0.75 else [rng.choice(both)]
                elif proposition in silent:
                    asked.append(rng.choice(both))
            if rng.random() < 0.3:
                asked.append((_foreign(topic, topics, rng), NONE))
            rng.shuffle(asked)
            found.append((passage["text"], asked))
    return found


def with_joined(topics: list[Topic], rng: random.Random, each: int) -> list[Topic]:
    """The topics, each with up to ``each`` texts more that are two or three of its passages in a row.

    Such a text takes the side of those that take one; passages that speak against each other are not joined. The
    program gives the reader several sentences of a letter, of which one often tells the side.
    """
    found = []
    for topic in topics:
        drawn = [rng.sample(topic["passages"], rng.choice((2, 2, 3))) for _ in range(each)]
        found.append({**topic, "passages": topic["passages"] + [p for some in drawn for p in _joined(some)]})
    return found


def _joined(passages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One passage of several, none where they are too long together or of two minds."""
    texts = [p["text"] if p["text"][-1] in '.?!"' else f"{p['text']}." for p in passages]
    stance = {}
    for proposition in passages[0]["stance"]:
        sides = {p["stance"][proposition] for p in passages} - {"none"}
        if len(sides) > 1:
            return []
        stance[proposition] = sides.pop() if sides else "none"
    text = " ".join(texts)
    return [{"text": text, "stance": stance}] if len(text.split()) <= JOINED_WORDS else []


def _both_ways(proposition: dict[str, str], way: int) -> Asked:
    """A proposition and its contrary, each with the class of who stands ``way`` on the proposition."""
    return [(proposition["text"], way), (proposition["negated"], FLIPPED[way])]


def _worded(proposition: dict[str, Any], way: int, rng: random.Random) -> Asked:
    """As :func:`_both_ways`, in wordings drawn anew.

    Who reads words and not what they say takes blame of a limit for blame of what is limited: asked in terms of the one
    and of the other, a passage has to be understood. Half of the contraries are as the program asks them, or nearly so.
    """
    words = proposition.get("reworded", {"same": [], "contrary": []})
    said = rng.choice([proposition["text"], proposition["text"], *words["same"]])
    other = rng.choice([proposition["negated"], denied(proposition["text"]), *words["contrary"]])
    return [(said, way), (other, FLIPPED[way])]


def denied(proposition: str) -> str:
    """A proposition denied, as the program asks its contrary."""
    return f"It is not true that {_lowered(proposition)}."


def _foreign(topic: Topic, topics: list[Topic], rng: random.Random) -> str:
    """A proposition of another topic, rather one of the same domain."""
    near = [t for t in topics if t is not topic and t["domain"] == topic["domain"]]
    if not near or rng.random() < 0.4:
        near = [t for t in topics if t is not topic]
    text: str = rng.choice(rng.choice(near)["propositions"])[rng.choice(("text", "negated"))]
    return text


def framed_examples(topics: list[Topic], rng: random.Random, each: int) -> list[Example]:
    """Statements put together from each proposition, ``each`` times, and one about the proposal of each topic."""
    found = []
    for topic in topics:
        first, rest = topic["propositions"][0], topic["propositions"][1:]
        way = rng.choice((SUPPORT, OPPOSE, SUPPORT, OPPOSE, NONE))
        text = rng.choice(phrases.RULE[way]).format(r=rng.choice(phrases.NAMES))
        silent = rng.choice(rest)[rng.choice(("text", "negated"))]
        found.append((text, [*_both_ways(first, way), (silent, NONE)]))
        for proposition in topic["propositions"]:
            others = [p for p in topic["propositions"] if p is not proposition]
            found += [_framed(proposition, rng.choice(others), rng) for _ in range(each)]
    return found


def _framed(proposition: dict[str, str], other: dict[str, str], rng: random.Random) -> Example:
    sides = [proposition["text"], proposition["negated"]]
    rng.shuffle(sides)
    said, contrary = sides
    text, way = _statement(said, rng) if rng.random() < 0.6 else (said, SUPPORT)
    if rng.random() < 0.8:
        text = _reworded(text, rng)
    if rng.random() < 0.5 or (text.rstrip(".") == said.rstrip(".") and rng.random() < 0.8):
        around = rng.choice([(frame, c) for c, frames in phrases.AROUND.items() for frame in frames])
        text, way = around[0].format(_lowered(text)), around[1] if way == SUPPORT else FLIPPED[around[1]]
    text = text[0].upper() + text[1:]
    text = text if text[-1] in ".?!" else text + rng.choice("...!")
    asked = [(said, way), (contrary, FLIPPED[way]), (other[rng.choice(("text", "negated"))], NONE)]
    rng.shuffle(asked)
    return text, asked


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:].rstrip(".") if text.split()[0].istitle() else text.rstrip(".")


def _statement(said: str, rng: random.Random) -> tuple[str, int]:
    """``said`` in another form or denied, and whether that supports or opposes it."""
    parts = re.match(r"^(.*?) should (not |no longer )?(be )?(.*?)\.?$", said)
    if parts and rng.random() < 0.75:
        subject, negation, be, rest = parts.groups()
        freed = {*phrases.FREED, *phrases.LIMITED}.intersection(rest.split()[:2])
        if be and freed and rng.random() < 0.6:
            text, free = _of_limits(_lowered(subject), rng)
            way = SUPPORT if free == freed.issubset(phrases.FREED) else OPPOSE
            return text, FLIPPED[way] if negation else way
        frames = phrases.SHOULD_BE if be and rng.random() < 0.5 else phrases.SHOULD
        way = rng.choice((SUPPORT, OPPOSE))
        predicate = rest if frames is phrases.SHOULD_BE else f"{be or ''}{rest}"
        text = rng.choice(frames[way]).format(s=_lowered(subject), p=predicate)
        return text, FLIPPED[way] if negation else way
    for words, without in phrases.UNDENIED:
        if words in said:
            return (said.replace(words, without, 1), OPPOSE) if rng.random() < 0.5 else (said, SUPPORT)
    for words, denials in phrases.DENIED:
        if words in said:
            denied = said.replace(words, rng.choice(denials), 1)
            return (denied, OPPOSE) if rng.random() < 0.5 else (said, SUPPORT)
    return said, SUPPORT


def _of_limits(subject: str, rng: random.Random) -> tuple[str, bool]:
    """What somebody says of a limit on ``subject`` or of its freedom, and whether they want it free."""
    free = rng.random() < 0.5
    if rng.random() < 0.25:
        return rng.choice(phrases.KEEP_FREE if free else phrases.KEEP_TIGHT).format(s=subject), free
    limits = rng.random() < 0.6
    what = rng.choice(phrases.LIMITS if limits else phrases.LICENCES).format(s=subject)
    return f"{what} {rng.choice(phrases.GOOD if limits != free else phrases.BAD)}", free


def _reworded(text: str, rng: random.Random) -> str:
    """``text`` with synonyms, other articles, a word lost here and there, and sometimes without its tail."""
    kept = []
    for word in text.rstrip(".").split():
        plain = word.lower().strip(",")
        if plain in _OTHER_WORDS and rng.random() < 0.5:
            kept.append(rng.choice(_OTHER_WORDS[plain]) + ("," if word.endswith(",") else ""))
        elif plain == "the" and rng.random() < 0.3:
            kept.append(rng.choice(("these", "this", "our", "such", "")))
        elif plain in _STAYS or rng.random() >= 0.06:
            kept.append(word)
    kept = [word for word in kept if word]
    if len(kept) > 9 and rng.random() < 0.35:
        cuts = [i for i in range(6, len(kept)) if kept[i].lower() in _TAILS]
        kept = kept[: cuts[-1]] if cuts else kept
    return " ".join(kept) or text
