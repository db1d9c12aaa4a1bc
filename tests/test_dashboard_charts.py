"""Charts as specifications: in a fixed order, with their numbers and words, and with nothing untrusted that can run."""

import json
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import vl_convert

from dashboards.charts import Bar, Cell, Dot, Standing, bars, diverging, diverging_in_words, dots, heat, timeline
from dashboards.charts.axes import wrapped
from dashboards.charts.islands import Spot, islands
from dashboards.charts.palette import GROUP_FILLS, GROUP_SHAPES, ON_FILL, STANCE_FILLS
from dashboards.drawing import drawing
from dashboards.picturing import png_of, svg_of
from dashboards.tabling import csv_of
from rfc_analyzer.comparison import PositionRow, Share, Step, TimeRow, Unit

HOSTILE = '"][0];alert(1)//\\ ![](http://pictures.invalid/x.png) <img src=x>\u202e'
GROUNDS = ("#ffffff", "#12181f")


def standing(key, support, oppose, mixed, of, text="Devices may use the sidewalk."):
    shares = [Share(n, of, Unit.DISTINCT_TEXTS) for n in (support, oppose, mixed, of - support - oppose - mixed)]
    return Standing(key, wrapped(text, 40), PositionRow(key, text, None, *shares))


STANDINGS = [standing("P1", 12, 6, 2, 30), standing("P2", 2, 1, 0, 30), standing("P3", 0, 0, 0, 30)]


def rows_of(chart):
    """Every row of data that the chart draws."""
    plain = chart.to_dict()
    return [row for rows in plain["datasets"].values() for row in rows]


def layers(plain):
    inner = plain.get("layer")
    return [leaf for layer in inner for leaf in layers(layer)] if inner else [plain]


def test_oppose_lies_left_of_mixed_and_mixed_left_of_support():
    bars_of_p1 = {row["stance"]: row for row in rows_of(diverging(STANDINGS)) if row.get("key") == "P1"}
    ends = [(bars_of_p1[s]["start"], bars_of_p1[s]["end"]) for s in ("oppose", "mixed", "support")]
    assert [end for pair in ends for end in pair] == pytest.approx([-0.35, -0.05, -0.05, 0.05, 0.05, 0.65])
    assert bars_of_p1["support"]["said"] == "12 of 20 (60%)"


def test_fewer_than_five_have_their_counts_in_words_and_no_bar_of_shares():
    drawn = rows_of(diverging(STANDINGS))
    assert {row["key"] for row in drawn if "stance" in row} == {"P1"}
    written = [row["said"] for row in drawn if "said" in row and "stance" not in row]
    assert written == ["1 oppose, 2 support (too few for shares)", "nobody takes it up"]
    by_number = rows_of(diverging(STANDINGS, by_number=True))
    assert {row["key"] for row in by_number if "stance" in row} == {"P1", "P2"}


def test_a_chart_of_stances_says_all_its_counts():
    said = diverging_in_words(STANDINGS)
    assert "6 oppose, 2 mixed, 12 support, 10 do not address it" in said


