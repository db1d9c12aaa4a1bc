"""Runs: small dockets, bad input, another docket's folder, and runs that are stopped and go on."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime

import pytest

from rfc_analyzer import analyze, load
from rfc_analyzer.cli import NOTHING_DONE, main
from rfc_analyzer.errors import BadAnalysis, BadCodebook, BadInput, BadNotice, EmptyDocket
from rfc_analyzer.model import Review, Stance
from rfc_analyzer.pipeline import _OWNER
from rfc_analyzer.report import summary
from rfc_analyzer.runstatus import RunState, read_status
from rfc_analyzer.settings import Settings
from rfc_analyzer.stages import STAGES
from rfc_analyzer.store import MANIFEST
from rfc_analyzer.tables import CONTRACT_TABLES, POSITIONS, REVIEWS

OPPOSES = "I oppose this rule because it would cost small shops a day's work every week. Please withdraw it."
SUPPORTS = "We support the rule. Clear prices help our customers plan their week and compare shops."
ASKS = "The agency should give shops two years to comply, since labels are costly and staff is short."
CODEBOOK = """\
docket_id: FPC-2026-0009
title: Shelf labels
propositions:
  - {id: P1, text: "The rule on shelf labels should be adopted.", questions: [1]}
"""
NOTICE = """\
Request for comment on shelf labels

The Commission asks:

1. Should the rule on shelf labels be adopted?

