"""Make ``model.onnx`` from weights that ``train.py`` wrote.

    python make.py trained.safetensors

The graph is a BERT encoder written out operator by operator, with parts of that of the embedding model beside it. A
text and several propositions are read in one pass: the text's tokens see each other, a proposition's tokens see the
text and themselves. So a text is computed once, however much is asked of it.

Linear layers take all tokens as rows, and round them row by row; attention takes each proposition by itself. So what is
said of a proposition is the same to the last bit, whatever else is asked: one row of attention for all of them adds
the same numbers in another order, and a difference in the seventh digit can tip a rounding to 8 bits, which shows in
the third.
"""

from __future__ import annotations

import importlib.util
import sys
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import numpy as np
import onnx
from onnx import TensorProto, helper
from safetensors.numpy import load_file

HERE = Path(__file__).resolve().parent
CLASSES = 4
TO_THE_END = np.iinfo(np.int64).max
# tokens of all, their places and types; the text's rows; each proposition's rows, filled up with -1; and where each
# row after the text's lies in that
INPUTS = {
    "input_ids": ["tokens"],
    "positions": ["tokens"],
    "types": ["tokens"],
    "text": ["text_tokens"],
    "asked": ["propositions", "longest"],
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
SIZE = encoder.WIDTH // encoder.HEADS


def embeddings(graph: encoder.Graph) -> str:
    """Word, position and type vectors of all tokens, added and normed; the word table is stored as 8-bit integers."""
    table = graph.weights["embeddings.word_embeddings.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / encoder.INT8
    rows = graph.add("Gather", graph.constant(np.rint(table / scale).astype(np.int8), "words"), "input_ids", axis=0)
    scales = graph.add("Gather", graph.constant(scale.astype(np.float32), "word_scales"), "input_ids", axis=0)
    value = graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), scales)
    for name, index in (("position", "positions"), ("token_type", "types")):
        vectors = graph.constant(graph.weights[f"embeddings.{name}_embeddings.weight"], name)
        value = graph.add("Add", value, graph.add("Gather", vectors, index, axis=0))
    return graph.norm(value, "embeddings.LayerNorm")


def sliced(graph: encoder.Graph, value: str, start: str, end: str, axis: int) -> str:
    """A part of ``value`` along one axis."""
    return graph.add("Slice", value, start, end, graph.constant(np.array([axis])))


class Asked:
    """What the layers share: rows of the propositions' tokens, and a bias that hides what only fills up."""

    def __init__(self, graph: encoder.Graph) -> None:
        zero, one = graph.constant(np.array([0])), graph.constant(np.array([1]))
        filled = graph.add("Cast", graph.add("Less", "asked", zero), to=TensorProto.FLOAT)
        hidden = graph.add("Mul", filled, graph.constant(np.float32(-1e4)))
        self.bias = graph.add("Unsqueeze", hidden, graph.constant(np.array([1, 2])))
        self.rows = graph.add("Max", "asked", zero)
        self.first = sliced(graph, self.rows, zero, one, 1)


def heads(graph: encoder.Graph, value: str, own: str, part: str) -> str:
    """(rows, heads, size) of the keys, queries or contents of a layer."""
    rows = graph.linear(value, f"{own}.{part}", together=own)
    return graph.add("Reshape", rows, graph.constant(np.array([-1, encoder.HEADS, SIZE])))


def asked_attention(graph: encoder.Graph, queries: str, keys: str, contents: str, asked: Asked) -> str:
    """What the propositions' ``queries`` (propositions, tokens, heads, size) see; (rows, width)."""
    text_keys = graph.add("Transpose", graph.add("Gather", keys, "text", axis=0), perm=[1, 2, 0])
    text_contents = graph.add("Transpose", graph.add("Gather", contents, "text", axis=0), perm=[1, 0, 2])
    own_keys = graph.add("Transpose", graph.add("Gather", keys, asked.rows, axis=0), perm=[0, 2, 3, 1])
    own_contents = graph.add("Transpose", graph.add("Gather", contents, asked.rows, axis=0), perm=[0, 2, 1, 3])
    queries = graph.add("Transpose", queries, perm=[0, 2, 1, 3])
    own = graph.add("Add", graph.add("MatMul", queries, own_keys), asked.bias)
    attention = graph.add(
        "Softmax", graph.add("Concat", graph.add("MatMul", queries, text_keys), own, axis=-1), axis=-1
    )
    length = graph.add("Shape", "text")
    to_text = sliced(graph, attention, graph.constant(np.array([0])), length, 3)
    to_own = sliced(graph, attention, length, graph.constant(np.array([TO_THE_END])), 3)
    seen = graph.add("Add", graph.add("MatMul", to_text, text_contents), graph.add("MatMul", to_own, own_contents))
    return flat(graph, graph.add("Transpose", seen, perm=[0, 2, 1, 3]))


