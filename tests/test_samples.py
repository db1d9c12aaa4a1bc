"""The sample docket is what its program makes, its labels hold together, and every label's words can be read in it."""

import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from gather_intake import gather
from PIL import Image

from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.model import FileRole, FileStatus, RespondentType, Stance, TextSource
from rfc_analyzer.progress import Silent
from rfc_analyzer.questions import read_questions
from rfc_analyzer.settings import IngestSettings

SAMPLES = Path(__file__).parent.parent / "samples"
DOCKET = SAMPLES / "submissions"
PICTURES = (".png", "scan0031.pdf")  # their last bits depend on the machine's image libraries
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
LABELS = {label["id"]: label for label in EXPECTED["submissions"]}


def even(text):
    return " ".join(text.split())


def files_below(folder):
    kept = ("notice.pdf", "expected.json", "submissions/")
    paths = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths if path.name != ".DS_Store"}
    return {name: path.read_bytes() for name, path in names.items() if name.startswith(kept)}


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def picture(data):
    if data.startswith(b"%PDF"):
        return np.asarray(pypdfium2.PdfDocument(data)[0].render(scale=0.5).to_pil().convert("L"), dtype=float)
    return np.asarray(Image.open(io.BytesIO(data)).convert("L").reduce(3), dtype=float)


@pytest.fixture(scope="module")
def intake():
    return gather([DOCKET], IngestSettings(workers=1), Silent(), SAMPLES / "notice.pdf")


@pytest.fixture(scope="module")
def texts(intake):
    """All that was read of each submission, with white space made even."""
    return {i: even("\n".join(f.text for f in intake.files if f.submission_id == i)) for i in LABELS}


def test_the_program_makes_the_same_files_again(tmp_path):
    subprocess.run([sys.executable, str(SAMPLES / "make"), str(tmp_path)], check=True)
    stored, again = files_below(SAMPLES), files_below(tmp_path)
    assert sorted(stored) == sorted(again)
    for name, data in stored.items():
        if name.endswith(PICTURES):
            assert np.abs(picture(data) - picture(again[name])).mean() < 2, name
        elif zipfile.is_zipfile(io.BytesIO(data)):
            assert members(data) == members(again[name]), name
        else:
            assert data == again[name], name


def test_labels_use_the_words_of_the_project_and_the_codebook(intake):
    propositions = {p.proposition_id for p in read_codebook(SAMPLES / "codebook.yaml").propositions}
    questions = {q.number for q in read_questions(intake.notice)}
    assert len(LABELS) == len(EXPECTED["submissions"]) == EXPECTED["counts"]["submissions"]
    for label in LABELS.values():
        assert label["respondent_type"] in set(RespondentType)
        assert set(label["positions"]) <= propositions
        assert {p["stance"] for p in label["positions"].values()} <= set(Stance)
        assert set(label["questions_named"]) <= questions
        assert label["signatories"] >= 1
        assert (label["campaign"] is None) == (label["campaign_role"] == "unique")


def test_questions_of_the_notice_are_all_read(intake):
    asked = ["1", "1a", "1b", "2", "2a", "2b", "3", "3a", "3b", "4", "4a", "4b", "5", "5a", "5b", "6", "6a", "6b", "7"]
    questions = read_questions(intake.notice)
    assert [q.number for q in questions] == asked
    assert all(q.text.endswith("?") for q in questions)


@pytest.mark.parametrize("submission_id", sorted(LABELS))
def test_quotes_are_read_from_the_files(submission_id, texts):
    for position in LABELS[submission_id]["positions"].values():
        assert even(position["quote"]) in texts[submission_id]


def test_every_submission_and_every_flaw_is_found(intake):
    assert {s.submission_id for s in intake.submissions} == set(LABELS)
    unread = {f.name for f in intake.files if f.status is FileStatus.SKIPPED and "not found" not in f.name}
    assert unread == {entry["name"] for entry in EXPECTED["skipped"]}
    missing = [f.submission_id for f in intake.files if f.name.endswith("(not found)")]
    assert missing == EXPECTED["missing_attachments"]
    copies = [f.submission_id for f in intake.files if f.status is FileStatus.DUPLICATE]
    assert copies == EXPECTED["form_repeats_attachment"]


def test_the_docket_has_every_type_stance_and_format(intake):
    assert {label["respondent_type"] for label in LABELS.values()} == set(RespondentType)
    taken = {(key, p["stance"]) for label in LABELS.values() for key, p in label["positions"].items()}
    assert {(key, stance) for key in ("P1", "P2", "P5", "P6") for stance in Stance} <= taken
    assert {("P3", "support"), ("P3", "oppose"), ("P4", "support"), ("P4", "mixed")} <= taken
    sources = {f.text_source for f in intake.files if f.role in (FileRole.FORM, FileRole.ATTACHMENT)}
    assert {TextSource.DOCX, TextSource.HTML, TextSource.TXT, TextSource.CSV, TextSource.JSON, TextSource.XLSX,
            TextSource.OCR} <= sources  # fmt: skip
    assert {TextSource.PDF_TEXT, TextSource.PDF_LAYOUT} & sources


def test_scans_carry_how_sure_the_recogniser_was(intake):
    scans = [f for f in intake.files if f.text_source in (TextSource.OCR, TextSource.IMAGE)]
    assert scans and all(0.5 < f.ocr_confidence <= 1 for f in scans)
    assert all(f.ocr_confidence is None for f in intake.files if f.text_source is TextSource.DOCX)


def test_counts_follow_from_the_labels():
    counts, labels = EXPECTED["counts"], LABELS.values()
    assert counts["signatories"] == sum(label["signatories"] for label in labels)
    roles = sorted(label["campaign_role"] for label in labels if label["campaign"])
    assert roles == ["contains", "exact", "exact", "near", "near", "near", "near", "original"]
    assert counts["distinct_texts"] == len(LABELS) - len(roles) + 1


def test_the_hostile_comment_stays_as_it_was_typed(intake):
    text = next(f.text for f in intake.files if f.submission_id == "FSMA-2026-0007-0009")
    for typed in ('=HYPERLINK("http://tracker.invalid/click"', "![](http://tracker.invalid/x.png)"):
        assert typed in text
    assert "\u202e" in (DOCKET / "comment_details.csv").read_text(encoding="utf-8")


def test_nothing_leads_to_a_real_address():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (SAMPLES / "make").rglob("*.txt"))
    tables = (DOCKET / "comment_details.csv").read_text(encoding="utf-8")
    hosts = re.findall(r"(?:https?://|@)([\w-]+(?:\.[\w-]+)+)", sources + tables)
    assert hosts
    assert all(host.endswith(".invalid") for host in hosts)


def test_the_docket_is_small():
    assert sum(len(data) for data in files_below(SAMPLES).values()) < 3_000_000
