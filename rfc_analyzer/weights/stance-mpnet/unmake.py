"""Turn ``model.onnx`` and ``words.npz`` back into weights that ``train.py --start`` goes on from.

    python unmake.py trained.safetensors

The weights are the 8-bit whole numbers, times their steps, in 32 bits: what the rounding took is gone. Places that
``make.py`` left out, as no text is so long, are zeros. Runs where ``make.py`` does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from make import BUCKETS, FIRST_PLACE, HERE, LAYERS, REACH, WIDTH, buckets
from onnx import numpy_helper
from safetensors.numpy import save_file

PLACES = 514  # of the published weights


def linear_weights(model: onnx.ModelProto, constants: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The matrix of every linear layer, as (columns out, columns in), with the evening of its input taken back."""
    made = {output: node for node in model.graph.node for output in node.output}
    found = {}
    for node in model.graph.node:
        if node.op_type != "MatMulIntegerToFloat":
            continue
        integers, matrix, _, steps = node.input[:4]
        weight = constants[matrix].astype(np.float32) * constants[steps]
        evened = made.get(made[integers].input[0])
        if evened is not None and evened.op_type == "Mul":
            factors = [constants[name] for name in evened.input if name in constants]
            if factors and factors[0].shape == (len(weight),):
                weight = weight * factors[0][:, None]
        found[matrix] = np.ascontiguousarray(weight.T)
    return found


def weights_of(model: onnx.ModelProto, table: np.ndarray, steps: np.ndarray) -> dict[str, np.ndarray]:
    """All weights, by the names that ``train.py`` gives them."""
    constants = {c.name: numpy_helper.to_array(c) for c in model.graph.initializer}
    linear = linear_weights(model, constants)
    weights = {
        name: linear.get(name, value) for name, value in constants.items() if name.endswith((".weight", ".bias"))
    }
    places = np.zeros((PLACES, WIDTH), np.float32)
    places[FIRST_PLACE : FIRST_PLACE + REACH] = constants["place_vectors"]
    attention = np.zeros((BUCKETS, len(constants["distances"])), np.float32)
    attention[buckets()] = constants["distances"].T
    weights |= {
        "embeddings.word_embeddings.weight": (table * steps).astype(np.float32),
        "embeddings.position_embeddings.weight": places,
        "encoder.relative_attention_bias.weight": attention,
    }
    return {name.replace(".attention.self.", ".attention.attn."): value for name, value in weights.items()}


def main(output: Path) -> None:
    """Write the weights."""
    with np.load(HERE / "words.npz") as words:
        weights = weights_of(onnx.load(HERE / "model.onnx"), words["table"], words["steps"])
    save_file(weights, output)
    print(f"{output}: {len(weights)} weights of {LAYERS} layers")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
