"""What a run was given is kept beside the analysis, and lets the dashboard run it again."""

import json
from pathlib import Path

import pytest
from make_analysis import make_analysis
from streamlit.testing.v1 import AppTest

from dashboards import jobs
from rfc_analyzer.arguments import parser
from rfc_analyzer.cli import main
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.given import Given, given_in, keep_given, read_given
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE

ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"


def given(*typed):
    return given_in(parser().parse_args(["analyze", *typed, "--output", "out"]))


@pytest.mark.parametrize(
    ("typed", "kept", "files"),
    [
        (["letters"], ["/here/letters"], ["/here/letters"]),
        (["/a", "b.csv", "--seed", "3"], ["/a", "/here/b.csv", "--seed", "3"], ["/a", "/here/b.csv"]),
        (["s3://comments/docket"], ["s3://comments/docket"], []),
        (["a", "--fresh", "--json", "--question-themes"], ["/here/a", "--question-themes"], ["/here/a"]),
        (["a", "--rfc", "n.pdf", "--id-column", "No."], ["/here/a", "--rfc", "/here/n.pdf", "--id-column", "No."],
         ["/here/a", "/here/n.pdf"]),
        (["a", "--seed", "0", "--engine", "local", "--resume"], ["/here/a"], ["/here/a"]),
    ],
)  # fmt: skip
def test_it_is_kept_with_whole_paths_and_without_what_is_not_the_runs_own(typed, kept, files, monkeypatch):
    monkeypatch.setattr(Path, "absolute", lambda path: path if path.is_absolute() else Path("/here") / path)
    found = given(*typed)
    assert list(found.arguments) == kept
    assert [str(path) for path in found.files] == files
    again = parser().parse_args(["analyze", *found.arguments, "--output", "out"])
    assert given_in(again) == found


def test_it_comes_back_from_the_folder(tmp_path):
    kept = Given(("/a", "--seed", "3"), (Path("/a"),))
    keep_given(tmp_path, kept)
    assert read_given(tmp_path) == kept
    assert kept.gone == [Path("/a")]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"arguments": "x", "files": []}', '{"arguments": [1], "files": []}'])
def test_what_is_damaged_is_not_known(tmp_path, text):
    (tmp_path / "command.json").write_text(text)
    assert read_given(tmp_path) is None


def test_the_command_keeps_it(tmp_path, monkeypatch):
    (tmp_path / "letter.txt").write_text("I support the proposed fee for harbours, because dredging must be paid for.")
    monkeypatch.chdir(tmp_path)
    assert main(["analyze", "letter.txt", "--output", "out", "--seed", "5"]) == 0
    assert read_given(tmp_path / "out").arguments == (str(tmp_path / "letter.txt"), "--seed", "5")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """An analysis of the command line, and the dashboard on it; its inputs are there."""
    folder = make_analysis(tmp_path / "elsewhere").folder
    (tmp_path / "letters").mkdir()
    keep_given(folder, Given((str(tmp_path / "letters"), "--seed", "3"), (tmp_path / "letters",)))
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv(ANALYSIS_VARIABLE, str(folder))
    return folder


def positions():
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    app.switch_page("screens/positions.py").run()
    assert not app.exception
    return app


def test_positions_are_read_again_in_a_copy(elsewhere, monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr(jobs, "start", lambda *asked: started.append(asked))
    before = sorted(path.name for path in elsewhere.iterdir())
    app = positions()
    app.button(key="propositions-run").click().run()
    assert not app.exception
    ((folder, title, arguments),) = started
    assert folder.parent == tmp_path / "home" and (folder / "manifest.json").exists()
    assert arguments[:3] == [str(tmp_path / "letters"), "--seed", "3"]
    assert len(read_codebook(Path(arguments[-1])).propositions) == 3
    assert sorted(path.name for path in elsewhere.iterdir()) == before, "the analysis itself stays as it is"
    assert title in (folder / "name.txt").read_text()


def test_where_the_inputs_are_gone_it_says_so(elsewhere, tmp_path):
    (tmp_path / "letters").rmdir()
    app = positions()
    assert "propositions-run" not in [button.key for button in app.button]
    assert any("are gone" in warning.value for warning in app.warning)
    assert str(tmp_path / "letters") in [text.value for text in app.text]


def test_nothing_of_it_goes_into_exports(elsewhere, tmp_path):
    assert main(["export", str(elsewhere), "--csv", str(tmp_path / "csv")]) == 0
    told = [path.read_text(encoding="utf-8-sig") for path in (tmp_path / "csv").iterdir()]
    assert told and not any(str(tmp_path) in text for text in told)
    assert json.loads((elsewhere / "command.json").read_text())["files"] == [str(tmp_path / "letters")]
