"""Make ``model.onnx`` and ``words.npz`` from weights that ``train.py`` wrote.

    python make.py trained.safetensors

The graph is an MPNet encoder (Song et al. 2020) written out operator by operator, with the rounding to whole numbers of
the embedding model beside it. A text and several propositions are read in one pass: the text's tokens see each other, a
proposition's tokens see the text and themselves. So a text is computed once, however much is asked of it.

Linear layers take all tokens as rows, and round them row by row; attention takes each proposition by itself. So what is
said of a proposition is the same to the last bit, whatever else is asked: one row of attention for all of them adds
the same numbers in another order, and a difference in the seventh digit can tip a rounding to 8 bits, which shows in
the third.

The word table is a file of its own: 8-bit integers with a scale for each word. The program looks the words up.
"""

from __future__ import annotations

import importlib.util
import math
import re
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import numpy as np
import onnx
from onnx import TensorProto, helper
from onnxruntime import InferenceSession
from safetensors.numpy import load_file

HERE = Path(__file__).resolve().parent
LAYERS, WIDTH, HEADS, EPSILON = 12, 768, 12, 1e-5
SIZE = WIDTH // HEADS
FIRST_PLACE = 2  # the row of the first token in the table of places
BUCKETS, FARTHEST = 32, 128  # kinds of distance between two tokens, and where they stop to differ
TEXT_TOKENS, PROPOSITION_TOKENS = 128, 48  # as the program cuts them
REACH = TEXT_TOKENS + PROPOSITION_TOKENS
TO_THE_END = np.iinfo(np.int64).max
RANDOM_TEXTS, RANDOM_WORDS, RANDOM_PROPOSITIONS, RANDOM_ASKED = 24, 46, 3, 20
START, END, FIRST_WORD = 0, 2, 2000  # token numbers
# vectors of all words, and their places; the text's rows; each proposition's rows, filled up with -1; and where each
# row after the text's lies in that
INPUTS = {
    "words": ["tokens", WIDTH],
    "positions": ["tokens"],
    "text": ["text_tokens"],
    "asked": ["propositions", PROPOSITION_TOKENS],
    "places": ["asked_tokens"],
}