def text_attention(graph: encoder.Graph, queries: str, keys: str, contents: str) -> str:
    """What the text's tokens see of each other; (rows, width)."""
    of_text = [graph.add("Gather", value, "text", axis=0) for value in (queries, keys, contents)]
    turned = zip(of_text, ([1, 0, 2], [1, 2, 0], [1, 0, 2]), strict=True)
    query, key, content = (graph.add("Transpose", value, perm=perm) for value, perm in turned)
    attention = graph.add("Softmax", graph.add("MatMul", query, key), axis=-1)
    return flat(graph, graph.add("Transpose", graph.add("MatMul", attention, content), perm=[1, 0, 2]))


def flat(graph: encoder.Graph, value: str) -> str:
    """(rows, width)."""
    return graph.add("Reshape", value, graph.constant(np.array([-1, encoder.WIDTH])))


def layer(graph: encoder.Graph, value: str, asked: Asked, name: str, last: bool) -> str:
    """One transformer layer; the ``last`` one gives the propositions' first tokens alone, as no more is looked at."""
    own = f"{name}.attention.self"
    keys, contents = (heads(graph, value, own, part) for part in ("key", "value"))
    value = flat(graph, graph.add("Gather", value, asked.first, axis=0)) if last else value
    queries = heads(graph, value, own, "query")
    queries = graph.add("Mul", queries, graph.constant(np.array(SIZE**-0.5, dtype=np.float32)))
    if last:
        each = graph.add("Unsqueeze", queries, graph.constant(np.array([1])))
        mixed = asked_attention(graph, each, keys, contents, asked)
    else:
        each = graph.add("Gather", queries, asked.rows, axis=0)
        told = graph.add("Gather", asked_attention(graph, each, keys, contents, asked), "places", axis=0)
        mixed = graph.add("Concat", text_attention(graph, queries, keys, contents), told, axis=0)
    dense = graph.linear(mixed, f"{name}.attention.output.dense")
    value = graph.norm(graph.add("Add", value, dense), f"{name}.attention.output.LayerNorm")
    inner = graph.add("Gelu", graph.linear(value, f"{name}.intermediate.dense"))
    outer = graph.linear(inner, f"{name}.output.dense", gelu=True)
    return graph.norm(graph.add("Add", value, outer), f"{name}.output.LayerNorm")


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The whole model: one text and what is asked of it in, four logits for each proposition out."""
    graph = encoder.Graph(weights, encoder.seen_peaks(weights))
    asked = Asked(graph)
    value = embeddings(graph)
    for number in range(encoder.LAYERS):
        value = layer(graph, value, asked, f"encoder.layer.{number}", number == encoder.LAYERS - 1)
    result = graph.linear(graph.add("Tanh", graph.linear(value, "pooler.dense")), "classifier")
    graph.nodes.append(helper.make_node("Identity", [result], ["logits"]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in INPUTS.items()]
    out = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["propositions", CLASSES])
    whole = helper.make_graph(graph.nodes, "stance-minilm", inputs, [out], graph.initializers)
    return helper.make_model(
        whole, opset_imports=[helper.make_opsetid(*kind) for kind in encoder.OPERATORS], ir_version=9
    )


def main(source: Path) -> None:
    """Write the model beside this script."""
    weights = {name: value.astype(np.float32) for name, value in load_file(source).items()}
    data = build(weights).SerializeToString()
    (HERE / "model.onnx").write_bytes(data)
    print(f"model.onnx {len(data):,} bytes, SHA-256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
