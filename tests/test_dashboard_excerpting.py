"""Of long letters the parts are shown that differ, with the words round them; nothing of a comment becomes markup."""

from dataclasses import replace
from html import unescape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from opening import opened
from streamlit.testing.v1 import AppTest

from dashboards.excerpting import excerpted, parts_around
from dashboards.marking import Mark
from rfc_analyzer import load
from rfc_analyzer.model import PassageKind
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, PASSAGES

LONG = "Each evening the last ferry leaves before the wards are quiet. " * 30


@given(st.text("ab \n", max_size=1200), st.lists(st.tuples(st.integers(0, 1200), st.integers(1, 90)), max_size=6))
def test_parts_hold_their_spans_whole_words_and_do_not_touch(text, at):
    spans, end = [], 0
    for start, length in sorted(at):
        if start >= end and start + length <= len(text):
            spans.append((start, start + length))
            end = start + length
    parts = parts_around(text, spans)
    assert all(any(a <= start and end <= b for a, b in parts) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(parts))
    assert all(a == 0 or text[a - 1].isspace() for a, _ in parts)
    assert all(b == len(text) or text[b].isspace() for _, b in parts)


def test_what_is_left_out_is_said_and_nothing_is_markup():
    text = f"{LONG}<b>Keep it!</b> {LONG}"
    start = text.index("<b>")
    mark = Mark(start, start + 16, "added", before="[+ added:", after="]")
    said = excerpted(text, [mark], parts_around(text, [(mark.start, mark.end)]))
    assert said.count("[…]") == 2 and "<b>" not in said and len(said) < len(text) + 3_000
    assert excerpted("Keep it!", [], [(0, 8)]).count("[…]") == 0


def test_a_long_text_scrolls_in_a_region_that_the_keyboard_reaches():
    assert 'tabindex="0" role="region" aria-label="Template"' in excerpted(LONG, [], [(0, len(LONG))], "Template")
    assert "tabindex" not in excerpted("Keep it!", [], [(0, 8)], "Template")


def html(app: AppTest) -> str:
    return " ".join(h.proto.body for h in app.get("html"))


def test_a_long_form_letter_is_shown_by_what_differs_and_whole_when_asked(folder):
    (campaign,) = [c for c in load(folder).rows(CAMPAIGNS) if c.campaign_id == "C1"]
    members = {m.submission_id for m in load(folder).rows(CAMPAIGN_MEMBERS)}
    CAMPAIGNS.write(folder, [replace(campaign, template_text=f"{LONG}\n{campaign.template_text}")])
    # each letter begins with the same long text
    first: dict[str, str] = {}
    for p in load(folder).rows(PASSAGES):
        if p.submission_id in members and p.kind is PassageKind.BODY:
            first.setdefault(p.submission_id, p.passage_id)
    rows = [
        replace(p, text=f"{LONG}\n{p.text}") if first.get(p.submission_id) == p.passage_id else p
        for p in load(folder).rows(PASSAGES)
    ]
    PASSAGES.write(folder, rows)
    app = opened("campaigns")
    compared = html(app)
    (way,) = [b for b in app.button_group if b.key == "campaigns-beside"]
    way.set_value("Whole letters").run()
    assert not app.exception
    whole = html(app)
    assert "[…]" in compared and "[…]" not in whole
    assert len(whole) - len(compared) > len(LONG)
    assert "[+ added:" in unescape(compared) and "[+ added:" in unescape(whole)
