"""Make ``model.onnx`` from weights that ``train.py`` wrote.

    python make.py trained.safetensors

The graph is a BERT encoder written out operator by operator, as that of the embedding model beside it, whose parts it
uses. A text and several propositions are read in one pass: the text's tokens see each other, a proposition's tokens see
the text and themselves. So a text is computed once, however much is asked of it.
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


def _encoder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("minilm", HERE.parent / "all-MiniLM-L6-v2" / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["minilm"] = module
    spec.loader.exec_module(module)
    return module


encoder = _encoder()


def embeddings(graph: encoder.Graph) -> str:
    """Word, position and type vectors, added and normed; the word table is stored as 8-bit integers."""
    table = graph.weights["embeddings.word_embeddings.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / encoder.INT8
    rows = graph.add("Gather", graph.constant(np.rint(table / scale).astype(np.int8), "words"), "input_ids", axis=0)
    scales = graph.add("Gather", graph.constant(scale.astype(np.float32), "word_scales"), "input_ids", axis=0)
    value = graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), scales)
    asked = graph.add("Greater", "blocks", graph.constant(np.array(0)))
    for name, index in (("position", "positions"), ("token_type", graph.add("Cast", asked, to=TensorProto.INT64))):
        places = graph.constant(graph.weights[f"embeddings.{name}_embeddings.weight"], name)
        value = graph.add("Add", value, graph.add("Gather", places, index, axis=0))
    return graph.norm(value, "embeddings.LayerNorm")


def bias(graph: encoder.Graph) -> str:
    """0 where a token may look (at the text, which is block 0, and at its own block), -10,000 where not."""
    seen = graph.add("Unsqueeze", "blocks", graph.constant(np.array([1])))
    seeing = graph.add("Unsqueeze", "blocks", graph.constant(np.array([2])))
    text = graph.add("Equal", seen, graph.constant(np.array(0)))
    allowed = graph.add("Cast", graph.add("Or", text, graph.add("Equal", seen, seeing)), to=TensorProto.FLOAT)
    value = graph.add("Sub", allowed, graph.constant(np.float32(1.0)))
    value = graph.add("Mul", value, graph.constant(np.float32(1e4)))
    return graph.add("Unsqueeze", value, graph.constant(np.array([1])))


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The whole model: token ids, positions, blocks and where propositions begin in; four logits for each out."""
    graph = encoder.Graph(weights)
    mask = bias(graph)
    value = embeddings(graph)
    for number in range(encoder.LAYERS):
        value = encoder.encoder_layer(graph, value, mask, f"encoder.layer.{number}")
    first = graph.add("GatherND", value, "starts")
    result = graph.linear(graph.add("Tanh", graph.linear(first, "pooler.dense")), "classifier")
    graph.nodes.append(helper.make_node("Identity", [result], ["logits"]))
    shape = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "positions", "blocks")]
    inputs.append(helper.make_tensor_value_info("starts", TensorProto.INT64, ["asked", 2]))
    out = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["asked", CLASSES])
    whole = helper.make_graph(graph.nodes, "stance-minilm", inputs, [out], graph.initializers)
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def main(source: Path) -> None:
    """Write the model beside this script."""
    weights = {name: value.astype(np.float32) for name, value in load_file(source).items()}
    model = build(weights)
    onnx.checker.check_model(model)
    data = encoder.quantised(model).SerializeToString()
    (HERE / "model.onnx").write_bytes(data)
    print(f"model.onnx {len(data):,} bytes, SHA-256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
