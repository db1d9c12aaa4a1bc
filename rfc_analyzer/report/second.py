"""What a second reading would send and cost, and what it found, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from rfc_analyzer.report.layout import cut
from rfc_analyzer.secondreader.keeping import Disagreement, SecondRow
from rfc_analyzer.secondreader.running import Estimate, Run
from rfc_analyzer.words import count_of

_LONGEST = 110


def estimate_told(expected: Estimate, endpoint: str, as_json: bool) -> str:
    """What would be sent where, and what it would cost."""
    if as_json:
        return json.dumps(asdict(expected), indent=1)
    cost = "" if expected.cost is None else f", about {expected.cost:,.2f} at the prices given"
    return (
        f"With --send the text of {count_of(expected.letters, 'letter')} leaves this machine, to {endpoint}: about "
        f"{expected.tokens_in:,} tokens to read and {expected.tokens_out:,} to write{cost}. "
        f"{count_of(expected.already, 'letter')} of an earlier run would not be sent again.\nNothing was sent."
    )


def run_told(run: Run, differ: Sequence[Disagreement], failed: Sequence[SecondRow], as_json: bool) -> str:
    """What was answered, what failed, and where the two readers differ."""
    if as_json:
        plain = asdict(run) | {
            "disagreements": [asdict(d) for d in differ],
            "failed_items": [asdict(f) for f in failed],
        }
        return json.dumps(plain, indent=1, ensure_ascii=False, default=str)
    lines = [
        f"{count_of(run.letters, 'letter')} sent: {count_of(run.answers, 'answer')}, {run.failed:,} failed; "
        f"{run.tokens_in:,} tokens read and {run.tokens_out:,} written."
    ]
    if run.stopped:
        lines.append(f"Stopped early, as {run.stopped}. The same command goes on.")
    lines.append(f"The two readers differ on {count_of(len(differ), 'position')}; check them:")
    lines += [
        f"{d.submission_id}, {d.proposition_id}: read {d.read}, second reader {d.second.stance}. "
        f"{cut(' '.join(d.second.quote.split()), _LONGEST)}".rstrip()
        for d in differ
    ]
    lines += [f"Failed: {row.submission_id}, {row.proposition_id}: {cut(row.failed, _LONGEST)}" for row in failed]
    return "\n".join(lines)
