"""Respondent types side by side, with intervals and tests, and the words that tell them apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rfc_analyzer.comparison import Comparison, ComparisonRow, TypeRow, compare, respondents_by_type
from rfc_analyzer.comparison.shares import FEWEST
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.excel.figures import share_cells, share_columns
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import INTERVALS, MEASURES, TYPES
from rfc_analyzer.model import RespondentType

_LEVEL = 0.05
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
)


def comparison_sheets(selection: Selection) -> tuple[TableSheet, TableSheet]:
    """The comparison by respondent type, and the distinctive words."""
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
    return _comparison(selection, found, why_not, small if groups else []), _words(selection, found, why_not)


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
            f"tests on this sheet (Benjamini–Hochberg). “Yes” stands where the adjusted p is under {_LEVEL}.",
            selection.asked,
        ),
        empty=why_not or "There is no theme, question or proposition to compare.",
        frozen=4,
    )


def _lines(found: Comparison, row: ComparisonRow) -> list[Row]:
    test = row.significance
    tested: Row = ("", None, None, None, "not tested")
    if test:
        differs = "Yes" if test.p_adjusted < _LEVEL else "No"
        tested = (differs, test.p_adjusted, test.p, test.cramers_v, test.test.value)
    return [
        (MEASURES[row.measure], row.id, row.label, _named(group.name), *share_cells(share), *tested)
        for group, share in zip(found.groups, row.shares, strict=True)
    ]


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
