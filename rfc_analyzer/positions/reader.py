"""From sentences to submissions: the plain signals, and a reader that the docket itself and its analyst teach."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.model import Stance
from rfc_analyzer.positions.addressing import sigmoid
from rfc_analyzer.positions.signals import SentenceSignals

_DAMPING = 0.3  # weight of doubt beside the counted evidence for and against
_CERTAIN = 0.7  # evidence (-1 to 1) beyond which the plain signals may teach
_LEAST_TAUGHT = 3  # texts on each side before anything is learned from them
_PSEUDO = 0.15  # weight of a text that the plain signals labelled, beside one that a person labelled
_REGULAR = 1.0
# log-odds of a side where the grammar sees that one alone, in what authors perform or demand and in how they judge;
# beside 1 where the trained reader sees it, and 1 where it is implied
_PERFORMED, _JUDGED = 1.25, 0.75
_LEARNED = 0.6  # weight of what these taught of the docket's words: a text's own say more
_DOUBTED = 2.0  # texts on either side that a docket is taken to have before any is seen
_MIXED_WEIGHT = 1.5  # both sides with weight, and neither outweighs the other:
_EVEN_BALANCE, _EVEN_EVIDENCE = 0.1, 0.4  # by the grammar, or by all evidence
_FAINT = 1e-6  # where the reader finds no view at all, it sees no side
_TORN, _LITTLE = 0.25, 0.05  # or the reader finds the author torn; beside so little said, nothing is concluded
_TAUGHT_TRUST = 0.8  # measured: what few labels teach is surer of itself than it is right
_ENOUGH = 15  # reviewed submissions from which people's labels alone teach better than with the plain signals'
_OUTCOMES = (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED, None)
_TAUGHT_REGULAR, _VECTORS, _SIGNALS = 10.0, 2.5, 0.5
_RARE = 0.3  # power by which a rare outcome weighs more than a common one


@dataclass(frozen=True, slots=True)
class Tally:
    """Per submission, for one proposition: ``addressed`` in 0..1, weight of evidence ``pro`` and ``con`` (≥ 0).

    ``performed`` and ``judged`` are the balances (-1 to 1) of the sentences in which the author performs or demands
    ("we oppose the ban"), and of the others.
    ``torn`` (0..1) is the share of what is said on it that is on both sides or under conditions; ``leaning`` (-1..1)
    the side that the trained reader sees, whatever the grammar finds, and ``implied`` (-1..1) the one that follows from
    what it sees on other propositions.
    """

    addressed: np.ndarray
    pro: np.ndarray
    con: np.ndarray
    performed: np.ndarray
    judged: np.ndarray
    torn: np.ndarray
    leaning: np.ndarray
    implied: np.ndarray

    @property
    def balance(self) -> np.ndarray:
        """What the grammar finds, from -1 (all against) to 1 (all for)."""
        return _balance(self.pro, self.con)

    @property
    def evidence(self) -> np.ndarray:
        """Log-odds of support, where addressed, by all that the submission itself says."""
        return np.asarray(_PERFORMED * self.performed + _JUDGED * self.judged + self.leaning + self.implied)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Per submission, for one proposition: probability of being addressed, of support where addressed, and mixed.

    ``trust`` (0..1) is what the probabilities of the stance are worth.
    """

    addressed: np.ndarray
    support: np.ndarray
    mixed: np.ndarray  # bool
    trust: float = 1.0


def readings(signals: SentenceSignals, owner: np.ndarray, submissions: int) -> tuple[np.ndarray, np.ndarray]:
    """What the trained reader finds of each submission: the side (-1 to 1), and how surely any view (0 to 1).

    Both (submissions, p); ``owner[i]`` is the submission of sentence ``i``. Of several texts, the one in which it finds
    a view more surely says more of the side.
    """
    shape = (submissions, signals.leaning.shape[1])
    odds, weight, taken = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(odds, owner, 2 * np.arctanh(signals.leaning) * signals.taken)
    np.add.at(weight, owner, signals.taken)
    np.maximum.at(taken, owner, signals.taken)
    return np.tanh(odds / np.maximum(weight, _FAINT) / 2), taken


