"""Make ``model.onnx`` from the published weights of all-MiniLM-L6-v2.

    python make.py FOLDER_WITH_model.safetensors_AND_tokenizer.json

The graph is written out here operator by operator (a BERT encoder, mean pooling, unit length), so neither torch nor
an exporter is needed: only numpy, onnx, onnxruntime and safetensors, in an environment of their own. The weights of
the linear layers become 8-bit integers in blocks of 32 with a scale each, those of the word table 8-bit integers with
a scale for each word; activations are rounded row by row, so a text's vector does not depend on the texts beside it.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from safetensors.numpy import load_file

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
INT8 = 127.0


class Graph:
    """Nodes and weights, gathered in order."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self._count = 0

    def constant(self, value: np.ndarray, name: str = "") -> str:
        name = name or f"constant_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        self._count += 1
        output = f"{operator}_{self._count}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], name=output, **attributes))
        return output

    def linear(self, value: str, name: str) -> str:
        matrix = self.constant(self.weights[f"{name}.weight"].T, f"{name}.weight")
        bias = self.constant(self.weights[f"{name}.bias"], f"{name}.bias")
        return self.add("Add", self.add("MatMul", value, matrix), bias)

    def norm(self, value: str, name: str) -> str:
        scale = self.constant(self.weights[f"{name}.weight"], f"{name}.weight")
        shift = self.constant(self.weights[f"{name}.bias"], f"{name}.bias")
        return self.add("LayerNormalization", value, scale, shift, axis=-1, epsilon=EPSILON)


def embeddings(graph: Graph) -> str:
    """Word, position and type vectors, added and normed; the word table is stored as 8-bit integers."""
    table = graph.weights["embeddings.word_embeddings.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / INT8
    rows = graph.add("Gather", graph.constant(np.rint(table / scale).astype(np.int8), "words"), "input_ids", axis=0)
    scales = graph.add("Gather", graph.constant(scale.astype(np.float32), "word_scales"), "input_ids", axis=0)
    words = graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), scales)
    length = graph.add("Slice", graph.add("Shape", "input_ids"), *(graph.constant(np.array([i])) for i in (1, 2)))
    # the type of every token is 0: its vector is added to every position
    places = (
        graph.weights["embeddings.position_embeddings.weight"]
        + graph.weights["embeddings.token_type_embeddings.weight"][0]
    )
    start = graph.constant(np.array([0]))
    positions = graph.add("Slice", graph.constant(places.astype(np.float32), "positions"), start, length, start)
    return graph.norm(graph.add("Add", words, positions), "embeddings.LayerNorm")


def encoder_layer(graph: Graph, value: str, mask: str, name: str) -> str:
    """One transformer layer: self-attention and a feed-forward network, each added to its input and normed."""
    shape = graph.constant(np.array([0, 0, HEADS, WIDTH // HEADS]))
    query, key, content = (
        graph.add("Reshape", graph.linear(value, f"{name}.attention.self.{part}"), shape)
        for part in ("query", "key", "value")
    )
    query = graph.add("Transpose", query, perm=[0, 2, 1, 3])
    key = graph.add("Transpose", key, perm=[0, 2, 3, 1])
    content = graph.add("Transpose", content, perm=[0, 2, 1, 3])
    scaled = graph.add("Mul", query, graph.constant(np.array((WIDTH // HEADS) ** -0.5, dtype=np.float32)))
    attention = graph.add("Softmax", graph.add("Add", graph.add("MatMul", scaled, key), mask), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", attention, content), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", mixed, graph.constant(np.array([0, 0, WIDTH])))
    dense = graph.linear(joined, f"{name}.attention.output.dense")
    value = graph.norm(graph.add("Add", value, dense), f"{name}.attention.output.LayerNorm")
    inner = graph.add("Gelu", graph.linear(value, f"{name}.intermediate.dense"))
    outer = graph.linear(inner, f"{name}.output.dense")
    return graph.norm(graph.add("Add", value, outer), f"{name}.output.LayerNorm")


def pooled(graph: Graph, value: str, mask: str) -> str:
    """Mean over the tokens that are no padding, at unit length."""
    last = graph.constant(np.array([2]))
    weight = graph.add("Unsqueeze", mask, last)
    axis = graph.constant(np.array([1]))
    total = graph.add("ReduceSum", graph.add("Mul", value, weight), axis, keepdims=0)
    count = graph.add("ReduceSum", weight, axis, keepdims=0)
    return graph.add("LpNormalization", graph.add("Div", total, count), axis=-1, p=2)


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The whole model: token ids and attention mask in, unit vectors out."""
    graph = Graph(weights)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    one, large = (graph.constant(np.array(number, np.float32)) for number in (1.0, 1e4))
    bias = graph.add("Mul", graph.add("Sub", mask, one), large)
    bias = graph.add("Unsqueeze", bias, graph.constant(np.array([1, 2])))
    value = embeddings(graph)
    for number in range(LAYERS):
        value = encoder_layer(graph, value, bias, f"encoder.layer.{number}")
    result = pooled(graph, value, mask)
    graph.nodes.append(helper.make_node("Identity", [result], ["vectors"]))
    ids = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["texts", "tokens"])
        for n in ("input_ids", "attention_mask")
    ]
    out = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])
    whole = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", ids, [out], graph.initializers)
    return helper.make_model(whole, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def quantised(model: onnx.ModelProto) -> onnx.ModelProto:
    """The linear layers' weights as 8-bit integers."""
    config = DefaultWeightOnlyQuantConfig(block_size=32, is_symmetric=True, accuracy_level=4, bits=8)
    quantiser = MatMulNBitsQuantizer(model, algo_config=config)
    quantiser.process()
    result: onnx.ModelProto = quantiser.model.model
    return result


def main(folder: Path) -> None:
    """Write the model and the tokenizer beside this script."""
    source = folder / "model.safetensors"
    if sha256(source.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{source} is not the published model: its SHA-256 differs from {WEIGHTS_SHA256}")
    weights = {name.removeprefix("bert."): value.astype(np.float32) for name, value in load_file(source).items()}
    here = Path(__file__).resolve().parent
    model = build(weights)
    onnx.checker.check_model(model)
    if "--float" in sys.argv:
        (folder / "float.onnx").write_bytes(model.SerializeToString())
    data = quantised(model).SerializeToString()
    (here / "model.onnx").write_bytes(data)
    (here / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    print(f"model.onnx {len(data):,} bytes, SHA-256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
