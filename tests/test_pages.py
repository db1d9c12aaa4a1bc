"""Pictures of pages from the original files: found again, checked, marked, and made apart from this process."""

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from make_analysis import make_analysis
from PIL import Image

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import FileStatus, SourceFile, TextSource
from rfc_analyzer.originals import ORIGINS, Original, original_of, remember
from rfc_analyzer.pages import Mark, find_pages, has_pages, page_picture

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "submissions"
LETTER = SAMPLES / "FSMA-2026-0007-0016" / "Lumenpost comment.pdf"
BLUE = "#0000ff"


@pytest.fixture
def analysis(tmp_path):
    return make_analysis(tmp_path / "analysis")


def row(name, data, media_type="application/pdf", pages=1):
    digest = sha256(data).hexdigest()
    return SourceFile(
        "f", "s", name, digest, media_type, pages, TextSource.PDF_TEXT, FileStatus.OK, "", "words", (0,)
    )  # fmt: skip


def bluish(picture):
    image = Image.open(BytesIO(picture)).convert("RGB")
    return sum(n for n, (r, g, b) in image.getcolors(image.width * image.height) if b > r + 40 and b > g + 40)


def test_an_original_is_found_in_the_folder_it_came_from(analysis, tmp_path):
    inputs = tmp_path / "letters"
    (inputs / "a").mkdir(parents=True)
    (inputs / "a" / "letter.pdf").write_bytes(LETTER.read_bytes())
    remember(analysis.folder, [inputs])
    file = row("a/letter.pdf", LETTER.read_bytes())
    found = find_pages(analysis, file)
    assert found == Original(inputs / "a" / "letter.pdf")
    image = Image.open(BytesIO(page_picture(found, file.sha256, 1)))
    assert image.format == "PNG"
    assert image.height > image.width > 600


@pytest.mark.parametrize("name", ["letter.pdf", "letters/letter.pdf"])
def test_a_folder_among_several_inputs_goes_by_its_name(analysis, tmp_path, name):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.pdf").write_bytes(b"x")
    remember(analysis.folder, [folder])
    assert original_of(analysis, row(name, b"x")) == Original(folder / "letter.pdf")


def test_inputs_inside_the_analysis_move_with_it(analysis, tmp_path):
    inputs = analysis.folder / "inputs"
    inputs.mkdir()
    (inputs / "letter.pdf").write_bytes(b"x")
    remember(analysis.folder, [inputs])
    moved = analysis.folder.rename(tmp_path / "elsewhere")
    found = original_of(replace(analysis, folder=moved), row("letter.pdf", b"x"))
    assert found == Original(moved / "inputs" / "letter.pdf")


def test_a_name_leads_to_no_place_outside(analysis, tmp_path):
    inputs = tmp_path / "letters"
    inputs.mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"x")
    (inputs / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    remember(analysis.folder, [inputs])
    for name in ("../secret.pdf", str(tmp_path / "secret.pdf"), "link.pdf"):
        assert original_of(analysis, row(name, b"x")) is None


@pytest.mark.parametrize("said", [None, "{", "[]", json.dumps({"inputs": 3}), json.dumps({"inputs": ["/no/such"]})])
def test_without_a_place_there_is_no_original(analysis, said):
    if said is not None:
        (analysis.folder / ORIGINS).write_text(said)
    assert find_pages(analysis, row("letter.pdf", b"x")) is None


def test_only_pdfs_and_pictures_have_pages():
    assert has_pages(row("a.pdf", b""))
    assert has_pages(row("a.png", b"", "image/png"))
    assert not has_pages(row("a.docx", b"", "application/vnd.openxmlformats-officedocument", 3))
    assert not has_pages(row("a.pdf", b"", pages=None))


def test_a_letter_inside_archives_is_found(tmp_path):
    inner, outer = BytesIO(), tmp_path / "letters.zip"
    with ZipFile(inner, "w") as archive:
        archive.writestr("deep/letter.pdf", LETTER.read_bytes())
    with ZipFile(outer, "w") as archive:
        archive.writestr("decoy.pdf", b"%PDF-")
        archive.writestr("inner.zip", inner.getvalue())
    digest = sha256(LETTER.read_bytes()).hexdigest()
    assert page_picture(Original(outer, "inner.zip/deep/letter.pdf"), digest, 1).startswith(b"\x89PNG")
    with pytest.raises(UnreadableFile, match="has changed"):
        page_picture(Original(outer, "decoy.pdf"), digest, 1)


def test_marks_are_drawn_where_lines_stand():
    digest = sha256(LETTER.read_bytes()).hexdigest()
    plain = page_picture(Original(LETTER), digest, 1)
    marked = page_picture(Original(LETTER), digest, 1, [Mark(100, 100, 300, 112, BLUE, "+"), Mark(9, 9, 1, 1, BLUE)])
    assert bluish(marked) > bluish(plain) + 300 * 20


def test_what_is_covered_can_not_be_read():
    digest = sha256(LETTER.read_bytes()).hexdigest()
    covered = page_picture(Original(LETTER), digest, 1, [Mark(0, 0, 612, 792, BLUE, covers=True)])
    assert {colour for _, colour in Image.open(BytesIO(covered)).convert("RGB").getcolors()} == {(0, 0, 255)}


def test_a_scanned_picture_is_shown_with_marks():
    (scan,) = SAMPLES.glob("*0031/*.png")
    digest = sha256(scan.read_bytes()).hexdigest()
    marked = page_picture(Original(scan), digest, 1, [Mark(20, 20, 200, 40, BLUE)])
    assert bluish(marked) > 1_000


@pytest.mark.parametrize(
    ("data", "page", "why"),
    [(LETTER.read_bytes(), 2, "has no page 2"), (b"%PDF-1.4 nothing", 1, "damaged"), (b"no picture", 1, "damaged")],
)
def test_what_can_not_be_shown_says_why(tmp_path, data, page, why):
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=why):
        page_picture(Original(path), sha256(data).hexdigest(), page)


def test_a_file_that_has_changed_or_gone_is_not_shown(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(LETTER.read_bytes())
    with pytest.raises(UnreadableFile, match="has changed"):
        page_picture(Original(path), sha256(b"other").hexdigest(), 1)
    path.unlink()
    with pytest.raises(UnreadableFile, match="no longer where it was"):
        page_picture(Original(path), "", 1)