def tally(
    signals: SentenceSignals,
    column: int,
    owner: np.ndarray,
    addressed: np.ndarray,
    leaning: np.ndarray,
    implied: np.ndarray,
) -> Tally:
    """Evidence added up by submission; ``owner`` as for :func:`readings`, the rest (submissions,) as in a tally."""
    about, way = signals.about[:, column].astype(float), signals.direction[:, column].astype(float)

    def added(weights: np.ndarray) -> np.ndarray:
        return np.bincount(owner, about * weights, minlength=len(addressed))

    pro, con = np.maximum(way, 0), np.maximum(-way, 0)
    plain = signals.plain[:, column]
    performed, judged = (_balance(added(pro * part), added(con * part)) for part in (plain, ~plain))
    torn = added(signals.torn[:, column]) / (added(signals.taken[:, column]) + _LITTLE)
    return Tally(addressed, added(pro), added(con), performed, judged, torn, leaning, implied)


def _balance(pro: np.ndarray, con: np.ndarray) -> np.ndarray:
    return np.asarray((pro - con) / (pro + con + _DAMPING))


def document_features(texts: Sequence[str]) -> object:
    """TF-IDF of words and word pairs, (n, f) sparse; None where there is too little text to learn from."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if sum(bool(text.strip()) for text in texts) < 8:
        return None
    try:
        return TfidfVectorizer(ngram_range=(1, 2), min_df=3, max_df=0.6, sublinear_tf=True).fit_transform(texts)
    except ValueError:  # no word is shared by enough texts
        return None


def decide(
    counted: Tally,
    features: object,
    teaches: np.ndarray,
    reviewed: Mapping[int, Stance | None],
    vectors: np.ndarray | None = None,
    views: np.ndarray | None = None,
) -> Verdict:
    """Join the plain signals with what they, and ``reviewed`` (row → stance), teach about this docket's words.

    ``teaches`` (bool) marks the rows that may teach: one of each campaign's copies. ``vectors`` (n, d) of the texts
    and ``views`` (n, k) that the propositions share are used where enough is reviewed to learn from people alone.
    """
    addressed, support = counted.addressed, _support(counted, features, teaches, reviewed)
    even = (np.abs(counted.balance) < _EVEN_BALANCE) | (np.abs(counted.evidence) < _EVEN_EVIDENCE)
    both = (np.minimum(counted.pro, counted.con) > _MIXED_WEIGHT) & even
    untaught = Verdict(addressed, support, both | (counted.torn > _TORN))
    if features is None or not reviewed:
        return untaught
    people = {row: stance for row, stance in reviewed.items() if teaches[row]}
    if vectors is not None and len(people) >= _ENOUGH and len(set(people.values())) > 1:
        plain = _support(counted, features, teaches, {})
        known = vectors * _VECTORS if views is None else np.hstack([vectors * _VECTORS, views])
        return _taught(counted, features, known, plain, people)
    return Verdict(_taught_addressed(counted, features, teaches, reviewed), support, untaught.mixed)


def _taught(
    counted: Tally, features: object, known: np.ndarray, support: np.ndarray, people: Mapping[int, Stance | None]
) -> Verdict:
    """All four outcomes learned from people's labels: from words, what is ``known`` (n, k) and the plain signals."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    odds = [np.log(p / (1 - p)) for p in (np.clip(counted.addressed, 0.01, 0.99), np.clip(support, 0.01, 0.99))]
    weight = np.log1p(counted.pro + counted.con)
    plain = np.column_stack([*odds, 2 * counted.balance, 3 * counted.torn, weight, counted.leaning])
    joined = _with(features, *known.T, *(_SIGNALS * plain).T)
    rows = sorted(people)
    labels = np.array([_OUTCOMES.index(people[row]) for row in rows])
    rarity = (len(labels) / np.bincount(labels, minlength=len(_OUTCOMES))[labels]) ** _RARE
    model = LogisticRegression(C=_TAUGHT_REGULAR, max_iter=500)
    with threadpool_limits(1):
        model.fit(joined[rows], labels, sample_weight=rarity / rarity.mean())  # type: ignore[index]
        chance = np.zeros((len(support), len(_OUTCOMES)))
        chance[:, model.classes_] = model.predict_proba(joined)
    pro, con, mixed, none = chance.T
    return Verdict(1 - none, (pro + 1e-6) / (pro + con + 2e-6), (mixed > pro) & (mixed > con), _TAUGHT_TRUST)


