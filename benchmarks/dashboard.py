"""How fast the dashboard answers, and how much memory its server takes: python benchmarks/dashboard.py

Makes an analysis of 10,000 submissions and 150,000 passages, starts a server on it, and drives a real browser through
pages and filters. Wall times depend on what else the machine does: the server's CPU-seconds stand beside them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browsing import Server, Tab, browser, serve
from dashboard_docket import PROPOSITIONS, THEMES, make_docket
from playwright.sync_api import Browser, Page

PAGES = ("Positions", "Themes", "Questions", "Compare", "Campaigns", "Respondents", "Submissions", "Overview")
TICKS = os.sysconf("SC_CLK_TCK")
# the moment at which the page was last seen to stop working, after it was seen to begin; a page that is drawn at once
# is not seen to work: then the moment at which it last changed
WATCH = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const idle = () => app.getAttribute('data-test-script-state') === 'notRunning';
  window.began = performance.now(); window.ended = window.changed = 0; window.idle = idle;
  window.watching?.disconnect();
  window.watching = new MutationObserver(records => {
    if (records.some(one => one.type === 'attributes')) window.ended = idle() ? performance.now() : 0;
    else window.changed = performance.now();
  });
  window.watching.observe(app, {attributes: true, attributeFilter: ['data-test-script-state'], childList: true,
                                subtree: true});
}"""
ENDED = """() => window.idle() && (window.ended ? performance.now() - window.ended > 350
                                             : window.changed && performance.now() - window.changed > 1500)"""
TOOK = "() => ((window.ended || window.changed) - window.began) / 1000"
# the milliseconds from a page's request until nothing of it is missing
USABLE = """
  const count = what => document.querySelectorAll(what).length;
  new MutationObserver(() => {
    const charts = count('[data-testid="stVegaLiteChart"]');
    const drawn = charts > 0 && charts === count('[data-testid="stVegaLiteChart"]:has(svg)');
    const filters = count('input[aria-label="Words in the text"]');
    if (!window.usable && drawn && filters && count('[data-testid="stMetric"]')
        && count('[data-test-script-state="notRunning"]')) window.usable = performance.now();
  }).observe(document, {subtree: true, childList: true, attributes: true});
"""


@dataclass
class Measured:
    """Wall seconds in the browser and CPU-seconds of the server, by what was done."""

    took: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def act(self, server: Server, page: Page, what: str, action: Callable[[], object]) -> None:
        before = cpu_seconds(server)
        page.evaluate(WATCH)
        action()
        page.wait_for_function(ENDED, timeout=120_000)
        took = (float(page.evaluate(TOOK)), cpu_seconds(server) - before)
        self.took.setdefault(what, []).append(took)
        print(f"  {what:<28} {took[0]:6.2f} s {took[1]:6.2f} CPU-s", file=sys.stderr, flush=True)

    def show(self) -> None:
        for what, each in self.took.items():
            print(f"{what:<28} {statistics.median(w for w, _ in each):6.2f} s {sum(c for _, c in each):7.2f} CPU-s")
        flat = [pair for each in self.took.values() for pair in each]
        title = f"median of all {len(flat)}"
        wall, cpu = (statistics.median(each) for each in zip(*flat, strict=True))
        print(f"{title:<28} {wall:6.2f} s {cpu:7.2f} CPU-s; longest {max(flat)[0]:.2f} s")


def cpu_seconds(server: Server) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def megabytes(server: Server, name: str) -> float:
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def first_page(chrome: Browser, server: Server) -> Tab:
    """The first page of a fresh server, until its numbers, its bar of filters and all of its charts stand."""
    page = chrome.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(USABLE)
    before, began = cpu_seconds(server), time.monotonic()
    page.goto(server.url, wait_until="commit")
    took = float(page.wait_for_function("() => window.usable").json_value()) / 1000
    clock = time.monotonic() - began
    print(f"first page, charts and all   {took:6.2f} s {cpu_seconds(server) - before:7.2f} CPU-s; {clock:.2f} s with "
          "the browser's opening of the tab", flush=True)  # fmt: skip
    tab = Tab(page)
    tab.settle()
    return tab


def choose(page: Page, label: str, place: int) -> None:
    """Choose from a field of the filter bar."""
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option").nth(place).click()


def walk(measured: Measured, server: Server, tab: Tab, rounds: int, first: int) -> None:
    """Pages and filters, as an analyst goes through them; each round asks what no other did."""
    page = tab.page
    for number in range(first, first + rounds):
        for title in PAGES:
            link = page.get_by_test_id("stTopNavLink").filter(has_text=title).first
            measured.act(server, page, f"to {title}", link.click)
        words = page.get_by_role("textbox", name="Words in the text")
        words.fill(("harbor fee", "quay", "tide", "portide")[number % 4])
        measured.act(server, page, "words in the text", lambda: page.keyboard.press("Enter"))
        measured.act(server, page, "clear filters", page.get_by_role("button", name="Clear filters").click)
        measured.act(server, page, "respondent type", lambda n=number: choose(page, "Respondent type", n % 6))
        page.keyboard.press("Escape")
        measured.act(server, page, "proposition", lambda n=number: choose(page, "Takes up the proposition",
                                                                          n % PROPOSITIONS))  # fmt: skip
        measured.act(server, page, "clear filters", page.get_by_role("button", name="Clear filters").click)
        measured.act(server, page, "theme", lambda n=number: choose(page, "Theme", n % THEMES))
        page.keyboard.press("Escape")
        measured.act(server, page, "clear filters", page.get_by_role("button", name="Clear filters").click)


def read(measured: Measured, server: Server, tab: Tab) -> None:
    """One submission, and the next ones."""
    page = tab.page
    page.goto(f"{page.url.split('/?')[0].split('?')[0].rstrip('/')}/submissions?submission=BIG-2026-0001-00042")
    tab.settle()
    for _ in range(3):
        measured.act(server, page, "next submission", page.get_by_role("button", name="Next").first.click)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=10_000)
    parser.add_argument("--passages", type=int, default=15, help="of each submission")
    parser.add_argument("--sessions", type=int, default=4, help="open at the same time")
    parser.add_argument("--rounds", type=int, default=1, help="in each session")
    parser.add_argument("--home", type=Path, help="keep the analysis here, or use the one that is here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = asked.home or Path(scratch) / "home"
        if not (home / "big").exists():
            make_docket(home / "big", asked.submissions, asked.passages)
        began = time.monotonic()
        server = serve(home)
        print(f"server up                    {time.monotonic() - began:6.2f} s, {megabytes(server, 'VmRSS'):,.0f} MB")
        try:
            measured = Measured()
            with browser() as chrome:
                first = first_page(chrome, server)
                walk(measured, server, first, asked.rounds, 0)
                read(measured, server, Tab.open(chrome, server.url))
                others = [Tab.open(chrome, server.url) for _ in range(asked.sessions - 2)]
                for number, tab in enumerate(others, start=1):
                    walk(measured, server, tab, asked.rounds, number * asked.rounds)
                measured.show()
                print(f"memory with {asked.sessions} sessions       {megabytes(server, 'VmRSS'):,.0f} MB, "
                      f"at most {megabytes(server, 'VmHWM'):,.0f} MB")  # fmt: skip
        finally:
            server.stop()


if __name__ == "__main__":
    main()
