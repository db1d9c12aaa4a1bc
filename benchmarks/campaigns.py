"""How rightly and how fast campaigns are found in made-up dockets whose campaigns are known.

    python benchmarks/campaigns.py [--sizes 10000 100000] [--seed N] [--brief] [--baseline N]

Prints a line of JSON for each size: pairwise precision, recall and F1 over the members that are counted in (a letter
that holds one paragraph of a template is a letter of its own); letters of their own wrongly attached; letters found
that hold a template, or one paragraph of it; slot-filled letters reported as suspected; CPU-seconds; peak memory; and
how cost grows with size (exponent).
Each line ends with the same for datasketch's MinHashLSH, unverified, on the first N letters of the same docket, where
datasketch is installed (``pip install datasketch``), and with how many times its documents are done in a CPU-second.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from time import process_time

from campaigns_docket import INSIDE, OWN_WORDS, Made, MadeDocket, Truth, make_docket

from rfc_analyzer.campaigns import find_campaigns
from rfc_analyzer.campaigns.letters import shingles_of
from rfc_analyzer.model import CampaignRole
from rfc_analyzer.settings import CampaignSettings

SEED = 101
HASHES = 128
_RATE = "a CPU-second"
Figures = dict[str, object]


def measure(docket: MadeDocket) -> Figures:
    """What :func:`find_campaigns` finds, and what it costs."""
    start = process_time()
    result = find_campaigns(docket.submissions, docket.passages, CampaignSettings(), seed=0)
    seconds = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    index = {s.submission_id: i for i, s in enumerate(docket.submissions)}
    every = {index[m.submission_id]: m.campaign_id for m in result.members}
    counted = {index[m.submission_id]: m.campaign_id for m in result.members if m.role is not CampaignRole.POSSIBLE}
    figures = _scores(docket.truth, counted)
    figures["wrongly possible"] = _wrongly(docket.truth, every, counted)
    figures["slot-filled letters suspected"] = _suspected(docket.truth, every, counted)
    figures |= _inside(docket.truth, every, counted)
    figures |= {"CPU-seconds": round(seconds, 2), _RATE: round(len(docket.truth) / seconds)}
    return figures | {"peak MB": round(peak)}


def baseline(docket: MadeDocket, most: int) -> Figures:
    """datasketch's MinHashLSH on the same shingles: letters are joined to all that it returns for them."""
    from datasketch import MinHash, MinHashLSH

    texts, truth = docket.texts[:most], docket.truth[:most]
    leader = list(range(len(texts)))
    start = process_time()
    index = MinHashLSH(threshold=CampaignSettings().near_jaccard, num_perm=HASHES)
    shingles = shingles_of(texts, CampaignSettings().shingle_words)
    for i in range(len(texts)):
        sketch = MinHash(num_perm=HASHES)
        sketch.update_batch([shingle.tobytes() for shingle in shingles.of(i)])
        for other in index.query(sketch):
            leader[_leader(leader, i)] = _leader(leader, other)
        index.insert(i, sketch, check_duplication=False)
    seconds = process_time() - start
    sizes = Counter(_leader(leader, i) for i in range(len(texts)))
    found = {i: str(_leader(leader, i)) for i in range(len(texts)) if sizes[_leader(leader, i)] > 1}
    figures = _scores(truth, found) | _inside(truth, found, found)
    return figures | {"CPU-seconds": round(seconds, 2), _RATE: round(len(texts) / seconds)}


def _leader(leader: list[int], i: int) -> int:
    while leader[i] != i:
        leader[i] = leader[leader[i]]
        i = leader[i]
    return i


def _scores(truth: Sequence[Truth], found: Mapping[int, str]) -> Figures:
    plain = [i for i, t in enumerate(truth) if t.made is not Made.SLOT_FILLED]
    figures: Figures = {"letters": len(truth), **_pairwise(truth, found, range(len(truth)))}
    figures["F1 without slot-filled"] = _pairwise(truth, found, plain)["F1"]
    own = [i for i, t in enumerate(truth) if t.made in OWN_WORDS]
    figures["wrongly attached"] = round(sum(i in found for i in own) / len(own), 5)
    return figures