def _taught_addressed(
    counted: Tally, features: object, teaches: np.ndarray, reviewed: Mapping[int, Stance | None]
) -> np.ndarray:
    """Probability of being addressed, learned from people's labels and, with little weight, from the plain signals."""
    rows, labels, weights = [], [], []
    for row in np.flatnonzero(teaches).tolist():
        if row in reviewed:
            rows.append(row)
            labels.append(reviewed[row] is not None)
            weights.append(1.0)
        else:
            rows.extend((row, row))
            labels.extend((True, False))
            weights.extend((_PSEUDO * counted.addressed[row], _PSEUDO * (1 - counted.addressed[row])))
    if len(set(labels)) < 2:
        return counted.addressed
    prior = np.clip(counted.addressed, 0.02, 0.98)
    joined = _with(features, np.log(prior / (1 - prior)), np.log1p(counted.pro + counted.con))
    return sigmoid(_fit(joined, np.array(rows), np.array(labels), np.array(weights)))


def _support(
    counted: Tally, features: object, teaches: np.ndarray, reviewed: Mapping[int, Stance | None]
) -> np.ndarray:
    """Probability of support where addressed; texts without a sign of their own lean as the docket's plain ones do."""
    evidence = counted.evidence
    seen = np.tanh(evidence / 2)  # the probabilities of the two sides, one less the other
    sure = teaches & (counted.addressed > 0.5) & (np.abs(seen) > _CERTAIN)
    rows, labels, weights = [], [], []
    for row in range(len(seen)):
        stance = reviewed.get(row)
        if stance is not None:
            sides = (True, False) if stance is Stance.MIXED else (stance is Stance.SUPPORT,)
            for pro in sides:
                rows.append(row)
                labels.append(pro)
                weights.append(1 / len(sides))
        elif row not in reviewed and sure[row]:
            rows.append(row)
            labels.append(bool(seen[row] > 0))
            weights.append(abs(seen[row]) * (_PSEUDO if reviewed else 1.0))
    side, weight = np.array(labels, bool), np.array(weights)
    lean = (weight[side].sum() + _DOUBTED) / (weight.sum() + 2 * _DOUBTED)
    learned = np.full(len(seen), np.log(lean / (1 - lean)))
    if features is not None and min(side.sum(), (~side).sum()) >= _LEAST_TAUGHT:
        learned = _fit(features, np.array(rows), side, weight)
    return sigmoid(evidence + _LEARNED * learned)


def _with(features: object, *columns: np.ndarray) -> object:
    from scipy import sparse

    return sparse.hstack([features, sparse.csr_matrix(np.column_stack(columns))]).tocsr()


def document_vectors(texts: Sequence[Sequence[str]], encode: Callable[[Sequence[str]], np.ndarray]) -> np.ndarray:
    """One vector of unit length for each submission, (n, d): the mean of its passages', from the docket's centre."""
    distinct = sorted({text for own in texts for text in own})
    place = {text: row for row, text in enumerate(distinct)}
    known = encode(distinct)
    means = np.stack(
        [known[[place[t] for t in own]].mean(axis=0) if own else np.zeros(known.shape[1]) for own in texts]
    )
    away = means - means.mean(axis=0)
    return np.asarray(away / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9))


def _fit(features: object, rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Decision values of a logistic model for every row."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    model = LogisticRegression(C=_REGULAR, max_iter=500)
    with threadpool_limits(1):  # the matrices are small: more threads only wait for each other
        model.fit(features[rows], labels, sample_weight=weights)  # type: ignore[index]
        return np.asarray(model.decision_function(features))
