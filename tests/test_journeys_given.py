"""An analysis that the command line made, in the dashboard and a real browser: its positions are read again."""

import re
import time

import pytest
from browsing import PATIENCE_MS, Tab, chromium, serve
from playwright.sync_api import expect

from dashboards.jobs import read_run
from rfc_analyzer import load
from rfc_analyzer.cli import DONE, main
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: sh scripts/install_chromium.sh installs it"),
]
expect.set_options(timeout=PATIENCE_MS)
NOTICE = """Request for comment on harbor fees. We seek comment on the following questions.

1. Should small harbors pay a lower fee than large ones?

2. Should the fee pay for dredging alone?
"""
LETTER = (
    "I {0} the proposed fee for harbors, because dredging must be paid for by {1}. A lower fee helps small harbors."
)
CODEBOOK = """title: Harbor Fees
docket_id: HARBOR-2026-0001
propositions:
  - {id: P1, text: "Harbors should pay a fee for dredging."}
"""


@pytest.fixture
def analysis(tmp_path):
    letters = tmp_path / "letters"
    letters.mkdir()
    for number, (verb, who) in enumerate([("support", "ships"), ("oppose", "ports"), ("support", "towns")]):
        (letters / f"letter-{number}.txt").write_text(LETTER.format(verb, who))
    (tmp_path / "notice.txt").write_text(NOTICE)
    (tmp_path / "codebook.yaml").write_text(CODEBOOK)
    given = ["--rfc", str(tmp_path / "notice.txt"), "--codebook", str(tmp_path / "codebook.yaml")]
    assert main(["analyze", str(letters), *given, "--output", str(tmp_path / "made")]) == DONE
    return tmp_path / "made"


def test_positions_are_read_again_in_a_copy_of_the_dashboards_own(chrome, analysis, tmp_path):
    before = {path.name: path.stat().st_mtime_ns for path in analysis.iterdir()}
    server = serve(tmp_path / "home", analysis=analysis)
    try:
        tab = Tab.open(chrome, server.url)
        tab.go("Positions")
        tab.page.get_by_text("Write or change propositions").click()
        tab.page.get_by_role("button", name="Suggest from the notice's questions").click()
        tab.says("suggested from the wording")
        tab.page.get_by_role("button", name="Read positions again").click()
        tab.page.wait_for_url(re.compile(r"analysis=(?!made)"))
        (copy,) = [folder for folder in (tmp_path / "home").iterdir() if folder.is_dir()]
        # nobody touches the page meanwhile: it tells how far the run is, and then what it found
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while (run := read_run(copy)) and run.active and time.monotonic() < deadline:
            time.sleep(0.5)
        read_again = load(copy)
        assert len(read_again.rows(PROPOSITIONS)) > 1
        tab.says(f"The program read {len(read_again.rows(POSITIONS))} stances")
        expect(tab.page.get_by_role("button", name="Read positions again")).to_be_visible()
    finally:
        server.stop()
    assert len(load(analysis).rows(POSITIONS)) < len(read_again.rows(POSITIONS))
    assert {path.name: path.stat().st_mtime_ns for path in analysis.iterdir()} == before
    assert (tab.errors, tab.elsewhere) == ([], [])
