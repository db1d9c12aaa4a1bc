"""Takes the pictures of the documentation: each page of the dashboard with the sample docket, into docs/screenshots/.

``make screenshots`` runs it; it needs Chromium. The sample is analysed first.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# the tests drive the same browser in the same way
sys.path.insert(0, str(ROOT / "tests"))

from browsing import Tab, browser, chromium, serve  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402

PAGES = (
    "Overview",
    "Positions",
    "Themes",
    "Questions",
    "Compare",
    "Campaigns",
    "Respondents",
    "Submissions",
    "Review",
    "Export",
    "Settings",
    "Start",
)
IN_THE_DARK = ("Overview",)
_WIDTH, _HEIGHT = 1440, 900
# charts fade in
_DRAWN_MS = 1_500


def main() -> int:
    """Write the pictures; returns the exit code."""
    if chromium() is None:
        print("no Chromium here; install it with: sh scripts/install_chromium.sh", file=sys.stderr)
        return 2
    home = ROOT / "build" / "screenshots"
    _analyse_sample(home / "sample")
    target = ROOT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    server = serve(home)
    try:
        with browser() as chrome:
            _take(chrome, server.url, target, PAGES, dark=False)
            _take(chrome, server.url, target, IN_THE_DARK, dark=True)
    finally:
        server.stop()
    return 0


def _analyse_sample(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # a new run would keep the titles of themes it knows
    samples = ROOT / "samples"
    command = [sys.executable, "-m", "rfc_analyzer", "analyze", str(samples / "submissions"), "--output", str(folder)]
    command += ["--rfc", str(samples / "notice.pdf"), "--codebook", str(samples / "codebook.yaml")]
    # 1: done, and some files could not be read, as is meant
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode not in (0, 1):
        raise SystemExit("the sample could not be analysed")


def _take(chrome: Browser, url: str, target: Path, pages: tuple[str, ...], dark: bool) -> None:
    tab = Tab.open(chrome, url, _WIDTH, _HEIGHT, dark=dark)
    for title in pages:
        tab.go(title)
        tab.page.mouse.move(_WIDTH - 1, _HEIGHT - 1)
        tab.page.wait_for_timeout(_DRAWN_MS)
        name = title.lower() + ("-dark" if dark else "")
        tab.page.screenshot(path=target / f"{name}.png")
        print(target.relative_to(ROOT) / f"{name}.png")
    tab.page.close()


if __name__ == "__main__":
    sys.exit(main())
