"""Sentence spans that keep citations such as "12 C.F.R. § 1026.2(a)" whole."""

from __future__ import annotations


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences of ``text``, ordered, disjoint, without surrounding white space."""
    import nupunkt  # loads a model: not at import time

    spans = []
    for start, end in nupunkt.sent_spans(text):
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if lead < len(piece):
            spans.append((start + lead, start + len(piece.rstrip())))
    return spans
