"""Respondent types side by side, with intervals and tests, and the words that tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rfc_analyzer.comparison import (
    Comparison,
    ComparisonRow,
    Quantity,
    SpreadRow,
    TypeRow,
    Voice,
    compare,
    respondents_by_type,
)
from rfc_analyzer.comparison.shares import FEWEST
from rfc_analyzer.comparison.significance import BEYOND_CHANCE
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.excel.figures import share_cells, share_columns, value_of
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import INTERVALS, MEASURES, STANCES, TYPES
from rfc_analyzer.model import RespondentType

_COLUMNS = (
    Column("What is compared", 24, Style.WRAPPED),
    Column("Id", 10),
    Column("Theme, question or proposition", 76, Style.WRAPPED),
    Column("Group", 15),
    *share_columns(),
    Column("Groups differ", 11, Style.CENTRED),
    Column("Adjusted p", 10, Style.P_VALUE),
    Column("p", 9, Style.P_VALUE),
    Column("Effect (Cramér's V)", 10, Style.DECIMAL),
    Column("Test", 18),
    Column("Right where read so", 10, Style.SHARE),
)
_QUANTITIES = {Quantity.LENGTH: "Words", Quantity.DATE: "Submitted (UTC)"}


def comparison_sheets(selection: Selection) -> list[TableSheet]:
    """The comparison by respondent type: shares, length and date, what each side says, and the distinctive words."""
    sizes = respondents_by_type(selection.analysis, selection.filters, selection.unit)
    large = [row.respondent_type.value for row in sizes if row.share.n >= FEWEST]
    small = [row for row in sizes if row.share.n < FEWEST]
    # one group of fewer than five would leave every row without a test
    groups = large if len(large) > 1 else None
    try:
        found: Comparison | None = compare(
            selection.analysis, groups=groups, filters=selection.filters, unit=selection.unit
        )
        why_not = ""
    except BadInput as error:
        found, why_not = None, f"{str(error)[:1].upper()}{str(error)[1:]}."
    return [
        _comparison(selection, found, why_not, small if groups else []),
        _spreads(selection, found, why_not),
        _voices(selection, found, why_not),
        _words(selection, found, why_not),
    ]


def _comparison(
    selection: Selection, found: Comparison | None, why_not: str, left_out: Sequence[TypeRow]
) -> TableSheet:
    rows = [line for row in found.rows for line in _lines(found, row)] if found else []
    warnings = [*(found.warnings if found else ())]
    if left_out:
        names = ", ".join(f"{TYPES[row.respondent_type].lower()} ({row.share.n})" for row in left_out)
        warnings.append(f"Respondent types of fewer than five are left out, as they can't be tested: {names}.")
    return TableSheet(
        name="Comparison",
        holds="Respondent types compared on every theme, question and proposition, with tests.",
        title="Respondent types compared",
        columns=_COLUMNS,
        rows=rows,
        notes=(
            *warnings,
            f"{INTERVALS} The test asks whether all groups could have the same share; its p-value is adjusted for all "
            f"tests on this sheet (Benjamini–Hochberg). “Yes” stands where the adjusted p is under {BEYOND_CHANCE}.",
            "“Right where read so” is the share of what was read so that people, labelling blind, found to be so: a "
            "difference smaller than its error may be one of reading.",
            selection.asked,
        ),
        empty=why_not or "There is no theme, question or proposition to compare.",
        frozen=4,
    )


def _lines(found: Comparison, row: ComparisonRow) -> list[Row]:
    test = row.significance
    tested: Row = ("", None, None, None, "not tested")
    if test:
        differs = "Yes" if test.beyond_chance else "No"
        tested = (differs, test.p_adjusted, test.p, test.cramers_v, test.test.value)
    right = row.right.value if row.right and not row.right.hidden else None
    return [
        (MEASURES[row.measure], row.id, row.label, _named(group.name), *share_cells(share), *tested, right)
        for group, share in zip(found.groups, row.shares, strict=True)
    ]


def _spreads(selection: Selection, found: Comparison | None, why_not: str) -> TableSheet:
    """How long the letters of each type are, and when they came."""
    return TableSheet(
        name="Length and date",
        holds="How long submissions of each respondent type are, and when they came.",
        title="Respondent types by length and date",
        columns=(
            Column("What", 18),
            Column("Group", 18),
            Column("Counted", 10, Style.INTEGER),
            Column("Lower quarter ends at", 18, Style.CENTRED),
            Column("Median", 18, Style.CENTRED),
            Column("Upper quarter starts at", 18, Style.CENTRED),
            Column("Adjusted p", 10, Style.P_VALUE),
            Column("p", 9, Style.P_VALUE),
            Column("Effect", 10, Style.DECIMAL),
            Column("Test", 18),
        ),
        rows=[line for row in found.spreads for line in _spread_lines(found, row)] if found else [],
        notes=(
            f"{selection.counted} Groups of fewer than five show no quartiles.",
            "Mann–Whitney's U for two groups: the effect is the chance that a value of the first is the greater (0.5 "
            "is none). Kruskal–Wallis for more: epsilon squared, from 0 to 1. The p-value is adjusted with the tests "
            "of the sheet “Comparison”.",
            selection.asked,
        ),
        empty=why_not or "There is nothing to compare.",
        frozen=2,
    )


def _spread_lines(found: Comparison, row: SpreadRow) -> list[Row]:
    test = row.test
    tested: Row = (test.p_adjusted, test.p, test.effect, test.test) if test else (None, None, None, "not tested")
    return [
        (
            _QUANTITIES[row.quantity],
            _named(group.name),
            spread.n,
            *(_quantity(row, value) for value in (spread.low, spread.median, spread.high)),
            *tested,
        )
        for group, spread in zip(found.groups, row.spreads, strict=True)
    ]


def _quantity(row: SpreadRow, value: float | None) -> object:
    if value is None:
        return None
    moment = row.day(value) if row.quantity is Quantity.DATE else None
    return f"{moment:%Y-%m-%d}" if moment else round(value)


def _voices(selection: Selection, found: Comparison | None, why_not: str) -> TableSheet:
    """Quotes for both sides of every proposition in every type."""
    return TableSheet(
        name="Both sides in quotes",
        holds="For each respondent type both sides of every proposition in its own words, small views too.",
        title="Both sides of each respondent type, in their own words",
        columns=(
            Column("Group", 15),
            Column("Proposition", 14),
            Column("Statement", 36, Style.WRAPPED),
            Column("Stance", 10, stance=True),
            Column("Count", 8, Style.INTEGER),
            Column("Of", 8, Style.INTEGER),
            Column("Share", 9, Style.SHARE),
            Column("Smaller side here", 10, Style.CENTRED),
            Column("Quote", 70, Style.WRAPPED),
            Column("Respondent", 28, Style.WRAPPED),
            Column("Submission", 23),
            Column("File", 34, Style.WRAPPED),
            Column("Page", 7, Style.INTEGER),
        ),
        rows=[line for voice in found.voices for line in _voice_lines(selection, voice)] if found else [],
        notes=(
            f"{selection.counted} Shares are of those of the group who take the proposition up. The larger side comes "
            "first; up to two quotes a side, the surest, each of another text.",
            selection.asked,
        ),
        empty=why_not or "No position has been read, so there is no quote.",
        frozen=4,
    )


def _voice_lines(selection: Selection, voice: Voice) -> list[Row]:
    head = (
        _named(voice.group),
        voice.proposition_id,
        voice.text,
        STANCES[voice.stance],
        voice.share.n,
        voice.share.of,
        value_of(voice.share),
        "Yes" if voice.smaller else None,
    )
    quotes: list[Row] = [
        (selection.seen(q.quote, q.submission_id), q.respondent, q.submission_id, q.file_name, q.page)
        for q in voice.quotes
    ]
    return [(*head, *quote) for quote in quotes or [(None, None, None, None, None)]]


def _words(selection: Selection, found: Comparison | None, why_not: str) -> TableSheet:
    groups = found.distinctive_words.items() if found else ()
    return TableSheet(
        name="Distinctive words",
        holds="Words that one respondent type uses more than the others.",
        columns=(
            Column("Group", 18),
            Column("Word or phrase", 34),
            Column("z-score", 10, Style.DECIMAL),
            Column("Texts with it", 10, Style.INTEGER),
            Column("Of", 8, Style.INTEGER),
        ),
        rows=[(_named(name), w.word, w.z, w.texts, w.of) for name, words in groups for w in words],
        notes=(
            "Words and two-word phrases of the arguments, by log-odds with an informative Dirichlet prior (Monroe, "
            "Colaresi and Quinn 2008), each in three texts of its group or more.",
            selection.asked,
        ),
        empty=why_not or "No group has words of its own that chance would not explain.",
    )


@cache
def _type_names() -> dict[str, str]:
    return {t.value: TYPES[t] for t in RespondentType}


def _named(group: str) -> str:
    return _type_names().get(group, group)
