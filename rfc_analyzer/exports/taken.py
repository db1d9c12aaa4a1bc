"""Which stances each submission takes: a byte for each, as a docket may have a million of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from rfc_analyzer.model import Stance
from rfc_analyzer.tables import POSITIONS

_STANCES = tuple(Stance)
_P = POSITIONS.c


class Taken:
    """Stances by submission and proposition; ``propositions`` are ids in the order in which stances are told."""

    def __init__(self, positions: pd.DataFrame, propositions: Sequence[str]) -> None:
        self._propositions = propositions
        rows, ids = pd.factorize(positions[_P.submission_id])
        self._rows = dict(zip(ids, range(len(ids)), strict=True))
        # one column more, for positions on what is no proposition
        self._codes = np.zeros((len(ids), len(propositions) + 1), dtype=np.int8)
        columns = positions[_P.proposition_id].map({p: n for n, p in enumerate(propositions)}).fillna(-1).astype(int)
        stances = positions[_P.stance].map({s.value: n for n, s in enumerate(_STANCES, start=1)}).astype(np.int8)
        self._codes[rows, columns] = stances

    def of(self, submission_id: str) -> dict[str, Stance]:
        """The stances of a submission, by proposition; empty where it takes none."""
        row = self._rows.get(submission_id)
        if row is None:
            return {}
        codes = zip(self._propositions, self._codes[row].tolist(), strict=False)
        return {proposition: _STANCES[code - 1] for proposition, code in codes if code}
