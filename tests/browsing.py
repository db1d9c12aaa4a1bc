"""A real browser and a real server for tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.request import urlopen

from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
PATIENCE_MS = 60_000
_LOCAL = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")


def chromium() -> str | None:
    """Where Chromium is; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class Server:
    """A dashboard on a port of its own."""

    process: subprocess.Popen[bytes]
    url: str

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def serve(home: Path, options: Callable[[int], list[str]] = lambda port: [], analysis: Path | None = None) -> Server:
    """Start a dashboard whose analyses are kept in ``home``, on an ``analysis`` elsewhere where one is named;
    ``options`` are more of Streamlit's, by the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "dashboards" / "app.py"),
        "--server.port",
        str(port),
        *options(port),
    ]
    environment = {**os.environ, "RFC_ANALYZER_HOME": str(home)}
    environment.pop("RFC_ANALYZER_ANALYSIS", None)
    if analysis:
        environment["RFC_ANALYZER_ANALYSIS"] = str(analysis)
    with (home.parent / f"{home.name}-server.txt").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    server = Server(process, f"http://127.0.0.1:{port}")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=2):
                return server
        except OSError:
            time.sleep(0.2)
    server.stop()
    raise AssertionError("the server did not start")


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, as the tests run it."""
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield chrome
        chrome.close()


@dataclass
class Tab:
    """A page that remembers what must not happen: errors, and requests to other hosts."""

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, chrome: Browser, url: str, width: int = 1440, height: int = 900, dark: bool = False) -> Tab:
        scheme: Literal["dark", "light"] = "dark" if dark else "light"
        tab = cls(chrome.new_page(viewport={"width": width, "height": height}, color_scheme=scheme))
        tab.page.set_default_timeout(PATIENCE_MS)
        tab.page.on("console", tab._listen)
        tab.page.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.page.on("request", lambda r: None if r.url.startswith(_LOCAL) else tab.elsewhere.append(r.url))
        tab.page.goto(url)
        tab.settle()
        return tab

    def settle(self) -> None:
        """Wait until the page has been drawn."""
        # what was clicked or typed is sent a moment later
        self.page.wait_for_timeout(400)
        # a page that sends the reader on is idle and empty for a moment before the next is drawn
        before, deadline = "", time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < deadline:
            self.page.wait_for_selector(IDLE)
            now = self.text()
            if now.strip() and now == before:
                return
            before = now
            self.page.wait_for_timeout(250)
        raise AssertionError(f"{self.page.url} was never drawn to its end")

    def says(self, words: str) -> None:
        """Wait until the main part of the page shows these words."""
        expect(self.page.get_by_test_id("stMain")).to_contain_text(words, use_inner_text=True, timeout=PATIENCE_MS)

    def go(self, title: str) -> None:
        """To a page of the navigation at the top."""
        self.page.get_by_test_id("stTopNavLink").filter(has_text=title).first.click()
        self.settle()

    def open_list(self, label: str) -> None:
        """Open a list of choices by keyboard; once more where the page was drawn again meanwhile and closed it."""
        first = self.page.get_by_role("option").first
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while time.monotonic() < deadline:
            self.page.get_by_label(label).focus()
            self.page.keyboard.press("ArrowDown")
            with suppress(PlaywrightTimeout):
                first.wait_for(timeout=5_000)
                return
        raise AssertionError(f"the list {label!r} never opened")

    def text(self) -> str:
        """What stands in the main part of the page."""
        return self.page.get_by_test_id("stMain").inner_text()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)