def _pairwise(truth: Sequence[Truth], found: Mapping[int, str], which: Sequence[int]) -> dict[str, float]:
    """Precision and recall of pairs of letters that are in one campaign."""
    together: Counter[tuple[str, str]] = Counter()
    true: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for i in which:
        campaign = truth[i].campaign if truth[i].made is not Made.PARAGRAPH_INSIDE else None
        if campaign is not None:
            true[campaign] += 1
        if i in found:
            said[found[i]] += 1
        if campaign is not None and i in found:
            together[campaign, found[i]] += 1
    hits, all_true, all_said = (sum(n * (n - 1) for n in c.values()) for c in (together, true, said))
    precision, recall = hits / max(all_said, 1), hits / max(all_true, 1)
    f1 = 2 * hits / max(all_said + all_true, 1)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "F1": round(f1, 4)}


def _wrongly(truth: Sequence[Truth], every: Mapping[int, str], counted: Mapping[int, str]) -> float:
    own = [i for i, t in enumerate(truth) if t.made in OWN_WORDS]
    return round(sum(i in every and i not in counted for i in own) / len(own), 5)


def _suspected(truth: Sequence[Truth], every: Mapping[int, str], counted: Mapping[int, str]) -> float:
    """Slot-filled letters that are reported for people to judge: those not counted in."""
    filled = [i for i, t in enumerate(truth) if t.made is Made.SLOT_FILLED]
    return round(sum(i in every and i not in counted for i in filled) / max(len(filled), 1), 4)


def _inside(truth: Sequence[Truth], every: Mapping[int, str], counted: Mapping[int, str]) -> Figures:
    """Recall of letters that hold a template or a paragraph of it, each under the campaign that most letters of that
    template (or of a sister that has the paragraph too) are in; and the share of each kind that is counted in."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for i, t in enumerate(truth):
        if t.campaign is not None and t.made not in INSIDE and i in counted:
            votes[t.campaign][counted[i]] += 1
    right: dict[str | None, str] = {campaign: said.most_common(1)[0][0] for campaign, said in votes.items()}
    recall: Figures = {}
    for name, kinds in (("containment recall", INSIDE), *((kind.value, {kind}) for kind in Made if kind in INSIDE)):
        holding = [i for i, t in enumerate(truth) if t.made in kinds]
        hits = sum(
            any(every.get(i, "") == right.get(c) for c in {truth[i].campaign, *truth[i].sisters}) for i in holding
        )
        recall[name] = round(hits / max(len(holding), 1), 4)
    totals = Counter(t.made.value for t in truth)
    joined = Counter(t.made.value for i, t in enumerate(truth) if i in counted)
    return recall | {"counted in": {name: round(joined[name] / totals[name], 3) for name in sorted(totals)}}


def main() -> None:
    """Read the sizes from the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--brief", action="store_true", help="short letters")
    parser.add_argument("--baseline", type=int, default=10_000, help="letters for datasketch; 0 leaves it out")
    args = parser.parse_args()
    sizes = sorted(args.sizes)
    measure(make_docket(1_000, args.seed))  # imports are not counted
    costs: list[tuple[int, float]] = []
    compared = args.baseline and importlib.util.find_spec("datasketch") is not None
    if args.baseline and not compared:
        print("datasketch is not installed: no comparison (pip install datasketch)", file=sys.stderr)
    for size in sizes:
        docket = make_docket(size, args.seed, args.brief)
        figures = measure(docket)
        costs.append((size, float(str(figures["CPU-seconds"]))))
        if len(costs) > 1:
            (small, cheap), (large, dear) = costs[-2:]
            figures["growth exponent"] = round(log(dear / cheap) / log(large / small), 3)
        if compared:
            figures["datasketch"] = theirs = baseline(docket, args.baseline)
            figures["times datasketch"] = round(float(str(figures[_RATE])) / float(str(theirs[_RATE])), 2)
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
