"""Where passages lie on a map of two dimensions: near those that are alike, on the island of their theme."""

from __future__ import annotations

import numpy as np

from rfc_analyzer.themes.clusters import centroids_of

_ROUNDS = 200
_FILL = 0.55  # of the square that islands cover together
_DECIMALS = 4


def lay_out(directions: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """A place for each passage, (n, 2), about within -1..1.

    Each theme is an island with an area by its size. Their centres are laid by classical scaling of the distances
    between centroids (Torgerson 1952) and pushed apart until none lies on another; within an island a passage lies by
    the two main directions of the theme. ``directions`` (n, d) unit length, ``labels`` (n,) from 0.
    """
    sizes = np.bincount(labels)
    radii = np.sqrt(sizes / sizes.sum() * _FILL * 4 / np.pi)
    centres = _apart(_scaled(centroids_of(directions, labels)), radii)
    places = np.zeros((len(labels), 2))
    for label in range(len(sizes)):
        rows = np.flatnonzero(labels == label)
        places[rows] = centres[label] + radii[label] * _within(directions[rows])
    found: np.ndarray = np.round(places, _DECIMALS)
    return found


def _scaled(centroids: np.ndarray) -> np.ndarray:
    distances = 1 - np.round(centroids.astype(np.float64) @ centroids.T.astype(np.float64), 5)
    centring = np.eye(len(centroids)) - 1 / len(centroids)
    return _main_directions(-0.5 * centring @ distances @ centring)


def _main_directions(gram: np.ndarray) -> np.ndarray:
    """The first two coordinates by the largest eigenvalues of ``gram`` (n, n), each with a fixed sign."""
    values, vectors = np.linalg.eigh(gram)
    best = np.argsort(-values, kind="stable")[:2]
    places = vectors[:, best] * np.sqrt(np.maximum(values[best], 0))
    if places.shape[1] < 2:
        places = np.column_stack([places, np.zeros(len(places))])
    largest = np.argmax(np.abs(np.round(places, _DECIMALS)), axis=0)
    signs = np.where(places[largest, [0, 1]] < 0, -1.0, 1.0)
    return places * signs / max(np.abs(places).max(), 1e-9)


def _apart(centres: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Push islands apart that overlap, and all gently to the middle."""
    places = centres + np.column_stack([np.arange(len(centres)), -np.arange(len(centres))]) * 1e-6
    for _ in range(_ROUNDS):
        between = places[:, None] - places[None]
        distance = np.maximum(np.linalg.norm(between, axis=2), 1e-9)
        overlap = np.maximum(radii[:, None] + radii[None] - distance, 0)
        np.fill_diagonal(overlap, 0)
        places = places * 0.995 + 0.5 * (between / distance[..., None] * overlap[..., None]).sum(axis=1)
    return places / max(1.0, float(np.abs(places).max()))


def _within(directions: np.ndarray) -> np.ndarray:
    """Passages of one theme within a circle of radius one, the odd ones at its edge."""
    away = directions.astype(np.float64) - directions.mean(axis=0)
    values, axes = np.linalg.eigh(away.T @ away)
    places = away @ axes[:, np.argsort(-values, kind="stable")[:2]]
    largest = np.argmax(np.abs(np.round(places, _DECIMALS)), axis=0)
    places = places * np.where(places[largest, [0, 1]] < 0, -1.0, 1.0)
    places /= np.maximum(places.std(axis=0), 1e-9)
    length = np.linalg.norm(places, axis=1, keepdims=True)
    inside: np.ndarray = places / (1 + length)
    return np.where(length > 0, inside, 0.0)
