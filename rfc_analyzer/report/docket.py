"""What was found in a docket."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rfc_analyzer.comparison import (
    CampaignShare,
    FileRow,
    Overview,
    PositionRow,
    Share,
    ThemeRow,
    TypeRow,
    how_stances_were_read,
    overview,
    positions_by_type,
)
from rfc_analyzer.model import Stance
from rfc_analyzer.report.layout import cut, in_words, listed, percent, table
from rfc_analyzer.store import Analysis
from rfc_analyzer.words import count_of, printable

_WIDTH = 100
_THEMES = 10
_CAMPAIGNS = 5
_FILES = 20
_STANCES = (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED)


def summary(analysis: Analysis) -> str:
    """What was found, in plain text of some forty lines: counts, respondents, themes, positions, what was not read."""
    found = overview(analysis)
    by_type = positions_by_type(analysis)
    sections = [
        _heading(found),
        _respondents(found.types),
        _themes(found),
        _positions(analysis, found.positions, by_type),
        _campaigns(found),
        _files("Could not be read", found.unread),
        _files("Read in part", found.partly_read),
        listed("Notes", found.notes),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def summary_json(analysis: Analysis) -> str:
    """The same as a JSON object; shares carry count, denominator and unit, and no value where they are hidden."""
    found = overview(analysis)
    plain = {
        "analysis": str(analysis.folder),
        "docket": {"id": found.docket.docket_id, "title": found.docket.title},
        "created_at": found.created_at,
        "counts": found.denominators.to_json(),
        "first_submitted_at": _moment(found.first_submitted_at),
        "last_submitted_at": _moment(found.last_submitted_at),
        "respondents": [{"type": row.respondent_type.value, "share": row.share.to_json()} for row in found.types],
        "themes": [
            {"id": row.theme_id, "parent": row.parent_id, "label": row.label, "share": row.share.to_json()}
            for row in found.themes
        ],
        "positions": [_position_json(row) for row in (*found.positions, *positions_by_type(analysis))],
        "campaigns": [_campaign_json(row) for row in found.campaigns],
        "unread": [_file_json(row) for row in found.unread],
        "partly_read": [_file_json(row) for row in found.partly_read],
        "notes": list(found.notes),
    }
    return json.dumps(plain, indent=1, ensure_ascii=False)


def unread(analysis: Analysis) -> tuple[FileRow, ...]:
    """The files of which nothing could be read, each with why and what to do."""
    return overview(analysis).unread


def _heading(found: Overview) -> list[str]:
    counts = found.denominators
    named = found.docket.title not in ("", found.docket.docket_id)
    title = f"{found.docket.title} ({found.docket.docket_id})" if named else found.docket.docket_id
    lines = [
        printable(title),
        f"{count_of(counts.submissions, 'submission')}, {count_of(counts.signatories, 'signatory', 'signatories')}, "
        f"{count_of(counts.distinct_texts, 'distinct text')}",
    ]
    if found.first_submitted_at and found.last_submitted_at:
        lines.append(f"Submitted {found.first_submitted_at:%Y-%m-%d} to {found.last_submitted_at:%Y-%m-%d}")
    return lines


def _respondents(types: Sequence[TypeRow]) -> list[str]:
    rows = [(in_words(row.respondent_type), str(row.share.n), percent(row.share)) for row in types]
    return ["Who answered (submissions)", *table(rows, right=(1, 2))]


def _themes(found: Overview) -> list[str]:
    top = [row for row in found.themes if row.parent_id is None]
    if not top:
        return []
    below = len(found.themes) - len(top)
    rows = [(str(row.share.n), percent(row.share), _label(row)) for row in top[:_THEMES]]
    left = [f"{len(top) - _THEMES} more"] if len(top) > _THEMES else []
    left += [f"{below} narrower ones beneath them"] if below else []
    lines = [f"Leading themes (of {count_of(top[0].share.of, 'distinct text')})", *table(rows, right=(0, 1))]
    return [*lines, f"  … and {', '.join(left)}"] if left else lines


def _label(row: ThemeRow) -> str:
    return cut(row.label, _WIDTH - 20)


def _positions(analysis: Analysis, overall: Sequence[PositionRow], by_type: Sequence[PositionRow]) -> list[str]:
    if not overall:
        return []
    lines = ["Positions (distinct texts; the shares are of those who take the proposition up)"]
    for row in overall:
        lines += [f"  {cut(f'{row.proposition_id}  {row.text}', _WIDTH)}", f"      {_standing(row)}"]
    ids = list(dict.fromkeys(row.proposition_id for row in overall))
    wide = max(9, *(len(printable(i)) for i in ids)) + 2
    step = max(1, (_WIDTH - 26) // wide)
    for start in range(0, len(ids), step):
        lines += ["", *_matrix(ids[start : start + step], (*overall, *by_type))]
    return [*lines, "", how_stances_were_read(analysis)]


def _standing(row: PositionRow) -> str:
    taken_up = row.addressed
    parts = [row.among_those_who_take_it_up(stance) for stance in _STANCES]
    said = ", ".join(
        f"{share.n} {stance.value}{_bracketed(share)}" for stance, share in zip(_STANCES, parts, strict=True)
    )
    return f"{taken_up.n} of {taken_up.of} take it up" + (f": {said}" if taken_up.n else "")


def _matrix(ids: Sequence[str], rows: Sequence[PositionRow]) -> list[str]:
    """Respondent types down, propositions across, support/oppose/mixed in each cell."""
    cells: dict[Any, list[str]] = {}
    for row in rows:
        if row.proposition_id in ids:
            start = ["everyone" if row.respondent_type is None else in_words(row.respondent_type), str(row.support.of)]
            counts = [row.share(stance).n for stance in _STANCES]
            cells.setdefault(row.respondent_type, start).append("/".join(map(str, counts)) if any(counts) else "-")
    head = ("support/oppose/mixed", "of", *(printable(i) for i in ids))
    return table([head, *cells.values()], right=range(1, len(head)))


def _campaigns(found: Overview) -> list[str]:
    if not found.campaigns:
        return []
    share = found.in_campaigns
    letters = count_of(share.of, "submission")
    lines = [f"Form letters ({count_of(len(found.campaigns), 'campaign')} with {share.n} of {letters})"]
    shown = found.campaigns[:_CAMPAIGNS]
    lines += [f"  {row.share.n:>5}  “{cut(row.campaign.template_text, _WIDTH - 20)}”" for row in shown]
    if len(found.campaigns) > len(shown):
        lines.append(f"  … and {count_of(len(found.campaigns) - len(shown), 'smaller campaign')}")
    return lines


def _files(title: str, rows: Sequence[FileRow]) -> list[str]:
    if not rows:
        return []
    lines = [f"{title} ({count_of(len(rows), 'file')})"]
    lines += [f"  {printable(row.name)}: {printable(row.message)}" for row in rows[:_FILES]]
    if len(rows) > _FILES:
        lines.append(
            f"  … and {len(rows) - _FILES} more; --json and the sheet “Skipped files” of the workbook name all"
        )
    return lines


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _position_json(row: PositionRow) -> dict[str, Any]:
    shares = {stance.value: row.share(stance).to_json() for stance in _STANCES}
    return {
        "proposition": row.proposition_id,
        "text": row.text,
        "respondent_type": row.respondent_type.value if row.respondent_type else None,
        **shares,
        "not_addressed": row.not_addressed.to_json(),
    }


def _campaign_json(row: CampaignShare) -> dict[str, Any]:
    campaign = row.campaign
    return {
        "id": campaign.campaign_id,
        "kind": campaign.kind.value,
        "submissions": row.share.n,
        "template": campaign.template_text,
        "first_submitted_at": _moment(campaign.first_submitted_at),
        "last_submitted_at": _moment(campaign.last_submitted_at),
    }


def _file_json(row: FileRow) -> dict[str, Any]:
    return {"name": row.name, "submission": row.submission_id, "message": row.message}


def _bracketed(share: Share) -> str:
    return f" ({percent(share)})" if percent(share) else ""
