"""The main journeys in a real browser: upload to chart to workbook, closed tabs, killed servers, hostile comments."""

import json
import re

import pytest
from browsing import PATIENCE_MS, ROOT, Tab, chromium, serve
from make_hostile import ELSEWHERE, make_hostile
from openpyxl import load_workbook
from playwright.sync_api import expect

from dashboards.jobs import is_alive

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: sh scripts/install_chromium.sh installs it"),
]
expect.set_options(timeout=PATIENCE_MS)
SAMPLES = ROOT / "samples"
# PDF, Word and text, each named by its sender
CHOSEN = (
    "0012/Pellar Robotics comments FSMA-2026-0007.pdf",
    "0014/attachment_1.docx",
    "0015/comment.txt",
    "0016/Lumenpost comment.pdf",
    "0021/Open Path comments.pdf",
    "0025/IPF-comments.txt",
    "0027/Thielmann comment.pdf",
    "0028/City of Varrick DOT.pdf",
)

LETTERS = [SAMPLES / "submissions" / f"FSMA-2026-0007-{name}" for name in CHOSEN]


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def server(home):
    started = serve(home)
    yield started
    started.stop()


def bring(tab, paths, notice=None, codebook=None):
    """Give files to the start page's uploaders, as a person does in the file chooser."""
    page = tab.page
    uploaders = page.get_by_test_id("stFileUploader")
    for label, given in (("Drop files here", paths), ("The agency's notice", notice), ("Codebook", codebook)):
        if given:
            if label == "Codebook":
                page.get_by_role("tab", name="A codebook file").click()
            with page.expect_file_chooser() as chooser:
                uploaders.filter(has_text=label).get_by_test_id("stBaseButton-secondary").click()
            chooser.value.set_files(given)
            tab.settle()
            page.wait_for_timeout(800)


def finished(tab):
    expect(tab.page.get_by_text("Finished. The analysis is ready.")).to_be_visible(timeout=2 * PATIENCE_MS)
    tab.settle()


