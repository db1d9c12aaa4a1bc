"""What the command line prints: true to the figures, readable, and harmless to a terminal."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from make_analysis import LETTERS, SKIPPED, make_analysis

from rfc_analyzer import tables
from rfc_analyzer.comparison import compare, positions_by_type
from rfc_analyzer.model import Campaign, CampaignKind, CampaignRole, Docket, FileStatus, Stance
from rfc_analyzer.report import comparison_text, summary, summary_json, unread
from rfc_analyzer.store import load, save_manifest
from rfc_analyzer.words import printable

EVIL = "Ha\x1b[2J\x1b]0;owned\x07rd\x1b]8;;http://evil.invalid\x1b\\ly\u202e\x00\r\nsafe\x9b31m"


@pytest.fixture
def analysis(tmp_path):
    return make_analysis(tmp_path / "analysis")


def lines_of(text, title):
    """The lines below ``title`` up to the next empty line."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(title))
    return lines[start + 1 : [*lines, ""].index("", start)]


def rewritten(analysis, table, change):
    table.write(analysis.folder, [change(row) for row in analysis.rows(table)])
    return load(analysis.folder)


def test_the_summary_begins_with_the_docket_and_its_three_denominators(analysis):
    assert summary(analysis).splitlines()[:3] == [
        "Electronic Shelf Labels and Prices that Change During the Day (FPC-2026-0003)",
        "14 submissions, 16 signatories, 11 distinct texts",
        "Submitted 2026-04-03 to 2026-04-14",
    ]


def test_who_answered(analysis):
    rows = dict(line.rsplit(maxsplit=2)[::2] for line in lines_of(summary(analysis), "Who answered"))
    assert {name.strip(): share for name, share in rows.items()} == {
        "individual": "36%",
        "private sector": "14%",
        "association": "7%",
        "nonprofit": "7%",
        "academia": "7%",
        "government": "7%",
        "anonymous": "14%",
        "other": "7%",
    }


def test_positions_stand_in_a_table_by_type(analysis):
    text = summary(analysis)
    assert "8 of 11 take it up: 5 support (62%), 2 oppose (25%), 1 mixed (12%)" in text
    head = next(line for line in text.splitlines() if "support/oppose/mixed" in line)
    assert head.split() == ["support/oppose/mixed", "of", "P1", "P2", "P3"]
    rows = {line[:22].strip(): line[22:].split() for line in lines_of(text, head)}
    for row in positions_by_type(analysis):
        cells = rows[row.respondent_type.value.replace("_", " ")]
        counts = [row.share(s).n for s in (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED)]
        shown = cells[1 + ["P1", "P2", "P3"].index(row.proposition_id)]
        assert shown == ("/".join(map(str, counts)) if any(counts) else "-")
        assert cells[0] == str(row.support.of)


def test_shares_of_fewer_than_five_have_no_percentage(analysis):
    kept = rewritten(analysis, tables.POSITIONS, lambda row: row)
    tables.POSITIONS.write(
        kept.folder, [p for p in kept.rows(tables.POSITIONS) if p.submission_id[-2:] in ("01", "02")]
    )
    assert "2 of 11 take it up: 0 support, 2 oppose, 0 mixed" in summary(load(kept.folder))


def test_campaigns_files_and_notes(analysis):
    text = summary(analysis)
    assert "Form letters (1 campaign with 4 of 14 submissions)" in text
    assert lines_of(text, "Could not be read (1 file)") == [f"  broken.pdf: {SKIPPED}"]
    assert lines_of(text, "Notes") == ["  The metadata table names one submission twice; it counts once."]


def test_unread_files_are_named_with_what_to_do(analysis):
    assert [(row.name, row.message) for row in unread(analysis)] == [("broken.pdf", SKIPPED)]
    tables.FILES.write(analysis.folder, [f for f in analysis.rows(tables.FILES) if f.status is FileStatus.OK])
    assert not unread(load(analysis.folder))


def test_a_long_list_of_files_says_how_many_more_there_are(analysis):
    broken = next(f for f in analysis.rows(tables.FILES) if f.status is FileStatus.SKIPPED)
    tables.FILES.write(analysis.folder, [replace(broken, name=f"{n}.pdf", file_id=f"f{n}") for n in range(30)])
    lines = lines_of(summary(load(analysis.folder)), "Could not be read (30 files)")
    assert len(lines) == 21 and lines[-1].startswith("  … and 10 more")
    assert len(json.loads(summary_json(load(analysis.folder)))["unread"]) == 30


