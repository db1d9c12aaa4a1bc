"""The model files that ship with the package: checked when they are loaded, and run on one thread."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from rfc_analyzer.errors import RfcAnalyzerError

_WEIGHTS = Path(__file__).resolve().parent / "weights"
_THREADS = 1  # a second one gains little time, and costs a sixth more of the processor in waiting


def shipped(name: str, expected: str) -> bytes:
    """The bytes of the file ``name`` below the weights, which must have the SHA-256 that it was released with.

    Raises :class:`RfcAnalyzerError` where it has another.
    """
    path = _WEIGHTS / name
    data = path.read_bytes()
    if sha256(data).hexdigest() != expected:
        raise RfcAnalyzerError(f"{path} is damaged or another version; install the package again")
    return data


def session(name: str, expected: str) -> Any:
    """An onnxruntime session of the model ``name``, as :func:`shipped` gives it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    # waiting threads that spin would burn the second core for nothing
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(shipped(name, expected), options, providers=["CPUExecutionProvider"])