2. What would the rule cost small shops?
"""


@pytest.fixture
def letters(tmp_path):
    """A folder of three letters."""
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, text in (("a.txt", OPPOSES), ("b.txt", SUPPORTS), ("c.txt", ASKS)):
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def codebook(tmp_path):
    file = tmp_path / "codebook.yaml"
    file.write_text(CODEBOOK)
    return file


@pytest.fixture
def notice(tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE)
    return file


def tables(folder):
    return {table.name: table.path(folder).read_bytes() for table in CONTRACT_TABLES}


class Stopping:
    """A progress that stops the run when the stage ``at`` begins."""

    def __init__(self, at):
        self.at = at
        self.seen = []

    def stage(self, name, total):
        self.seen.append(name)
        if name == self.at:
            raise KeyboardInterrupt

    def advance(self, items=1, detail=""):
        pass


def test_one_submission_is_a_docket(letters, codebook, notice, tmp_path):
    found = analyze([letters / "a.txt"], tmp_path / "out", rfc=notice, codebook=codebook)
    assert len(found.submissions) == 1 and not len(found.campaigns)
    assert any("too few" in note for note in found.manifest.notes)
    (position,) = found.rows(POSITIONS)
    assert position.stance is Stance.OPPOSE
    assert "1 submission, 1 signatory, 1 distinct text" in summary(found)


def test_three_submissions_without_codebook_and_notice(letters, tmp_path):
    found = analyze([letters], tmp_path / "out")
    assert len(found.submissions) == 3 and not len(found.positions) and not len(found.questions)
    assert any(note.startswith("No codebook was given") for note in found.manifest.notes)
    assert any(note.startswith("No notice was given") for note in found.manifest.notes)
    assert "Positions" not in summary(found)


def test_nothing_that_argues_is_said_and_no_error(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("No.")
    found = analyze([tmp_path / "in"], tmp_path / "out")
    assert len(found.submissions) == 1 and not len(found.themes)
    assert any(note.startswith("No themes") for note in found.manifest.notes)


def test_copies_only_are_one_text(tmp_path, codebook):
    (tmp_path / "in").mkdir()
    for n in range(5):
        (tmp_path / "in" / f"{n}.txt").write_text(OPPOSES)
    found = analyze([tmp_path / "in"], tmp_path / "out", codebook=codebook)
    assert found.manifest.counts["submissions"] == 5 and found.manifest.counts["distinct_texts"] == 1
    assert len(found.positions) == 5


def test_a_notice_without_questions_is_said(letters, tmp_path):
    (tmp_path / "notice.txt").write_text("The Commission would like to hear from you about prices.")
    found = analyze([letters / "a.txt"], tmp_path / "out", rfc=tmp_path / "notice.txt")
    assert any("No numbered questions" in note for note in found.manifest.notes)


def test_the_codebook_names_a_docket_that_the_files_do_not(letters, codebook, tmp_path):
    found = analyze([letters / "a.txt"], tmp_path / "out", codebook=codebook)
    assert found.manifest.docket.docket_id == "FPC-2026-0009"
    assert set(found.submissions.docket_id) == {"FPC-2026-0009"}


def test_the_order_of_inputs_changes_nothing(letters, codebook, tmp_path):
    files = sorted(letters.iterdir())
    (letters / "d.txt").write_text(OPPOSES)
    straight = analyze([*files, letters / "d.txt"], tmp_path / "straight", codebook=codebook)
    turned = analyze([letters / "d.txt", *reversed(files)], tmp_path / "turned", codebook=codebook)
    assert tables(straight.folder) == tables(turned.folder)
    assert turned.manifest.inputs == straight.manifest.inputs and turned.manifest.docket == straight.manifest.docket


def test_files_of_one_name_keep_their_ids_in_any_order(tmp_path):
    paths = [tmp_path / folder / "letter.txt" for folder in ("x", "y")]
    for path, text in zip(paths, (OPPOSES, SUPPORTS), strict=True):
        path.parent.mkdir()
        path.write_text(text)
    straight = analyze(paths, tmp_path / "straight")
    turned = analyze([*reversed(paths), paths[0]], tmp_path / "turned")
    assert len(turned.submissions) == 2
    assert tables(straight.folder) == tables(turned.folder)


def test_another_seed_is_recorded(letters, tmp_path):
    found = analyze([letters], tmp_path / "out", settings=Settings(seed=7))
    assert found.manifest.seed == 7 and found.manifest.settings["seed"] == 7


NOTHING = {
    "no file": {},
    "empty files": {"a.txt": b"", "b.txt": b" \n "},
    "broken files": {"a.pdf": b"%PDF-1.7 nothing", "b.bin": b"\0\1\2"},
}


@pytest.mark.parametrize("files", NOTHING.values(), ids=NOTHING)
def test_a_folder_without_readable_text(files, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    for name, data in files.items():
        (tmp_path / "in" / name).write_bytes(data)
    with pytest.raises(EmptyDocket):
        analyze([tmp_path / "in"], tmp_path / "out")
    capsys.readouterr()
    assert main(["analyze", str(tmp_path / "in"), "--output", str(tmp_path / "out")]) == NOTHING_DONE
    out, err = capsys.readouterr()
    said = [line for line in err.splitlines() if line != "Reading files"]
    assert not out and len(said) == 1 and said[0].startswith("rfc-analyzer: no ")
    assert read_status(tmp_path / "out").state is RunState.FAILED
    with pytest.raises(BadAnalysis):
        load(tmp_path / "out")


def test_a_wrong_codebook_names_its_line_and_key(letters, tmp_path, capsys):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CODEBOOK.replace("text:", "txet:"))
    with pytest.raises(BadCodebook, match=r"wrong\.yaml, line 4: key 'txet'"):
        analyze([letters], tmp_path / "out", codebook=wrong)
    assert not (tmp_path / "out").exists()


def test_a_notice_that_cannot_be_read(letters, tmp_path):
    (tmp_path / "notice.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(BadNotice, match=r"notice\.pdf"):
        analyze([letters], tmp_path / "out", rfc=tmp_path / "notice.pdf")
    with pytest.raises(BadInput, match=r"the notice file .* does not exist"):
        analyze([letters], tmp_path / "out", rfc=tmp_path / "none.pdf")


def test_no_input_is_refused(tmp_path):
    with pytest.raises(BadInput, match="no input was given"):
        analyze([], tmp_path / "out")


def test_another_dockets_folder_is_refused_unless_fresh(letters, codebook, tmp_path):
    out = tmp_path / "out"
    first = analyze([letters / "a.txt"], out, codebook=codebook)
    codebook.write_text(CODEBOOK.replace("FPC-2026-0009", "FPC-2026-0010"))
    with pytest.raises(BadAnalysis, match=r"FPC-2026-0009.*--fresh"):
        analyze([letters / "b.txt"], out, codebook=codebook)
    assert load(out).manifest.docket == first.manifest.docket
    assert len(load(out).submissions) == 1
    again = analyze([letters / "b.txt"], out, codebook=codebook, fresh=True)
    assert again.manifest.docket.docket_id == "FPC-2026-0010"


def test_a_stopped_run_of_another_docket_is_refused_too(letters, codebook, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        analyze([letters], out, codebook=codebook, progress=Stopping("Finding themes"))
    assert json.loads((out / _OWNER).read_text())["docket_id"] == "FPC-2026-0009"
    codebook.write_text(CODEBOOK.replace("FPC-2026-0009", "FPC-2026-0010"))
    with pytest.raises(BadAnalysis, match="FPC-2026-0009"):
        analyze([letters], out, codebook=codebook)


def test_reviews_outlive_every_run(letters, codebook, tmp_path):
    out = tmp_path / "out"
    found = analyze([letters], out, codebook=codebook)
    day = datetime.fromisoformat(found.manifest.created_at)
    review = Review("R1", day, "Ann", "positions", "a", "stance", "", "none", "")
    REVIEWS.write(out, [review])
    analyze([letters], out, codebook=codebook)
    analyze([letters], out, codebook=codebook, fresh=True)
    assert load(out).rows(REVIEWS) == [review]


def test_a_second_run_keeps_finished_stages(letters, codebook, tmp_path):
    out = tmp_path / "out"
    analyze([letters], out, codebook=codebook)
    before, progress = tables(out), Stopping(None)
    analyze([letters], out, codebook=codebook, progress=progress)
    assert progress.seen == [] and tables(out) == before
    fresh = Stopping(None)
    analyze([letters], out, codebook=codebook, fresh=True, progress=fresh)
    assert "Reading files" in fresh.seen and tables(out) == before


def test_a_changed_proposition_reads_positions_only(letters, codebook, tmp_path):
    out = tmp_path / "out"
    analyze([letters], out, codebook=codebook)
    codebook.write_text(CODEBOOK.replace("adopted", "withdrawn"))
    progress = Stopping(None)
    again = analyze([letters], out, codebook=codebook, progress=progress)
    assert set(progress.seen) == {"Reading positions"}
    assert again.propositions.text.tolist() == ["The rule on shelf labels should be withdrawn."]


def test_a_changed_file_is_read_again(letters, tmp_path):
    out = tmp_path / "out"
    analyze([letters], out)
    (letters / "a.txt").write_text(OPPOSES.replace("oppose", "support"))
    again = analyze([letters], out)
    assert any("I support this rule" in text for text in again.files.text)


def test_a_run_stopped_at_every_stage_goes_on_to_the_same_result(letters, codebook, notice, tmp_path):
    inputs = {"rfc": notice, "codebook": codebook}
    out, titles = tmp_path / "stopped", [stage.title for stage in STAGES]
    for before, title in zip([None, *titles], titles, strict=False):
        progress = Stopping(title)
        with pytest.raises(KeyboardInterrupt):
            analyze([letters], out, **inputs, progress=progress)
        # what was finished is not done again
        assert list(dict.fromkeys(progress.seen)) == [t for t in (before, title) if t]
        assert read_status(out).state is RunState.CANCELLED
        with pytest.raises(BadAnalysis):
            load(out)
    stopped = analyze([letters], out, **inputs)
    whole = analyze([letters], tmp_path / "whole", **inputs)
    assert tables(stopped.folder) == tables(whole.folder)
    apart = {"created_at": "", "timings": {}}
    assert replace(stopped.manifest, **apart) == replace(whole.manifest, **apart)
    assert read_status(out).state is RunState.DONE


def test_a_run_stopped_while_it_writes_leaves_no_mixture(letters, codebook, tmp_path, monkeypatch):
    out = tmp_path / "out"
    analyze([letters], out, codebook=codebook)
    (letters / "d.txt").write_text(ASKS)

    def stopped(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("rfc_analyzer.pipeline.save_manifest", stopped)
        analyze([letters], out, codebook=codebook)
    assert not (out / MANIFEST).exists()
    assert len(analyze([letters], out, codebook=codebook).submissions) == 4


def test_ctrl_c_stops_the_program_and_the_same_command_finishes(letters, codebook, tmp_path):
    for n in range(60):
        (letters / f"{n:03}.txt").write_text(f"{OPPOSES} This is letter {n}, and shop {n} is mine.")
    out = tmp_path / "out"
    asked = ["analyze", str(letters), "--codebook", str(codebook), "--output", str(out)]
    command = [sys.executable, "-m", "rfc_analyzer", *asked]
    with subprocess.Popen(
        [sys.executable, "-c", _LASTS, str(tmp_path / "at work"), *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        _wait_for(tmp_path / "at work", run)
        # as a terminal does it: to the program and the processes that it started
        os.killpg(run.pid, signal.SIGINT)
        stdout, stderr = run.communicate(timeout=60)
    assert run.returncode == NOTHING_DONE and not stdout, stderr
    assert stderr.splitlines()[-1] == "rfc-analyzer: stopped; the same command again finishes it"
    assert "Traceback" not in stderr
    assert read_status(out).state is RunState.CANCELLED
    again = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "63 submissions" in again.stdout
    whole = analyze([letters], tmp_path / "whole", codebook=codebook)
    assert tables(out) == tables(whole.folder)


# the program, at work on themes until it is stopped: a small docket is done before a signal comes
_LASTS = """
import signal, sys, time
from pathlib import Path
import rfc_analyzer.themes
from rfc_analyzer.cli import main

# what a shell starts in the background ignores the signal, and hands that down
signal.signal(signal.SIGINT, signal.default_int_handler)

def last(*args, **kwargs):
    Path(sys.argv[1]).touch()
    time.sleep(600)

rfc_analyzer.themes.find_themes = last
sys.exit(main(sys.argv[2:]))
"""


def _wait_for(mark, run):
    for _ in range(1200):
        if mark.exists():
            return
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.05)
    raise AssertionError("the run did not begin")