CHARTS = {
    "diverging": lambda text: diverging([standing("P1", 12, 6, 2, 30, text)], clickable=True),
    "bars": lambda text: bars([Bar("T1", wrapped(text, 30), 5, "5 (50%)")], "Submissions", clickable=True),
    "heat": lambda text: heat(
        [Cell(0, 0, 0.5, "+50", "5 of 10")], [("P1", wrapped(text, 30))], [("all", ("All",))], True, clickable=True
    ),
    "dots": lambda text: dots([Dot(0, 0, 0.5, 0.3, 0.7, "5 of 10")], [wrapped(text, 30)], ["Individual"], "share"),
    "timeline": lambda text: timeline(
        [TimeRow(Step.DAY, date(2026, 4, d), date(2026, 4, d), Share(1, 2, Unit.SUBMISSIONS)) for d in (1, 2)],
        "Submissions",
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_each_drawn_thing_is_described_in_words_or_left_out_for_those_who_listen(name):
    for layer in layers(CHARTS[name]("A label").to_dict()):
        described = layer["encoding"].get("description", {}).get("field") == "spoken"
        assert described or layer["mark"].get("aria") is False, layer["mark"]


@pytest.mark.parametrize("name", [name for name in CHARTS if name != "timeline"])
def test_untrusted_words_are_values_of_an_axis_and_nothing_else(name):
    plain = json.dumps(CHARTS[name](HOSTILE).to_dict())
    expressions = [json.loads(f'"{e}"') for e in re.findall(r'"labelExpr": "((?:[^"\\]|\\.)*)"', plain)]
    of_rows = [e for e in expressions if e.endswith("[datum.value]")]
    assert of_rows
    for expression in of_rows:
        labels = json.loads(expression.removesuffix("[datum.value]"))
        assert all(isinstance(line, str) for lines in labels for line in lines)
    # what is left of the page's rules for colour and text names no address
    assert '"image"' not in plain and '"href"' not in plain and "\\u202e" not in plain


def test_labels_are_cut_at_two_lines_and_marked():
    assert wrapped("short", 40) == ("short",)
    long = wrapped("a proposition that goes on and on, and then some more, until nobody reads it", 20)
    assert len(long) == 2 and long[-1].endswith("…") and all(len(line) <= 20 for line in long)
    assert all(len(line) <= 20 for line in wrapped("w" * 300, 20))
    assert wrapped("", 20) == ("",)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("fill", STANCE_FILLS.values())
def test_numbers_in_bars_can_be_read(fill):
    assert contrast(ON_FILL, fill) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("fill", GROUP_FILLS)
def test_groups_stand_out_on_light_and_dark(fill, ground):
    assert contrast(fill, ground) >= 3


def test_each_group_has_a_colour_and_a_shape_of_its_own():
    assert len(set(GROUP_FILLS)) == len(GROUP_FILLS) == len(set(GROUP_SHAPES)) == len(GROUP_SHAPES)


def test_a_downloaded_table_runs_nothing_and_says_what_it_counts():
    frame = pd.DataFrame({"Theme": ["=1+1", "@SUM(A1)", " +cmd|x", "plain"], "Net support": ["+33", "−12", "-5", "–"]})
    text = csv_of(frame, {"Counted in": "distinct texts", "Filters": "=none"}).decode("utf-8-sig")
    lines = [line.split(",") for line in text.splitlines()]
    assert lines[0] == ["Theme", "Net support", "Counted in", "Filters"]
    assert [line[0] for line in lines[1:]] == ["'=1+1", "'@SUM(A1)", "' +cmd|x", "plain"]
    # numbers with a sign stay numbers
    assert [line[1] for line in lines[1:]] == ["+33", "−12", "-5", "–"]
    assert {line[3] for line in lines[1:]} == {"'=none"}


def test_shares_of_few_are_never_percentages_on_the_screen():
    from dashboards.numbers import share_in_words, share_percent

    few, many = Share(3, 4, Unit.SUBMISSIONS), Share(30, 40, Unit.SUBMISSIONS)
    assert (share_percent(few), share_in_words(few)) == ("–", "3 of 4")
    assert (share_percent(many), share_in_words(many)) == ("75%", "30 of 40 (75%)")
    assert share_percent(replace(many, n=1, of=1000)) == "<1%"
    assert share_percent(replace(many, n=999, of=1000)) == ">99%"


# pictures to take along


def test_a_chart_becomes_a_picture_that_says_what_it_shows():
    chart = bars([Bar("a", ("Larchfield <b>Foods</b>",), 3, "3 of 11")], "Distinct texts")
    notes = ["Counted in: distinct texts", "Filters: none"]
    png = png_of(chart, "Who answered", notes)
    assert png.startswith(b"\x89PNG") and len(png) > 5_000
    svg = svg_of(chart, "Who answered", notes).decode()
    for said in ("Who answered", *notes, "3 of 11", "Larchfield &lt;b&gt;Foods"):
        assert said in svg
    # it is looked at on paper, where no page gives it a colour
    assert "currentColor" not in svg


def test_a_cell_without_a_figure_has_no_tint():
    """A scale would tint it as nought, and its words would be pale on pale in the dark."""
    cells = [Cell(0, 0, 0.0, "0", "level"), Cell(0, 1, None, "2 take it up", "too few")]
    chart = heat(cells, [("P1", ("A statement",))], [("all", ("All",)), ("few", ("Few",))], signed=True)
    drawn = vl_convert.vegalite_to_svg(chart.to_dict(format="vega-lite"))
    level, too_few = re.findall(r'<path aria-label="A statement, [^>]*>', drawn)
    assert 'fill="rgb(238, 241, 244)"' in level and "fill=" not in too_few


def test_the_names_on_a_large_map_take_the_colour_of_the_page():
    """Streamlit draws over 2,000 points on a canvas, where the page's colour is unknown, if it is not told."""
    spots = [Spot(f"T{n % 3}", f"Theme {n % 3}", float(n), float(n % 50)) for n in range(2_500)]
    plain = islands(spots, "T1", ["T0"]).to_dict()
    (names,) = [layer for layer in layers(plain) if layer["mark"]["type"] == "text"]
    assert names["mark"]["color"] == "currentColor"
    assert plain["usermeta"]["embedOptions"]["renderer"] == "svg"
    assert "currentColor" not in svg_of(islands(spots, "T1", ["T0"]), "Map", []).decode()


def test_the_same_rows_are_worked_out_once_and_a_page_may_change_what_it_gets():
    asked = []

    def counted(rows, counts, row_pixels=32):
        asked.append(rows)
        return bars(rows, counts, row_pixels)

    def specification(number, **named):
        return drawing(counted, [Bar("T1", ("Tides",), number, "n")], "Submissions", **named).specification()

    first = specification(3)
    first.clear()
    assert specification(3)["layer"] and len(asked) == 1
    assert specification(4) != specification(3) != specification(3, row_pixels=36)
    assert len(asked) == 3
    # the page says how wide and high a chart is
    assert specification(3)["config"]["view"] == {"strokeOpacity": 0}
