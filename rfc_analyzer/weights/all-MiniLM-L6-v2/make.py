"""Make ``model.onnx`` from the published weights of all-MiniLM-L6-v2.

    python make.py FOLDER_WITH_model.safetensors_AND_tokenizer.json

The graph is written out here operator by operator (a BERT encoder, mean pooling, unit length), so neither torch nor
an exporter is needed: only numpy, onnx, onnxruntime and safetensors, in an environment of their own. Linear layers are
multiplied in whole numbers: their weights become 8-bit integers with a scale for each column, their inputs 8-bit
integers with a scale for each row, made as the model runs, so a text's vector does not depend on the texts beside it.
The word table is 8-bit integers with a scale for each word.

A few columns of what a layer norm gives are ten times as large as the rest and would take all the steps of a row. Part
of their size is moved into the weights before rounding (Xiao et al. 2023, SmoothQuant). How large each column becomes
is seen by running the 32-bit model on random words: these columns are large whatever is read.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from safetensors.numpy import load_file

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
INT8 = 127.0
# processors without a product of whole numbers of their own add two products in 16 bits: 255 × (|a| + |b|) must fit
PAIR = 127.5
MIDDLE = 128  # what stands for 0 where values lie on both sides of it
GELU_MIDDLE, GELU_LEAST = 16, 0.17  # Gelu gives nothing below -.17
MOVED = 0.6  # how much of a column's size is moved into the weights, as a power
STEPS_TO_DOUBLE = 4
RANDOM_TEXTS, RANDOM_WORDS = 24, 62
OPERATORS = (("", 20), ("com.microsoft", 1))
START, END, FIRST_WORD = 101, 102, 1996  # token numbers


def whole_numbers(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """``matrix`` (rows, columns) as 8-bit integers, and the step of each column."""
    pairs = np.abs(matrix).reshape(-1, 2, matrix.shape[1]).sum(axis=1).max(axis=0)
    step = np.maximum(np.maximum(pairs / PAIR, np.abs(matrix).max(axis=0) / INT8), 1e-12)
    return np.rint(matrix / step).astype(np.int8), step.astype(np.float32)


class Graph:
    """Nodes and weights, gathered in order.

    ``peaks`` are the largest sizes of the columns that go into linear layers, by the layers' name (those of one input
    have a name together); without them the graph is one of 32 bits, and ``inputs`` tells what goes into each.
    ``epsilon`` is what layer norms add to the variance.
    """

    def __init__(
        self, weights: dict[str, np.ndarray], peaks: dict[str, np.ndarray] | None = None, epsilon: float = EPSILON
    ) -> None:
        self.weights = weights
        self.peaks = peaks
        self.epsilon = epsilon
        self.inputs: dict[str, str] = {}
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self._count = 0
        self._rounded: dict[tuple[str, str], tuple[str, str]] = {}

    def constant(self, value: np.ndarray, name: str = "") -> str:
        name = name or f"constant_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, *inputs: str, **attributes: object) -> str:
        self._count += 1
        output = f"{operator}_{self._count}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], name=output, **attributes))
        return output

    def linear(self, rows: str, name: str, together: str = "", gelu: bool = False) -> str:
        """(n, width) → (n, other width). ``gelu``: the rows come from there, so that hardly any is negative."""
        weight = self.weights[f"{name}.weight"].T
        bias = self.constant(self.weights[f"{name}.bias"], f"{name}.bias")
        self.inputs[together or name] = rows
        if self.peaks is None:
            return self.add("Add", self.add("MatMul", rows, self.constant(weight, f"{name}.weight")), bias)
        moved = self._moved(together or name)
        whole, steps = whole_numbers(weight * moved[:, None])
        matrix, scales = self.constant(whole, f"{name}.weight"), self.constant(steps, f"{name}.steps")
        integers, step = self._whole_rows(rows, together or name, moved, gelu)
        middle = self.constant(np.uint8(GELU_MIDDLE if gelu else MIDDLE))
        one = self.constant(np.float32(1))
        product = self.add("MatMulIntegerToFloat", integers, matrix, one, scales, middle, domain="com.microsoft")
        return self.add("Add", self.add("Mul", product, step), bias)

    def _moved(self, name: str) -> np.ndarray:
        """What each column of an input is divided by, and its weights are multiplied by."""
        layers = [w for key, w in self.weights.items() if key.startswith(name) and w.ndim == 2]
        if self.peaks is None or name not in self.peaks:
            return np.ones(layers[0].shape[1], dtype=np.float32)
        sizes = np.log(np.maximum(self.peaks[name], 1e-6)) * MOVED
        sizes -= np.log(np.maximum(np.abs(np.vstack(layers)).max(axis=0), 1e-6)) * (1 - MOVED)
        # in steps, so that the last digits of the 32-bit model do not change these bytes
        steps = np.rint((sizes - sizes.mean()) / np.log(2) * STEPS_TO_DOUBLE) / STEPS_TO_DOUBLE
        return np.exp2(steps).astype(np.float32)

    def _whole_rows(self, rows: str, name: str, moved: np.ndarray, gelu: bool) -> tuple[str, str]:
        """``rows`` (n, width) as 8-bit integers, and the step of each row (n, 1); made once for all layers of it."""
        if (rows, name) in self._rounded:
            return self._rounded[rows, name]
        last, flat = self.constant(np.array([1])), self.constant(np.array([-1]))
        evened = rows if (moved == 1).all() else self.add("Mul", rows, self.constant(1 / moved))
        largest = self.add("ReduceMax", evened if gelu else self.add("Abs", evened), last, keepdims=1)
        above = MIDDLE + INT8 - GELU_MIDDLE if gelu else INT8
        least = self.constant(np.float32(GELU_LEAST / GELU_MIDDLE if gelu else 1e-12))
        step = self.add("Max", self.add("Mul", largest, self.constant(np.float32(1 / above))), least)
        each = self.add("Reshape", step, flat)
        middle = helper.make_tensor("middle", TensorProto.UINT8, [1], [GELU_MIDDLE if gelu else MIDDLE])
        middles = self.add("ConstantOfShape", self.add("Shape", each), value=middle)
        self._rounded[rows, name] = self.add("QuantizeLinear", evened, each, middles, axis=0), step
        return self._rounded[rows, name]

    def norm(self, value: str, name: str) -> str:
        scale = self.constant(self.weights[f"{name}.weight"], f"{name}.weight")
        shift = self.constant(self.weights[f"{name}.bias"], f"{name}.bias")
        return self.add("LayerNormalization", value, scale, shift, axis=-1, epsilon=self.epsilon)


def word_table(weights: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The word vectors as 8-bit integers (words, width), and the step of each word (words, 1)."""
    table = weights["embeddings.word_embeddings.weight"]
    steps = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / INT8
    return np.rint(table / steps).astype(np.int8), steps.astype(np.float32)


