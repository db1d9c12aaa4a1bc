"""The words of texts and runs of them as numbers, for many texts at once.

The words are those that :func:`rfc_analyzer.words.words` finds. Bytes are cut and hashed in bulk, as no Python object
is made for a word so; the numbers are the same in every process, as Python's own hashes are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rfc_analyzer.words import plain_ascii, words

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_BASE = np.uint64(0xD6E8FEB86659FD93)
_BYTES_AT_ONCE = 1 << 17
_NOTHING, _PART, _JOINING = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Hashes:
    """Numbers of several texts in a row: those of text ``i`` are ``flat[starts[i]:starts[i + 1]]``."""

    flat: np.ndarray  # uint64
    starts: np.ndarray

    def of(self, number: int) -> np.ndarray:
        """Those of one text."""
        return self.flat[self.starts[number] : self.starts[number + 1]]

    @property
    def lengths(self) -> np.ndarray:
        """How many each text has."""
        return np.diff(self.starts)


def hashed_words(texts: Sequence[str]) -> Hashes:
    """A hash of each word of ``texts``, in order."""
    pieces, owners = [], []
    for number, text in enumerate(texts):
        for piece in _pieces(text):
            pieces.append(piece)
            owners.append(number)
    found = [_hashed(part) for part in _parts(pieces)]
    if not found:
        return Hashes(np.empty(0, dtype=np.uint64), np.zeros(1, dtype=np.int64))
    lengths = np.bincount(owners, weights=np.concatenate([part.lengths for part in found]), minlength=len(texts))
    starts = np.concatenate(([0], np.cumsum(lengths.astype(np.int64))))
    return Hashes(np.concatenate([part.flat for part in found]), starts)


def runs_of(hashed: Hashes, size: int) -> Hashes:
    """A hash of each run of ``size`` consecutive words of each text; of all its words where they are fewer."""
    first, last = first_words(hashed, size)
    runs = np.zeros(len(first), dtype=np.uint64)
    for offset in range(size):
        place = first + offset
        inside = place < last
        if inside.all():
            runs = mixed(runs, hashed.flat[place])
        else:
            runs[inside] = mixed(runs[inside], hashed.flat[place[inside]])
    return Hashes(runs, np.concatenate(([0], np.cumsum(_run_counts(hashed, size)))))


def first_words(hashed: Hashes, size: int) -> tuple[np.ndarray, np.ndarray]:
    """For each run of ``size`` words its first word and the end of its text, as places among the words of all texts."""
    counts = _run_counts(hashed, size)
    before = np.cumsum(counts) - counts
    first = np.arange(int(counts.sum())) + np.repeat(hashed.starts[:-1] - before, counts)
    return first, np.repeat(hashed.starts[1:], counts)


def _run_counts(hashed: Hashes, size: int) -> np.ndarray:
    lengths = hashed.lengths
    return np.where(lengths == 0, 0, np.maximum(lengths - size + 1, 1))


def distinct(hashes: Hashes) -> Hashes:
    """The numbers of each text sorted, each once."""
    flat, starts = hashes.flat.copy(), hashes.starts
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        flat[start:end].sort()
    new = np.ones(len(flat), dtype=bool)
    new[1:] = flat[1:] != flat[:-1]
    new[starts[:-1][hashes.lengths > 0]] = True
    before = np.concatenate(([0], np.cumsum(new)))
    return Hashes(flat[new], before[starts])


def together(hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """An order of the places of ``hashes`` (uint64) in which equal ones stand together, earlier places first; and
    where in it another hash begins.

    A hash's last bits give way to its place, so that plain numbers are sorted and not places by numbers: many times
    faster, and the more so the more there are. Of a hundred million the first 37 bits tell them apart.
    """
    places = np.uint64((1 << max(len(hashes) - 1, 1).bit_length()) - 1)
    packed = (hashes & ~places) | np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    begins = np.ones(len(hashes), dtype=bool)
    begins[1:] = (packed[1:] ^ packed[:-1]) > places
    return (packed & places).astype(np.int64), begins


def mixed(state: np.ndarray, values: np.ndarray) -> np.ndarray:
    """One step of a hash of several numbers, for each row: both arguments and the result are uint64."""
    state = (state ^ values) * _MULTIPLIER
    return state ^ (state >> np.uint64(29))


def _pieces(text: str) -> Iterator[bytes]:
    """``text`` as bytes in which words are what :func:`_hashed` takes for words, cut between words where it is long."""
    plain = plain_ascii(text)
    said = (" ".join(words(text)) if plain is None else plain).encode()
    start = 0
    while len(said) - start > _BYTES_AT_ONCE:
        end = said.rfind(b" ", start, start + _BYTES_AT_ONCE) + 1
        if not end:
            break
        yield said[start:end]
        start = end
    yield said[start:]


def _parts(pieces: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """``pieces``, so many at a time that their numbers stay in the processor's cache."""
    first, size = 0, 0
    for number, piece in enumerate(pieces):
        if size > 0 and size + len(piece) > _BYTES_AT_ONCE:
            yield pieces[first:number]
            first, size = number, 0
        size += len(piece)
    if first < len(pieces):
        yield pieces[first:]


def _hashed(texts: Sequence[bytes]) -> Hashes:
    line = np.frombuffer(b"\n" + b"\n".join(texts) + b"\n", dtype=np.uint8)
    kind = _KINDS[line]
    part = kind == _PART
    inside = part.copy()
    inside[1:-1] |= (kind[1:-1] == _JOINING) & part[:-2] & part[2:]
    begins = np.flatnonzero(inside[1:] & ~inside[:-1]) + 1
    ends = np.concatenate(([0], np.cumsum([len(text) + 1 for text in texts])))
    starts = np.searchsorted(begins, ends)
    if not len(begins):
        return Hashes(np.empty(0, dtype=np.uint64), starts)
    powers, inverse = _powers(1 << (len(line) - 1).bit_length())
    # a polynomial of the word's bytes, first with powers that count from the beginning of the line
    values = _VALUES[line] * powers[: len(line)]
    values[~inside] = 0
    found = np.add.reduceat(values, begins) * inverse[begins]
    return Hashes(mixed(found ^ (found >> np.uint64(32)), _VALUES[:1]), starts)


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Powers of an odd number, and of its inverse, modulo 2**64."""
    inverse = np.uint64(pow(int(_BASE), -1, 1 << 64))
    both = (np.full(count, base, dtype=np.uint64) for base in (_BASE, inverse))
    first, second = (np.multiply.accumulate(base) for base in both)
    return first, second


def _kinds() -> np.ndarray:
    # of words that are not plain English, bytes from 128 up are parts of words
    kinds = [_PART if chr(code).isalnum() or code >= 128 else _NOTHING for code in range(256)]
    for sign in "'-":
        kinds[ord(sign)] = _JOINING
    return np.array(kinds, dtype=np.uint8)


def _values() -> np.ndarray:
    """A number for each byte, the same for capital and small letters."""
    lowered = np.array([ord(chr(code).lower()) if code < 128 else code for code in range(256)], dtype=np.uint64)
    return mixed(mixed(np.zeros(256, dtype=np.uint64), lowered + np.uint64(1)), lowered)


_KINDS, _VALUES = _kinds(), _values()
