"""The documentation is true: commands and examples run, options and decisions are all there, links lead somewhere."""

import argparse
import contextlib
import io
import json
import re
import runpy
import shlex
from pathlib import Path

import pytest
from make_analysis import make_analysis
from openpyxl import load_workbook

import rfc_analyzer
from rfc_analyzer import export, load
from rfc_analyzer.arguments import parser
from rfc_analyzer.cli import DONE, SOME_UNREAD, main
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.tables import POSITIONS, SUBMISSIONS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "samples" / "README.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def commands(text):
    """The lines of shell blocks that call this program."""
    lines = [line for block in blocks(text, "sh") for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("rfc-analyzer ")]


def subcommands(command=None, above=""):
    """All commands by name, with those below them."""
    found = {}
    for action in (command or parser())._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found |= {f"{above}{name}": below, **subcommands(below, f"{above}{name} ")}
    return found


def options():
    return [
        (name, option)
        for name, command in subcommands().items()
        for action in command._actions
        for option in action.option_strings or [action.metavar or action.dest]
    ]


def section(page, command):
    return page.split(f"## rfc-analyzer {command}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("command,option", options())
def test_every_command_and_option_is_in_the_docs(command, option):
    assert option in section((DOCS / "cli.md").read_text(encoding="utf-8"), command)


def test_the_page_of_the_command_line_is_the_programs_own_help(monkeypatch):
    # versions of Python break lines differently
    monkeypatch.setenv("COLUMNS", "100")
    made = runpy.run_path(str(ROOT / "scripts" / "make_cli_docs.py"))["page"]()
    assert made.split() == (DOCS / "cli.md").read_text(encoding="utf-8").split(), "run: make docs"


def test_the_readme_begins_with_the_two_commands():
    assert [line.split("#")[0].split() for line in blocks(README, "sh")[0].splitlines()] == [
        ["make", "demo"],
        ["make", "test"],
    ]
    assert README.index("```sh") < 600
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"demo", "test", "install", "docs"} <= set(targets)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not re.match(r"https?://|#", target):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_every_decision_is_in_the_index():
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    for page in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        number, title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(". ", 1)
        assert page.name.startswith(f"{int(number):04d}-")
        assert f"[{number}]({page.name}) | {title} |" in index, f"add {page.name} to docs/decisions/README.md"


@pytest.mark.parametrize("words", commands((DOCS / "user-guide.md").read_text(encoding="utf-8")), ids=" ".join)
def test_commands_of_the_guide_can_be_typed(words):
    assert parser().parse_args(words).command == words[0]


def test_the_guides_codebook_is_one(tmp_path):
    (tmp_path / "codebook.yaml").write_text(blocks((DOCS / "user-guide.md").read_text(encoding="utf-8"), "yaml")[0])
    book = read_codebook(tmp_path / "codebook.yaml")
    assert len(book.propositions) == 2 and book.seed_themes and book.type_rules


def test_the_guide_names_every_sheet_of_the_workbook(tmp_path):
    """Sheets are named where they are made; a new one must be told of."""
    guide = (DOCS / "user-guide.md").read_text(encoding="utf-8")
    export(make_analysis(tmp_path / "analysis"), xlsx=tmp_path / "x.xlsx")
    sheets = load_workbook(tmp_path / "x.xlsx", read_only=True).sheetnames
    rows = {name.strip() for row in re.findall(r"^\| ([A-Z][^|]+) \|", guide, re.MULTILINE) for name in row.split(",")}
    assert set(sheets) <= rows, set(sheets) - rows


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """The README's commands, run one after the other: the folder, their exit codes, and what they printed."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "samples").symlink_to(ROOT / "samples")
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as out:
        patch.chdir(folder)
        patch.setattr("rfc_analyzer.serving.serve", lambda analysis, port: DONE)
        codes = {words[0]: main(words) for words in commands(README)}
    return folder, codes, out.getvalue()


def test_commands_of_the_readme_run(typed):
    folder, codes, out = typed
    # the sample has files that can't be read
    assert codes == {"analyze": SOME_UNREAD, "compare": DONE, "review": DONE, "export": DONE, "dashboard": DONE}
    assert "43 submissions" in out and "Groups by respondent type" in out
    assert (folder / "summary.xlsx").exists() and (folder / "to-review.xlsx").exists()


def test_the_example_of_the_readme_runs(typed, monkeypatch):
    folder, _, _ = typed
    monkeypatch.chdir(folder)
    (folder / "summary.xlsx").unlink(missing_ok=True)
    (example,) = blocks(README, "python")
    assert len([line for line in example.splitlines() if line.strip()]) == 8
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(example, "README.md", "exec"), {})
    assert "individual" in out.getvalue() and " of " in out.getvalue()
    assert (folder / "summary.xlsx").exists()


def test_what_the_readme_claims_of_respondent_types(typed):
    labels = json.loads((ROOT / "samples" / "expected.json").read_text(encoding="utf-8"))["submissions"]
    found = {s.submission_id: s.respondent_type for s in load(typed[0] / "my-analysis").rows(SUBMISSIONS)}
    right = sum(found[label["id"]] == label["respondent_type"] for label in labels)
    assert f"{right} of {len(labels)} respondents" in " ".join(README.split())


def test_what_the_readme_claims_of_positions(typed):
    labels = json.loads((ROOT / "samples" / "expected.json").read_text(encoding="utf-8"))["submissions"]
    there = {(label["id"], p): said["stance"] for label in labels for p, said in label["positions"].items()}
    read = {(p.submission_id, p.proposition_id): p.stance for p in load(typed[0] / "my-analysis").rows(POSITIONS)}
    found = there.keys() & read.keys()
    claimed = re.search(
        r"finds (\d+) of the (\d+) that are there, and the stance is right in (\d+) of", README.replace("\n", " ")
    )
    assert int(claimed[2]) == len(there)
    # processors round differently in the last digits, which can tip a position that hangs on them
    assert abs(int(claimed[1]) - len(found)) <= 3
    assert abs(int(claimed[3]) - sum(there[key] == read[key] for key in found)) <= 3


def test_public_names_are_explained():
    for name in rfc_analyzer.__all__:
        assert getattr(rfc_analyzer, name).__doc__, name