def _encoder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("minilm", HERE.parent / "all-MiniLM-L6-v2" / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["minilm"] = module
    spec.loader.exec_module(module)
    return module


encoder = _encoder()


def buckets() -> np.ndarray:
    """(n,): the kind of distance to a token, from the farthest before the one that looks to the farthest behind it."""
    behind = np.arange(-REACH, REACH + 1)
    half, exact = BUCKETS // 2, BUCKETS // 4
    size = np.abs(behind)
    far = exact + np.log(np.maximum(size, 1) / exact) / math.log(FARTHEST / exact) * (half - exact)
    return np.where(size < exact, size, np.minimum(far.astype(np.int64), half - 1)) + half * (behind > 0)


def distances(weights: dict[str, np.ndarray]) -> np.ndarray:
    """(heads, n): what attention adds for a token at each distance of :func:`buckets`."""
    table: np.ndarray = weights["encoder.relative_attention_bias.weight"][buckets()].T
    return np.ascontiguousarray(table.astype(np.float32))


def embeddings(graph: encoder.Graph) -> str:
    """Word and position vectors of all tokens, added and normed."""
    table = graph.weights["embeddings.position_embeddings.weight"]
    places = table[FIRST_PLACE : FIRST_PLACE + REACH]
    vectors = graph.constant(places, "place_vectors")
    value = graph.add("Add", "words", graph.add("Gather", vectors, "positions", axis=0))
    return graph.norm(value, "embeddings.LayerNorm")


def sliced(graph: encoder.Graph, value: str, start: str, end: str, axis: int) -> str:
    """A part of ``value`` along one axis."""
    return graph.add("Slice", value, start, end, graph.constant(np.array([axis])))


@dataclass
class Shared:
    """What the layers share: rows of the propositions' tokens, and what is added where one token looks at another."""

    rows: str
    first: str
    within_text: str  # (heads, text, text)
    to_text: str  # (heads, longest, text)
    within: str  # (propositions, heads, longest, longest): distances, and nothing seen of what only fills up


def shared(graph: encoder.Graph) -> Shared:
    """Made once, of the inputs."""
    table = distances(graph.weights)
    held = graph.constant(table, "distances")
    zero, one = (graph.constant(np.array([i])) for i in range(2))
    length = graph.add("Shape", "text")
    numbers = graph.constant(np.arange(REACH), "numbers")
    text = sliced(graph, numbers, zero, length, 0)
    seen, middle = graph.add("Unsqueeze", text, zero), graph.constant(np.array(REACH))
    within_text = graph.add("Add", graph.add("Sub", seen, graph.add("Unsqueeze", text, one)), middle)
    own = graph.constant(np.arange(PROPOSITION_TOKENS))
    place = graph.add("Unsqueeze", graph.add("Add", own, length), one)
    to_text = graph.add("Add", graph.add("Sub", seen, place), middle)
    between = np.arange(PROPOSITION_TOKENS)
    fixed = graph.constant(table[:, between[None, :] - between[:, None] + REACH], "within")
    filled = graph.add("Cast", graph.add("Less", "asked", zero), to=TensorProto.FLOAT)
    hidden = graph.add("Mul", filled, graph.constant(np.float32(-1e4)))
    hidden = graph.add("Unsqueeze", hidden, graph.constant(np.array([1, 2])))
    rows = graph.add("Max", "asked", zero)
    return Shared(
        rows,
        sliced(graph, rows, zero, one, 1),
        graph.add("Gather", held, within_text, axis=1),
        graph.add("Gather", held, to_text, axis=1),
        graph.add("Add", fixed, hidden),
    )


def heads(graph: encoder.Graph, value: str, own: str, part: str) -> str:
    """(rows, heads, size) of the keys, queries or contents of a layer."""
    rows = graph.linear(value, f"{own}.{part}", together=own)
    return graph.add("Reshape", rows, graph.constant(np.array([-1, HEADS, SIZE])))


def asked_attention(
    graph: encoder.Graph, queries: str, keys: str, contents: str, to_text: str, within: str, rows: str
) -> str:
    """What the propositions' ``queries`` (propositions, tokens, heads, size) see; (rows, width)."""
    text_keys = graph.add("Transpose", graph.add("Gather", keys, "text", axis=0), perm=[1, 2, 0])
    text_contents = graph.add("Transpose", graph.add("Gather", contents, "text", axis=0), perm=[1, 0, 2])
    own_keys = graph.add("Transpose", graph.add("Gather", keys, rows, axis=0), perm=[0, 2, 3, 1])
    own_contents = graph.add("Transpose", graph.add("Gather", contents, rows, axis=0), perm=[0, 2, 1, 3])
    queries = graph.add("Transpose", queries, perm=[0, 2, 1, 3])
    own = graph.add("Add", graph.add("MatMul", queries, own_keys), within)
    text = graph.add("Add", graph.add("MatMul", queries, text_keys), to_text)
    attention = graph.add("Softmax", graph.add("Concat", text, own, axis=-1), axis=-1)
    length = graph.add("Shape", "text")
    to_it = sliced(graph, attention, graph.constant(np.array([0])), length, 3)
    to_own = sliced(graph, attention, length, graph.constant(np.array([TO_THE_END])), 3)
    seen = graph.add("Add", graph.add("MatMul", to_it, text_contents), graph.add("MatMul", to_own, own_contents))
    return flat(graph, graph.add("Transpose", seen, perm=[0, 2, 1, 3]))


def text_attention(graph: encoder.Graph, queries: str, keys: str, contents: str, within: str) -> str:
    """What the text's tokens see of each other; (rows, width)."""
    of_text = [graph.add("Gather", value, "text", axis=0) for value in (queries, keys, contents)]
    turned = zip(of_text, ([1, 0, 2], [1, 2, 0], [1, 0, 2]), strict=True)
    query, key, content = (graph.add("Transpose", value, perm=perm) for value, perm in turned)
    attention = graph.add("Softmax", graph.add("Add", graph.add("MatMul", query, key), within), axis=-1)
    return flat(graph, graph.add("Transpose", graph.add("MatMul", attention, content), perm=[1, 0, 2]))


def flat(graph: encoder.Graph, value: str) -> str:
    """(rows, width)."""
    return graph.add("Reshape", value, graph.constant(np.array([-1, WIDTH])))


def layer(graph: encoder.Graph, value: str, both: Shared, name: str, last: bool) -> str:
    """One transformer layer; the ``last`` one gives the propositions' first tokens alone, as no more is looked at."""
    keys, contents = (heads(graph, value, f"{name}.attention.self", part) for part in "kv")
    value = flat(graph, graph.add("Gather", value, both.first, axis=0)) if last else value
    queries = heads(graph, value, f"{name}.attention.self", "q")
    queries = graph.add("Mul", queries, graph.constant(np.array(SIZE**-0.5, dtype=np.float32)))
    if last:
        each = graph.add("Unsqueeze", queries, graph.constant(np.array([1])))
        zero, one = graph.constant(np.array([0])), graph.constant(np.array([1]))
        to_text, within = sliced(graph, both.to_text, zero, one, 1), sliced(graph, both.within, zero, one, 2)
        mixed = asked_attention(graph, each, keys, contents, to_text, within, both.rows)
    else:
        each = graph.add("Gather", queries, both.rows, axis=0)
        told = asked_attention(graph, each, keys, contents, both.to_text, both.within, both.rows)
        told = graph.add("Gather", told, "places", axis=0)
        mixed = graph.add("Concat", text_attention(graph, queries, keys, contents, both.within_text), told, axis=0)
    value = graph.norm(
        graph.add("Add", value, graph.linear(mixed, f"{name}.attention.attn.o")), f"{name}.attention.LayerNorm"
    )
    inner = graph.add("Gelu", graph.linear(value, f"{name}.intermediate.dense"))
    outer = graph.linear(inner, f"{name}.output.dense", gelu=True)
    return graph.norm(graph.add("Add", value, outer), f"{name}.output.LayerNorm")


def build(weights: dict[str, np.ndarray], peaks: dict[str, np.ndarray] | None) -> onnx.ModelProto:
    """The whole model: one text and what is asked of it in, four logits for each proposition out."""
    graph = encoder.Graph(weights, peaks, EPSILON)
    both = shared(graph)
    value = embeddings(graph)
    for number in range(LAYERS):
        value = layer(graph, value, both, f"encoder.layer.{number}", number == LAYERS - 1)
    result = graph.linear(graph.add("Tanh", graph.linear(value, "pooler.dense")), "classifier")
    named = {"logits": result} | (graph.inputs if peaks is None else {})
    graph.nodes += [helper.make_node("Identity", [value], [name]) for name, value in named.items()]
    kinds = {name: TensorProto.FLOAT if name == "words" else TensorProto.INT64 for name in INPUTS}
    inputs = [helper.make_tensor_value_info(name, kinds[name], shape) for name, shape in INPUTS.items()]
    outs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", f"width of {name}"]) for name in named]
    whole = helper.make_graph(graph.nodes, "stance-mpnet", inputs, outs, graph.initializers)
    return helper.make_model(
        whole, opset_imports=[helper.make_opsetid(*kind) for kind in encoder.OPERATORS], ir_version=9
    )


def random_input(rng: np.random.Generator, table: np.ndarray) -> dict[str, np.ndarray]:
    """A text and some propositions of random words, as the model takes them."""
    longest = np.arange(2 + RANDOM_ASKED)
    length, asked = 2 + RANDOM_WORDS, np.full((RANDOM_PROPOSITIONS, PROPOSITION_TOKENS), -1)
    for row in range(RANDOM_PROPOSITIONS):
        asked[row, : longest.size] = length + row * longest.size + longest
    drawn = rng.integers(FIRST_WORD, len(table), (1 + RANDOM_PROPOSITIONS, RANDOM_WORDS))
    ids = [START, *drawn[0], END]
    for words in drawn[1:, :RANDOM_ASKED]:
        ids += [END, *words, END]
    return {
        "words": table[ids],
        "positions": np.concatenate([np.arange(length), *[length + longest] * RANDOM_PROPOSITIONS]),
        "text": np.arange(length),
        "asked": asked,
        "places": np.arange(asked.size).reshape(asked.shape)[asked >= 0],
    }


def seen_peaks(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The largest size of each column that goes into a linear layer behind a layer norm, over texts of random words."""
    model = InferenceSession(build(weights, None).SerializeToString(), providers=["CPUExecutionProvider"])
    names = [o.name for o in model.get_outputs() if o.name.endswith(("attention.self", "intermediate.dense"))]
    rng, table = np.random.default_rng(0), weights["embeddings.word_embeddings.weight"]
    seen = dict.fromkeys(names, np.zeros(1, dtype=np.float32))
    for _ in range(RANDOM_TEXTS):
        for name, rows in zip(names, model.run(names, random_input(rng, table)), strict=True):
            seen[name] = np.maximum(seen[name], np.abs(rows).max(axis=0))
    return seen


def read_weights(source: Path) -> dict[str, np.ndarray]:
    """Weights in 32 bits; what is made of one input (query, key and value) is named alike, apart from what follows."""
    stored = {name: value.astype(np.float32) for name, value in load_file(source).items()}
    return {re.sub(r"attention\.attn\.([qkv])\.", r"attention.self.\1.", name): v for name, v in stored.items()}


def main(source: Path) -> None:
    """Write the model and its word table beside this script."""
    weights = read_weights(source)
    table, steps = encoder.word_table(weights)
    np.savez(HERE / "words.npz", table=table, steps=steps)
    (HERE / "model.onnx").write_bytes(build(weights, seen_peaks(weights)).SerializeToString())
    for name in ("model.onnx", "words.npz"):
        data = (HERE / name).read_bytes()
        print(f"{name} {len(data):,} bytes, SHA-256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