def test_json_carries_denominators_and_units(analysis):
    found = json.loads(summary_json(analysis))
    assert found["docket"]["id"] == "FPC-2026-0003"
    assert found["counts"] == {"submissions": 14, "signatories": 16, "distinct_texts": 11}
    everyone = next(r for r in found["positions"] if r["proposition"] == "P1" and r["respondent_type"] is None)
    assert (everyone["support"]["n"], everyone["support"]["of"]) == (5, 11)
    assert everyone["support"]["unit"] == "distinct_texts"
    hidden = next(r for r in found["positions"] if r["proposition"] == "P1" and r["respondent_type"] == "academia")
    assert hidden["support"]["value"] is None and hidden["support"]["of"] == 1
    assert found["unread"] == [{"name": "broken.pdf", "submission": None, "message": SKIPPED}]
    assert {c["submissions"] for c in found["campaigns"]} == {4}


def test_nothing_from_outside_commands_the_terminal(analysis):
    analysis = rewritten(analysis, tables.FILES, lambda f: replace(f, name=EVIL) if f.message else f)
    analysis = rewritten(analysis, tables.THEMES, lambda t: replace(t, label=EVIL))
    analysis = rewritten(analysis, tables.PROPOSITIONS, lambda p: replace(p, text=EVIL))
    analysis = rewritten(analysis, tables.QUESTIONS, lambda q: replace(q, text=EVIL))
    analysis = rewritten(analysis, tables.CAMPAIGNS, lambda c: replace(c, template_text=EVIL))
    docket = Docket("FPC-1", EVIL)
    save_manifest(analysis.folder, replace(analysis.manifest, docket=docket, notes=(EVIL,)))
    analysis = load(analysis.folder)
    groups = ["individual", "private_sector"]
    for text in (summary(analysis), comparison_text(compare(analysis, groups=groups))):
        assert "Hardly safe" in text
        assert all(c == "\n" or c.isprintable() for c in text), text
        assert "owned" not in text and "[2J" not in text


@pytest.mark.parametrize(
    "text,shown",
    [
        ("plain  text\twith\nspace ", "plain text with space"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x\x1b]52;c;aGk=\x1b\\y", "xy"),
        ("\x9b2Jx\x9d0;t\x9cy", "xy"),
        ("never closed \x1b]0;title", "never closed"),
        ("a\x00b\x08c\x7fd", "abcd"),
        ("left\u202eright\u2066\u200b", "leftright"),
        ("half \ud83d a pair", "half a pair"),
        ("Zoë Łukasz 日本 😀 “quoted”", "Zoë Łukasz 日本 😀 “quoted”"),
    ],
)
def test_printable(text, shown):
    assert printable(text) == shown


def test_campaigns_beyond_the_largest_are_counted(analysis):
    day = datetime(2026, 4, 1, tzinfo=UTC)
    sizes = (1, 1, 1, 1, 1, 2, 3, 4)
    rows = [
        Campaign(f"C{n}", CampaignKind.NEAR, size, LETTERS[9].id, f"letter {n}", day, day)
        for n, size in enumerate(sizes, start=1)
    ]
    tables.CAMPAIGNS.write(analysis.folder, rows)
    belongs = [row.campaign_id for row in rows for _ in range(row.submissions)]
    letters = [
        replace(s, campaign_id=of, campaign_role=CampaignRole.EXACT)
        for s, of in zip(analysis.rows(tables.SUBMISSIONS), belongs, strict=True)
    ]
    tables.SUBMISSIONS.write(analysis.folder, letters)
    lines = lines_of(summary(load(analysis.folder)), "Form letters (8 campaigns")
    assert [line.split("“")[-1].rstrip("”") for line in lines[:5]] == [f"letter {n}" for n in (8, 7, 6, 1, 2)]
    assert lines[5].strip() == "… and 3 smaller campaigns"


def test_two_groups_are_compared_with_a_difference(analysis):
    text = comparison_text(compare(analysis, by="campaign", groups=["form_letter", "own_letter"]))
    assert text.startswith("Groups by campaign; figures count distinct texts")
    assert any("1 distinct text" in line and "4 submissions" in line for line in text.splitlines())
    assert "difference" in text and "Respondents chose themselves" in text


def test_three_groups_keep_their_names_and_more_get_letters(analysis):
    three = comparison_text(compare(analysis, groups=["individual", "private_sector", "association"]))
    assert "difference" not in three
    assert any(line.split()[:4] == ["individual", "private", "sector", "association"] for line in three.splitlines())
    four = comparison_text(compare(analysis, groups=["individual", "private_sector", "association", "nonprofit"]))
    assert any(line.split()[:5] == ["A", "B", "C", "D", "p"] for line in four.splitlines())
    assert any(line.split()[:2] == ["B", "private"] for line in four.splitlines())


def test_stances_show_their_own_denominator(analysis):
    text = comparison_text(compare(analysis, groups=["individual", "private_sector"]))
    lines = lines_of(text, "Positions:")
    first = next(i for i, line in enumerate(lines) if line.startswith("  P1 "))
    cells = [line.split() for line in lines[first + 1 : first + 3]]
    assert cells[0][4:6] == ["2", "2"]
    assert cells[1] == ["support", "2/2", "0/2"]
