"""Files that break programs cost only themselves: each ends as a row that says why and what to do."""

import time
from pathlib import Path

import make_hostile_files as make
import pytest
from gather_intake import gather

from rfc_analyzer.model import FileStatus
from rfc_analyzer.progress import Silent
from rfc_analyzer.settings import IngestSettings, ReadingLimits

GB = 2**30
LIMITS = ReadingLimits(max_memory_bytes=GB, cpu_seconds=8.0)
LAUGHS = '<!ENTITY a "ha ha ha ">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
# name → what it holds, and a word of the reason; an empty word where the file can be read all the same
FILES = {
    "locked.pdf": (lambda: make.locked("secret"), "password"),
    "may not be changed.pdf": (lambda: make.locked(""), ""),
    "truncated.pdf": (lambda: make.letter()[:900], "damaged"),
    "nothing.pdf": (lambda: b"", "empty"),
    "page.pdf": (lambda: b"<!DOCTYPE html><html><body><p>Session expired</p></body></html>", "failed download"),
    "10000 pages.pdf": (lambda: make.many_pages(10_000), "no text"),
    "inflating.pdf": (lambda: make.inflating(3 * GB), "."),
    "nested.pdf": (lambda: make.nested_forms(6, 10), "."),
    "huge.png": (lambda: make.huge_picture(30_000), "dots"),
    "bomb.zip": (lambda: make.zipped_as({"bomb.txt": bytes(200 * 2**20)}), "file inside"),
    "paths.zip": (lambda: make.zipped_as({"../../evil.txt": make.SENTENCE.encode() * 3,
                                          "/etc/evil2.txt": make.SENTENCE.encode() * 4}), "2 files inside"),
    "entity.docx": (lambda: make.word_with_entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"), None),
    "laughs.docx": (lambda: make.word_with_entities(LAUGHS, "&i;"), None),
    "utf16.txt": (lambda: f"Señor Müller: {make.SENTENCE}".encode("utf-16"), ""),
    "cp1252.txt": (lambda: f"Señor Müller’s view: {make.SENTENCE}".encode("cp1252"), ""),
    "broken quote.csv": (lambda: f'id,comment\nA-1,"{make.SENTENCE}\nA-2,It is fine as it stands.\n'.encode(), None),
}  # fmt: skip
GOOD = "letter.pdf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("hostile") / "in"
    root.mkdir()
    for name, (made, _) in FILES.items():
        (root / name).write_bytes(made())
    (root / GOOD).write_bytes(make.letter())
    return root


@pytest.fixture(scope="module")
def intake(folder):
    began = time.monotonic()
    intake = gather([folder], IngestSettings(limits=LIMITS), Silent())
    assert time.monotonic() - began < 240, "a hostile file held up the run"
    return intake


def test_every_file_is_accounted_for(intake, folder):
    on_disk = {path.name for path in folder.iterdir()}
    assert {item.path for item in intake.inputs} == on_disk <= {f.name for f in intake.files}


def test_the_good_letter_is_unharmed(intake):
    good = next(f for f in intake.files if f.name == GOOD)
    assert good.status is FileStatus.OK and good.text.count(make.SENTENCE) == 8


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, (_, word) in FILES.items() if word is not None])
def test_each_says_why_and_what_to_do(intake, name, word):
    file = next(f for f in intake.files if f.name == name)
    if word:
        assert word.lower() in file.message.lower() and file.message.endswith(".")
        assert not any(jargon in file.message for jargon in ("Traceback", "Error(", "0x", "errno"))
    else:
        assert file.status is FileStatus.OK and make.SENTENCE in " ".join(file.text.split())


def test_letters_keep_their_accents(intake):
    texts = {f.name: f.text for f in intake.files}
    assert "Señor Müller:" in texts["utf16.txt"]
    assert "Señor Müller’s view" in texts["cp1252.txt"]


def test_nothing_outside_is_read_or_written(intake, folder):
    assert not any("root:" in f.text for f in intake.files)
    assert not list(folder.parent.rglob("evil*.txt")) and not Path("/etc/evil2.txt").exists()
    names = {f.name for f in intake.files}
    assert {"paths.zip/evil.txt", "paths.zip/etc/evil2.txt"} <= names
    assert not any(len(f.text) > 10_000_000 for f in intake.files)


def test_a_bomb_inside_a_zip_is_named(intake):
    bomb = next(f for f in intake.files if f.name == "bomb.zip/bomb.txt")
    assert bomb.status is FileStatus.SKIPPED and "unpacks to far more" in bomb.message


def test_comments_before_and_after_a_broken_quote_are_kept(intake):
    texts = " ".join(f.text for f in intake.files if "broken quote" in f.name)
    assert make.SENTENCE in texts and "It is fine as it stands." in texts
