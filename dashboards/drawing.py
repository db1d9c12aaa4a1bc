"""A chart told by what it is drawn of, so that the same rows are worked out once and not for every look at a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ParamSpec

import altair as alt

_Asked = ParamSpec("_Asked")
_KEPT = 128


@dataclass(frozen=True, slots=True)
class Drawing:
    """``draw`` with its arguments, which never change; see :func:`drawing`."""

    draw: Callable[..., alt.LayerChart]
    positional: tuple[Any, ...]
    named: tuple[tuple[str, Any], ...]

    def chart(self) -> alt.LayerChart:
        """The chart itself."""
        return self.draw(*self.positional, **dict(self.named))

    def specification(self) -> dict[str, Any]:
        """The chart as Vega-Lite, with its data; one's own to change."""
        plain: dict[str, Any] = json.loads(_specified(self))
        return plain


def drawing(draw: Callable[_Asked, alt.LayerChart], *args: _Asked.args, **kwargs: _Asked.kwargs) -> Drawing:
    """``draw(*args, **kwargs)``, worked out when it is first shown. The arguments are plain values and rows of them."""
    return Drawing(draw, tuple(map(_kept, args)), tuple((name, _kept(value)) for name, value in kwargs.items()))


def _kept(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=_KEPT)
def _specified(asked: Drawing) -> str:
    # tests hold the charts to the schema, which takes as long as the rest
    plain = asked.chart().to_dict(validate=False)
    # Altair's own width and height, where the page gives both
    view = plain["config"]["view"]
    view.pop("continuousWidth", None)
    view.pop("continuousHeight", None)
    return json.dumps(plain)
