"""The command line: what it prints where, its exit codes, and one line that says what to do."""

import json
import os
import subprocess
import sys

import pytest
from make_analysis import make_analysis

from rfc_analyzer import __version__, tables
from rfc_analyzer.cli import DONE, NOTHING_DONE, SOME_UNREAD, main
from rfc_analyzer.model import FileStatus

PROGRAM = [sys.executable, "-m", "rfc_analyzer"]


@pytest.fixture
def folder(tmp_path):
    return make_analysis(tmp_path / "analysis").folder


def said(capsys):
    """Standard output, and the lines of standard error."""
    out, err = capsys.readouterr()
    return out, err.splitlines()


@pytest.fixture
def comment(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("I oppose this rule because it would cost small shops a day's work every week.")
    return file


def test_version_and_help(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0 and __version__ in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        main(["analyze", "--help"])
    assert stopped.value.code == 0 and "--codebook" in capsys.readouterr().out


def test_analyze_prints_the_summary_and_ends_with_0(comment, tmp_path, capsys):
    assert main(["analyze", str(comment), "--output", str(tmp_path / "out")]) == DONE
    out, err = said(capsys)
    assert "1 submission, 1 signatory, 1 distinct text" in out
    assert "Reading files" in err and "Reading files" not in out


def test_analyze_ends_with_1_where_a_file_could_not_be_read(comment, tmp_path, capsys):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    inputs = [str(comment), str(tmp_path / "broken.pdf")]
    assert main(["analyze", *inputs, "--output", str(tmp_path / "out"), "--json"]) == SOME_UNREAD
    found = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in found["unread"]] == ["broken.pdf"] and found["unread"][0]["message"]
    # a letter that can't be read was sent all the same
    assert found["counts"]["submissions"] == 2


WRONG = {
    "no such input": (["analyze", "{tmp}/nowhere", "--output", "{tmp}/out"], "nowhere"),
    "no such notice": (["analyze", "{tmp}/letter.txt", "--rfc", "{tmp}/no.pdf", "--output", "{tmp}/out"], "no.pdf"),
    "output is a file": (["analyze", "{tmp}/letter.txt", "--output", "{tmp}/letter.txt"], "is a file"),
    "a cluster": (["analyze", "{tmp}/letter.txt", "--scheduler", "tcp://x:1", "--output", "{tmp}/o"], "--engine dask"),
    "no analysis": (["compare", "{tmp}/out"], "rfc-analyzer analyze"),
    "unknown type": (["compare", "{tmp}/analysis", "--types", "alien"], "private_sector"),
    "unknown stance": (["export", "{tmp}/analysis", "--csv", "{tmp}/x", "--stances", "maybe"], "oppose"),
    "unknown theme": (["compare", "{tmp}/analysis", "--themes", "T99"], "T01"),
    "unknown group": (["compare", "{tmp}/analysis", "--groups", "aliens"], "individual"),
    "unknown by": (["compare", "{tmp}/analysis", "--by", "shoe size"], "respondent_type"),
    "nothing to compare": (["compare", "{tmp}/analysis", "--types", "academia"], "choose two groups"),
    "nothing to export": (["export", "{tmp}/analysis"], "--xlsx"),
    "dashboard of nothing": (["dashboard", "{tmp}/out"], "holds no finished analysis"),
}


@pytest.mark.parametrize("words,hint", WRONG.values(), ids=WRONG)
def test_what_cannot_be_done_ends_with_2_and_one_line(words, hint, folder, comment, tmp_path, capsys):
    assert main([word.format(tmp=tmp_path) for word in words]) == NOTHING_DONE
    out, err = said(capsys)
    assert not out
    assert len([line for line in err if line.startswith("rfc-analyzer: ")]) == 1
    assert hint in err[-1]


def test_a_wrong_word_ends_with_2():
    for words in (["compare", "x", "--unit", "shoes"], ["compare", "x", "--from", "tomorrow"], ["fly"], []):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == NOTHING_DONE


def test_a_message_cannot_command_the_terminal(tmp_path, capsys):
    assert main(["compare", str(tmp_path / "\x1b[2Jgone\nfor good")]) == NOTHING_DONE
    _, err = said(capsys)
    assert len(err) == 1 and "\x1b" not in err[0] and "gone for good" in err[0]


def test_a_folder_that_cannot_be_written_is_named(comment, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    assert main(["analyze", str(comment), "--output", str(tmp_path / "file" / "out")]) == NOTHING_DONE
    _, err = said(capsys)
    assert "check the path" in err[-1]


def test_ctrl_c_says_how_to_go_on(comment, tmp_path, capsys, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("rfc_analyzer.pipeline.analyze", interrupted)
    assert main(["analyze", str(comment), "--output", str(tmp_path / "out")]) == NOTHING_DONE
    assert said(capsys)[1][-1] == "rfc-analyzer: stopped; the same command again finishes it"


def test_compare_prints_text_or_json(folder, capsys):
    assert main(["compare", str(folder), "--groups", "individual,private_sector"]) == DONE
    assert "Groups by respondent type; figures count distinct texts" in capsys.readouterr().out
    assert main(["compare", str(folder), "--by", "campaign", "--unit", "submissions", "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert found["unit"] == "submissions"
    assert {g["name"]: g["denominators"]["submissions"] for g in found["groups"]} == {
        "form_letter": 4,
        "own_letter": 10,
    }


@pytest.mark.parametrize(
    "words,submissions",
    [
        (["--types", "individual,anonymous"], 7),
        (["--campaign", "only"], 4),
        (["--campaign", "without"], 10),
        (["--proposition", "P1"], 11),
        (["--proposition", "P1", "--stances", "oppose,mixed"], 3),
        (["--text", '"a day ahead" notice'], 2),
        (["--from", "2026-04-09", "--to", "2026-04-11"], 4),
        (["--themes", "T02", "--questions", "Q1"], 5),
    ],
)
def test_filters_of_the_command_line_are_those_of_the_api(words, submissions, folder, capsys):
    from rfc_analyzer.arguments import parser
    from rfc_analyzer.asked import filters_of
    from rfc_analyzer.store import load

    filters = filters_of(parser().parse_args(["compare", str(folder), *words]))
    assert len(filters.apply(load(folder))) == submissions


def test_every_filter_can_be_asked():
    """A field of the filters that no option sets would be missing from the command line."""
    from dataclasses import fields

    from rfc_analyzer.arguments import parser
    from rfc_analyzer.asked import filters_of
    from rfc_analyzer.comparison import Filters

    words = ["--types", "other", "--themes", "T1", "--questions", "Q1", "--proposition", "P1", "--stances", "support",
             "--campaign", "only", "--text", "x", "--from", "2026-01-01", "--to", "2026-01-02"]  # fmt: skip
    found = filters_of(parser().parse_args(["export", "a", *words]))
    unset = {f.name for f in fields(Filters) if getattr(found, f.name) == getattr(Filters(), f.name)}
    assert unset == {"submission_ids"}


def test_letters_that_a_terminal_lacks_do_not_stop_it(folder):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = subprocess.run([*PROGRAM, "compare", str(folder)], capture_output=True, text=True, env=environment)
    assert run.returncode == DONE and "Bear in mind" in run.stdout and "Traceback" not in run.stderr


def test_a_reader_that_stops_early_is_no_error(folder):
    with subprocess.Popen([*PROGRAM, "compare", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == DONE


def test_files_that_were_all_read_end_with_0(folder, capsys):
    from rfc_analyzer.cli import _report
    from rfc_analyzer.store import load

    assert _report(load(folder), as_json=False) == SOME_UNREAD
    analysis = load(folder)
    tables.FILES.write(folder, [f for f in analysis.rows(tables.FILES) if f.status is FileStatus.OK])
    assert _report(load(folder), as_json=False) == DONE
    capsys.readouterr()


def test_ingest_reports_every_file_and_analyze_goes_on_from_there(comment, tmp_path, capsys):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    inputs, output = [str(comment), str(tmp_path / "broken.pdf")], str(tmp_path / "out")
    assert main(["ingest", *inputs, "--output", output]) == SOME_UNREAD
    out, _ = said(capsys)
    assert "2 texts of 2 submissions: 1 read, 1 not read" in out
    assert "Could not be read (1)" in out and "broken.pdf: The PDF is damaged" in out
    assert main(["ingest", *inputs, "--output", output, "--json"]) == SOME_UNREAD
    assert [row["name"] for row in json.loads(capsys.readouterr().out)["files"]] == ["broken.pdf"]
    read = (tmp_path / "out" / "work" / "ingest" / "files.parquet").stat().st_mtime_ns
    assert main(["analyze", *inputs, "--output", output]) == SOME_UNREAD
    assert (tmp_path / "out" / "work" / "ingest" / "files.parquet").stat().st_mtime_ns == read


def test_an_engine_for_scans_that_is_not_there_is_told(comment, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("rfc_analyzer.pdf.recognisers.find_spec", lambda name: None)
    assert main(["ingest", str(comment), "--output", str(tmp_path / "out"), "--ocr", "rapidocr"]) == NOTHING_DONE
    assert "pip install 'rfc-analyzer[rapidocr]'" in said(capsys)[1][-1]
