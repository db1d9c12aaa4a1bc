"""What people need who don't see well, don't use a mouse, or enlarge the page: checked in a real browser."""

from pathlib import Path

import axe_playwright_python
import pytest
from browsing import PATIENCE_MS, Tab, chromium, serve
from make_analysis import make_analysis
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: sh scripts/install_chromium.sh installs it"),
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Streamlit gives its upload field a role and a name that exclude each other; docs/accessibility.md says so
STREAMLITS_OWN = {"presentation-role-conflict": "[data-testid=stFileUploaderDropzone]"}
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
  v => v.nodes.map(n => [v.id, n.target.join(' '), n.html.slice(0, 200)]))"""
# text whose colour stands out from what is behind it by less than the law asks of small text (WCAG 1.4.3);
# axe leaves it open wherever it can't tell the ground
FAINT = """() => {
  const light = c => { const v = c.map(x => (x /= 255) <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
                       return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const parse = s => { const m = s.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const over = (top, under, a) => [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a));
  const behind = e => { const stack = [];
    for (; e; e = e.parentElement) { stack.push(parse(getComputedStyle(e).backgroundColor));
                                     if (stack.at(-1)[3] === 1) break; }
    return stack.reverse().reduce((under, top) => over(top, under, top[3]), [255, 255, 255]); };
  const seen = [], faint = [];
  for (const e of document.querySelectorAll('body *')) {
    const text = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join(' ').trim();
    const style = getComputedStyle(e);
    // the words of charts have their ground in other shapes, not in what holds them; what is off may be pale
    if (!text || e.closest('svg, :disabled') || !e.getClientRects().length || style.visibility === 'hidden') continue;
    let alpha = parse(style.color)[3];
    for (let p = e; p; p = p.parentElement) alpha *= +getComputedStyle(p).opacity;
    const ground = behind(e), [a, b] = [light(over(parse(style.color), ground, alpha)), light(ground)];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    seen.push(text);
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${text.slice(0, 60)}`);
  }
  return [seen.length, faint];
}"""
# what a mouse can press and the Tab key can't reach; parts of one control are reached by its own keys
UNREACHABLE = """() =>
  [...document.querySelectorAll('a[href], button, input, textarea, select, summary, [role=button]')]
  .filter(e => e.getClientRects().length && !e.disabled && e.tabIndex < 0 && !e.closest('[aria-hidden=true]'))
  .filter(e => !e.closest('[role=tablist], [role=combobox], [data-testid=stFileUploader], [data-testid=stDataFrame]'))
  .filter(e => !e.closest('[data-testid=stElementToolbar], [role=radiogroup]') && e.ariaHasPopup != 'listbox')
  .filter(e => !e.ariaLabel?.startsWith('Remove ') && !e.dataset.testid?.startsWith('stNumberInputStep'))
  .map(e => e.outerHTML.slice(0, 200))"""
WIDER_THAN_THE_PAGE = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .map(e => e.scrollWidth - e.clientWidth)"""
UNDESCRIBED = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
  .filter(c => c.getClientRects().length && !c.getAttribute('aria-label')).length"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("accessible") / "home"
    make_analysis(home / "shelf")
    started = serve(home)
    yield started
    started.stop()


def titles(tab):
    """Every page of the navigation."""
    return tab.page.get_by_test_id("stTopNavLink").all_inner_texts()


def violations(tab):
    tab.page.evaluate(AXE)
    return [v for v in tab.page.evaluate(RUN_AXE) if not _is_streamlits_own(tab, *v)]


def _is_streamlits_own(tab, rule, target, _):
    selector = STREAMLITS_OWN.get(rule)
    return bool(selector) and tab.page.locator(target).first.evaluate("(e, s) => e.matches(s)", selector)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_any_page_and_text_can_be_read(chrome, server, dark):
    tab = Tab.open(chrome, f"{server.url}/?type=individual", 1280, 720, dark=dark)
    seen_titles = titles(tab)
    assert {"Overview", "Submissions", "Start"} <= set(seen_titles)
    for title in seen_titles:
        tab.go(title)
        # charts are drawn a moment after the page
        tab.page.wait_for_timeout(500)
        assert violations(tab) == [], title
        seen, faint = tab.page.evaluate(FAINT)
        assert seen > 10
        assert faint == [], title


def test_axe_finds_nothing_in_the_reader_and_in_the_lists_that_open(chrome, server):
    tab = Tab.open(chrome, f"{server.url}/submissions?submission=FPC-2026-0003-0001", 1280, 720)
    tab.says("Larchfield")
    assert violations(tab) == []
    tab.go("Overview")
    for opened in tab.page.get_by_test_id("stExpander").locator("summary").all():
        opened.click()
    tab.settle()
    assert violations(tab) == []


def test_every_control_is_reached_by_the_tab_key_and_every_chart_is_described(chrome, server):
    tab = Tab.open(chrome, server.url, 1280, 720)
    for title in titles(tab):
        tab.go(title)
        assert tab.page.evaluate(UNREACHABLE) == [], title
        # charts are drawn a moment after the page
        tab.page.wait_for_function(f"() => ({UNDESCRIBED})() == 0", timeout=10_000)
        charts = tab.page.get_by_test_id("stVegaLiteChart").count()
        assert tab.page.get_by_test_id("stDataFrame").count() + tab.page.get_by_test_id("stExpander").count() >= bool(
            charts
        )


def test_from_a_filter_to_a_submission_with_the_keyboard_alone(chrome, server):
    tab = Tab.open(chrome, server.url, 1280, 720)
    keys = tab.page.keyboard

    def focused():
        return tab.page.evaluate(
            "() => { const e = document.activeElement; return (e.getAttribute('aria-label') || '') + ' ' + "
            "(e.innerText || '').slice(0, 60) + ' ' + e.tagName; }"
        )

    def tab_to(wanted, kind=""):
        for _ in range(120):
            keys.press("Tab")
            if wanted in focused() and focused().endswith(kind):
                return
        raise AssertionError(f"the Tab key never came to {wanted}")

    tab_to("Words in the text", "INPUT")
    keys.type("register")
    keys.press("Enter")
    tab.settle()
    tab.says("Filtered:")
    tab_to("Submissions", "A")
    keys.press("Enter")
    tab.settle()
    assert tab.page.url.split("?")[0].endswith("/submissions")
    tab_to("CANVAS")
    keys.press("ArrowDown")
    keys.press("Shift+Space")
    expect(tab.page.get_by_role("button", name="All submissions")).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360)], ids=["laptop", "enlarged twice"])
def test_pages_fit_a_laptop_and_stay_readable_enlarged(chrome, server, width, height):
    tab = Tab.open(chrome, server.url, width, height)
    stems = ["", "positions", "themes", "questions", "compare", "campaigns", "respondents", "submissions", "start"]
    for stem in stems:
        tab.page.goto(f"{server.url}/{stem}")
        tab.settle()
        assert max(tab.page.evaluate(WIDER_THAN_THE_PAGE)) <= 0, stem
        assert len(tab.text()) > 100, stem
