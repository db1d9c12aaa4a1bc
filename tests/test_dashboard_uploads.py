"""Uploads are kept by their hash and laid out under names that lead nowhere else."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import uploads
from dashboards.library import home
from dashboards.uploads import Draft, label_of
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.errors import BadCodebook, BadInput
from rfc_analyzer.serving import HOME_VARIABLE


@dataclass
class Sent:
    name: str
    data: bytes = b"letter"

    def getbuffer(self):
        return memoryview(self.data)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))


def below(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("letter.pdf", "letter.pdf"),
        ("docket/0012/letter.pdf", "docket/0012/letter.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\me\\letter.pdf", "C_/Users/me/letter.pdf"),
        ("..", "unnamed"),
        ("", "unnamed"),
        (".hidden.pdf", "hidden.pdf"),
        ("~$letter.docx", "_~$letter.docx"),
        ("con.pdf", "_con.pdf"),
        ("a\0b\n.pdf", "ab.pdf"),
        ("annex\u202efdp.exe", "annexfdp.exe"),
        ("who? <me>|*.txt", "who_ _me___.txt"),
        ("a/b/c/d/e/f/g/h.txt", "c/d/e/f/g/h.txt"),
        ("Ärzte.pdf", "Ärzte.pdf"),
    ],
)
def test_names_become_labels(name, label):
    assert label_of(name) == label


@given(st.text())
def test_no_label_leads_anywhere(name):
    parts = label_of(name).split("/")
    assert all(part not in ("", ".", "..") and len(part.encode()) <= 110 and "\\" not in part for part in parts)
    assert label_of(label_of(name)) == label_of(name)


def test_files_are_kept_once_by_hash_and_laid_out_by_name(tmp_path):
    draft = Draft.new()
    assert draft.folder.parent.parent == home()
    sent = [Sent("a.txt", b"one"), Sent("A.TXT", b"two"), Sent("d/a.txt", b"one"), Sent("../../b.txt", b"three")]
    assert draft.add(sent) == ""
    assert draft.add([Sent("a.txt", b"one")]) == ""
    assert [(f.label, f.size) for f in draft.files()] == [("a.txt", 3), ("A.TXT", 3), ("d/a.txt", 3), ("b.txt", 5)]
    assert len(list((draft.folder / "bytes").iterdir())) == 3
    target = tmp_path / "inputs"
    draft.lay_out(target)
    assert below(target) == ["A (2).TXT", "a.txt", "b.txt", "d/a.txt"]
    draft.discard()
    assert (target / "d" / "a.txt").read_bytes() == b"one"
    assert not draft.folder.exists()


def test_a_cleared_draft_is_empty():
    draft = Draft.new()
    draft.add([Sent("a.txt")])
    draft.clear()
    assert draft.files() == ()
    assert draft.add([Sent("b.txt")]) == ""


def test_too_much_is_left_out_with_what_to_do(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    draft = Draft.new()
    said = draft.add([Sent("a.txt", b"1"), Sent("b.txt", b"2"), Sent("c.txt", b"3")])
    assert "1 file left out (c.txt)" in said
    assert "zip" in said
    assert len(draft.files()) == 2
    monkeypatch.setattr(uploads, "MOST_FILES", 10)
    monkeypatch.setattr(uploads, "MOST_BYTES", 4)
    assert "d.txt" in draft.add([Sent("d.txt", b"long")])


def test_old_drafts_are_swept(monkeypatch):
    old = Draft.new()
    monkeypatch.setattr(uploads, "_DRAFT_SECONDS", -1)
    Draft.new()
    assert not old.folder.exists()


def test_typed_propositions_become_a_codebook(tmp_path):
    typed = '1. Robots should give way: always.\n\n- Operators "must" insure.\n  Robots should give way: always.\n'
    path = uploads.write_codebook(tmp_path, "Robots & people", typed)
    book = read_codebook(path)
    assert [(p.proposition_id, p.text) for p in book.propositions] == [
        ("P1", "Robots should give way: always."),
        ("P2", 'Operators "must" insure.'),
    ]
    assert book.docket.title == "Robots & people"
    assert uploads.write_codebook(tmp_path / "none", "x", " \n \n") is None


def test_too_many_propositions_are_refused(tmp_path):
    with pytest.raises(BadInput, match="too many"):
        uploads.write_codebook(tmp_path, "", "\n".join(f"Proposition number {n} holds." for n in range(200)))


def test_a_notice_is_kept_under_a_name_of_ours(tmp_path):
    assert uploads.write_single(tmp_path, "notice", Sent("../../Notice OF.PDF")) == tmp_path / "notice.pdf"
    path = uploads.write_single(tmp_path, "codebook", Sent("mine.yaml", b"propositions: []"))
    with pytest.raises(BadCodebook, match=r"codebook\.yaml, line 1"):
        read_codebook(path)