def embeddings(graph: Graph) -> str:
    """Word, position and type vectors, added and normed; the word table is stored as 8-bit integers."""
    table, steps = word_table(graph.weights)
    rows = graph.add("Gather", graph.constant(table, "words"), "input_ids", axis=0)
    scales = graph.add("Gather", graph.constant(steps, "word_scales"), "input_ids", axis=0)
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


def encoder_layer(graph: Graph, value: str, shape: str, mask: str, name: str) -> str:
    """One transformer layer: self-attention and a feed-forward network, each added to its input and normed.

    ``value`` is (texts · tokens, width); ``shape`` tells (texts, tokens, heads, width of a head).
    """
    own = f"{name}.attention.self"
    query, key, content = (
        graph.add("Reshape", graph.linear(value, f"{own}.{part}", together=own), shape)
        for part in ("query", "key", "value")
    )
    query = graph.add("Transpose", query, perm=[0, 2, 1, 3])
    key = graph.add("Transpose", key, perm=[0, 2, 3, 1])
    content = graph.add("Transpose", content, perm=[0, 2, 1, 3])
    scaled = graph.add("Mul", query, graph.constant(np.array((WIDTH // HEADS) ** -0.5, dtype=np.float32)))
    attention = graph.add("Softmax", graph.add("Add", graph.add("MatMul", scaled, key), mask), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", attention, content), perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", mixed, graph.constant(np.array([-1, WIDTH])))
    dense = graph.linear(joined, f"{name}.attention.output.dense")
    value = graph.norm(graph.add("Add", value, dense), f"{name}.attention.output.LayerNorm")
    inner = graph.add("Gelu", graph.linear(value, f"{name}.intermediate.dense"))
    outer = graph.linear(inner, f"{name}.output.dense", gelu=True)
    return graph.norm(graph.add("Add", value, outer), f"{name}.output.LayerNorm")


def pooled(graph: Graph, value: str, mask: str) -> str:
    """Mean over the tokens that are no padding, at unit length."""
    last = graph.constant(np.array([2]))
    weight = graph.add("Unsqueeze", mask, last)
    axis = graph.constant(np.array([1]))
    total = graph.add("ReduceSum", graph.add("Mul", value, weight), axis, keepdims=0)
    count = graph.add("ReduceSum", weight, axis, keepdims=0)
    return graph.add("LpNormalization", graph.add("Div", total, count), axis=-1, p=2)


def build(weights: dict[str, np.ndarray], peaks: dict[str, np.ndarray] | None = None) -> onnx.ModelProto:
    """The whole model: token ids and attention mask in, unit vectors out.

    Without ``peaks`` it is one of 32 bits, which also gives what goes into each linear layer.
    """
    graph = Graph(weights, peaks)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    one, large = (graph.constant(np.array(number, np.float32)) for number in (1.0, 1e4))
    bias = graph.add("Mul", graph.add("Sub", mask, one), large)
    bias = graph.add("Unsqueeze", bias, graph.constant(np.array([1, 2])))
    each = graph.add("Shape", "input_ids")
    shape = graph.add("Concat", each, graph.constant(np.array([HEADS, WIDTH // HEADS])), axis=0)
    value = graph.add("Reshape", embeddings(graph), graph.constant(np.array([-1, WIDTH])))
    for number in range(LAYERS):
        value = encoder_layer(graph, value, shape, bias, f"encoder.layer.{number}")
    value = graph.add("Reshape", value, graph.add("Concat", each, graph.constant(np.array([WIDTH])), axis=0))
    named = {"vectors": pooled(graph, value, mask)} | (graph.inputs if peaks is None else {})
    graph.nodes += [helper.make_node("Identity", [result], [name]) for name, result in named.items()]
    ids = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["texts", "tokens"])
        for n in ("input_ids", "attention_mask")
    ]
    out = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", f"width of {name}"]) for name in named]
    whole = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", ids, out, graph.initializers)
    return helper.make_model(whole, opset_imports=[helper.make_opsetid(*kind) for kind in OPERATORS], ir_version=9)


def seen_peaks(weights: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The largest size of each column that goes into a linear layer behind a layer norm, over texts of random words."""
    model = InferenceSession(build(weights).SerializeToString(), providers=["CPUExecutionProvider"])
    words = len(weights["embeddings.word_embeddings.weight"])
    drawn = np.random.default_rng(0).integers(FIRST_WORD, words, (RANDOM_TEXTS, RANDOM_WORDS))
    ids = np.pad(drawn, ((0, 0), (1, 1)), constant_values=((0, 0), (START, END)))
    names = [o.name for o in model.get_outputs() if o.name.endswith(("attention.self", "intermediate.dense"))]
    seen = model.run(names, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
    return {name: np.abs(rows).max(axis=0) for name, rows in zip(names, seen, strict=True)}


def main(folder: Path) -> None:
    """Write the model and the tokenizer beside this script."""
    source = folder / "model.safetensors"
    if sha256(source.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{source} is not the published model: its SHA-256 differs from {WEIGHTS_SHA256}")
    weights = {name.removeprefix("bert."): value.astype(np.float32) for name, value in load_file(source).items()}
    here = Path(__file__).resolve().parent
    if "--float" in sys.argv:
        (folder / "float.onnx").write_bytes(build(weights).SerializeToString())
    data = build(weights, seen_peaks(weights)).SerializeToString()
    (here / "model.onnx").write_bytes(data)
    (here / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    print(f"model.onnx {len(data):,} bytes, SHA-256 {sha256(data).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