def test_from_files_to_a_chart_and_a_workbook_with_visible_progress(chrome, server, tmp_path):
    tab = Tab.open(chrome, server.url)
    tab.page.get_by_role("textbox", name="Name of the docket").fill("Robots on sidewalks")
    bring(tab, LETTERS, SAMPLES / "notice.pdf", SAMPLES / "codebook.yaml")
    expect(tab.page.get_by_text(f"{len(LETTERS)} files added")).to_be_visible()
    tab.page.get_by_role("button", name="Start the analysis").click()
    expect(tab.page.get_by_text(re.compile(r"Step \d of 7: "))).to_be_visible()
    finished(tab)
    tab.says(f"Texts of {len(LETTERS)} submissions: {len(LETTERS)} read")
    tab.page.get_by_role("button", name="Open").first.click()
    tab.settle()
    tab.says(f"{len(LETTERS)} submissions")
    tab.go("Positions")
    expect(tab.page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    assert tab.page.get_by_role("combobox", name="Docket").input_value() == "Robots on sidewalks"
    workbook = downloaded_workbook(tab, tmp_path)
    rows = [row for row in workbook["Summary"].iter_rows(values_only=True) if isinstance(row[1], int)]
    counted = {str(row[0]).split(".")[0]: row[1] for row in rows}
    counts = [f"{counted[unit.capitalize()]} {unit}" for unit in ("submissions", "signatories", "distinct texts")]
    tab.says(" · ".join(counts))
    assert workbook["Submissions"].max_row > len(LETTERS)
    assert (tab.errors, tab.elsewhere) == ([], [])


def downloaded_workbook(tab, folder):
    """The workbook as a reader gets it: made and downloaded by two clicks."""
    tab.go("Export")
    tab.page.get_by_role("button", name="Make the workbook").click()
    with tab.page.expect_download(timeout=PATIENCE_MS) as waiting:
        tab.page.get_by_role("button", name=re.compile("Download")).first.click(timeout=PATIENCE_MS)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return load_workbook(path)


def test_a_closed_tab_and_a_killed_server_lose_nothing(chrome, home):
    first = serve(home)
    tab = Tab.open(chrome, first.url)
    bring(tab, LETTERS[1:4])
    tab.page.get_by_role("button", name="Start the analysis").click()
    expect(tab.page.get_by_text(re.compile("Starting|Step"))).to_be_visible()
    tab.page.close()
    first.stop()

    second = serve(home)
    try:
        tab = Tab.open(chrome, second.url)
        if tab.page.get_by_test_id("stTopNavLink").count():  # it has finished, and the result came first
            tab.go("Start")
        (run,) = [json.loads(path.read_text()) for path in home.glob("*/run.json")]
        # another server, the same process: it works on, or has finished
        tab.page.wait_for_function(
            "title => document.body.innerText.includes(title)", arg=run["title"], timeout=2 * PATIENCE_MS
        )
        tab.page.get_by_role("button", name="Open").first.click(timeout=2 * PATIENCE_MS)
        tab.settle()
        tab.says("3 submissions")
        assert tab.elsewhere == []
    finally:
        second.stop()


def test_a_cancelled_run_stops_and_continues(chrome, server, home):
    tab = Tab.open(chrome, server.url)
    bring(tab, LETTERS[1:4])
    tab.page.get_by_role("button", name="Start the analysis").click()
    expect(tab.page.get_by_text("Step ")).to_be_visible()
    tab.page.get_by_role("button", name="Cancel").click()
    expect(tab.page.get_by_text("Stopped. What was finished is kept")).to_be_visible()
    (path,) = home.glob("*/run.json")
    assert not is_alive(json.loads(path.read_text())["pid"], path.parent)
    tab.settle()
    tab.page.get_by_role("button", name="Continue").click()
    finished(tab)


FETCHING = """host => [...document.querySelectorAll('img,iframe,a,script,object,embed,link,form,svg,math,video')]
  .map(e => e.outerHTML).filter(html => html.includes(host) && !html.startsWith('<svg'))
  .concat([...document.querySelectorAll('svg image, svg a, svg script, svg foreignObject')].map(e => e.outerHTML))"""
# what turns the direction of writing must not reach past the element that holds it
TURNING = """() => { const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (/[\\u202a-\\u202e\\u2066-\\u2069]/.test(walk.currentNode.data)) {
    const e = walk.currentNode.parentElement;
    if (e.getClientRects().length && getComputedStyle(e).unicodeBidi !== 'isolate'
        && !e.closest('[data-testid=stDataFrame], svg, option, select')) found.push(e.outerHTML.slice(0, 150)); }
  return found; }"""
WIDER = """() => [document.scrollingElement, document.querySelector("[data-testid=stMain]")]
  .map(e => e.scrollWidth - e.clientWidth)"""


def test_hostile_comments_reach_no_other_host_and_stay_text(chrome, server, home):
    make_hostile(home / "hostile")
    tab = Tab.open(chrome, server.url)
    dialogs = []
    tab.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    titles = tab.page.get_by_test_id("stTopNavLink").all_inner_texts()
    assert {"Overview", "Submissions", "Settings", "Start"} <= set(titles)

    def harmless(where):
        assert tab.page.evaluate(FETCHING, ELSEWHERE) == [], where
        assert tab.page.evaluate(TURNING) == [], where
        # a word of three hundred letters
        assert max(tab.page.evaluate(WIDER)) <= 0, where

    for title in titles:
        tab.go(title)
        closed = tab.page.get_by_test_id("stMain").get_by_test_id("stExpander").locator("summary").all()
        for one in [each for each in closed if each.is_visible()][:3]:
            one.click()
        tab.page.wait_for_timeout(300)
        harmless(title)
    assert tab.errors == []
    # opened by its address, a page looks for the server below itself first: two errors of Streamlit's own
    tab.page.goto(f"{server.url}/submissions?submission=FPC-2026-0003-0001")
    tab.settle()
    tab.says(ELSEWHERE)
    harmless("the reader")
    assert (tab.elsewhere, dialogs) == ([], [])


def test_an_address_opens_the_view_it_was_copied_from(chrome, server, home):
    make_hostile(home / "hostile")
    tab = Tab.open(chrome, server.url)
    tab.go("Themes")
    tab.page.get_by_role("textbox", name="Words in the text").fill("notice")
    tab.page.keyboard.press("Enter")
    tab.settle()
    counts = next(line for line in tab.text().splitlines() if line.startswith("Filtered:"))
    tab.go("Questions")
    tab.says(counts)
    colleague = Tab.open(chrome, tab.page.url)
    colleague.says(counts)
    tab.page.get_by_role("button", name="Clear filters").click()
    tab.settle()
    expect(tab.page.get_by_test_id("stMain")).not_to_contain_text(counts, use_inner_text=True)
    tab.page.go_back()
    tab.settle()
    tab.says(counts)
