"""The stance reader that ships: what it says of a text and a proposition depends on nothing else."""

import numpy as np
import pytest

from rfc_analyzer.cache import Cache
from rfc_analyzer.positions.caching import CachedReader
from rfc_analyzer.positions.stance_model import ShippedReader

TEXTS = (
    "I support the night ferry because nurses need it after their shift at the hospital on the mainland.",
    "No.",
    "We oppose the night ferry. The noise would wake the children of the harbour, and the fares would rise. " * 9,
    "The ferry should carry bicycles for free, as long as there is room on the lower deck for lorries and carts.",
)
PROPOSITIONS = (
    "The ferry should run at night.",
    "Fares should rise.",
    "Bicycles should travel free of charge on every ferry of the harbour company, in summer as in winter.",
    "Noise harms children.",
    "The company is to be trusted with the money that it asks the council for, which it has spent well. " * 4,
)
ORDERS = ((1,), (4, 1), (3, 2, 1, 0), (0, 1, 3), (2, 4, 3))


@pytest.fixture(scope="module")
def reader():
    return ShippedReader()


@pytest.fixture(scope="module")
def together(reader):
    return reader.read(TEXTS, [PROPOSITIONS] * len(TEXTS))


@pytest.mark.parametrize("order", ORDERS)
def test_what_else_is_asked_changes_no_bit(order, reader, together):
    asked = [PROPOSITIONS[i] for i in order]
    for whole, read in zip(together, reader.read(TEXTS, [asked] * len(TEXTS)), strict=True):
        assert np.array_equal(read, whole[list(order)])


def test_probabilities_are_probabilities_and_nothing_asked_is_nothing_said(reader, together):
    assert np.allclose([read.sum(axis=1) for read in together], 1, atol=1e-6)
    assert reader.read(TEXTS[:1], [[]])[0].shape == (0, 4)


def test_what_is_kept_from_another_codebook_is_what_would_be_read(reader, together, tmp_path):
    kept = CachedReader(reader, Cache(tmp_path))
    kept.read(TEXTS, [PROPOSITIONS[2:4]] * len(TEXTS))
    for whole, read in zip(together, kept.read(TEXTS, [PROPOSITIONS] * len(TEXTS)), strict=True):
        assert np.array_equal(read, whole)
