"""Read what the public said to a regulator.

>>> import rfc_analyzer
>>> analysis = rfc_analyzer.analyze(["samples"], "my-analysis")    # doctest: +SKIP
>>> analysis.submissions.respondent_type.value_counts()            # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rfc_analyzer.comparison import compare as compare
    from rfc_analyzer.exports import export as export
    from rfc_analyzer.pipeline import analyze as analyze
    from rfc_analyzer.store import Analysis as Analysis
    from rfc_analyzer.store import load as load

__version__ = "0.1.0"

_HOME = {
    "analyze": "rfc_analyzer.pipeline",
    "load": "rfc_analyzer.store",
    "Analysis": "rfc_analyzer.store",
    "compare": "rfc_analyzer.comparison",
    "export": "rfc_analyzer.exports",
}

__all__ = ["Analysis", "analyze", "compare", "export", "load"]


def __getattr__(name: str) -> Any:
    # resolved at first use, so that `rfc-analyzer --help` does not load pandas
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
