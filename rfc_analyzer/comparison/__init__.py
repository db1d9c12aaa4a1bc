"""The one place where figures are computed. The dashboard, the command line and the exports all ask here.

>>> from rfc_analyzer import compare, load
>>> compare(load("my-analysis"), groups=["individual", "private_sector"]).rows[0]    # doctest: +SKIP
"""

from __future__ import annotations

from rfc_analyzer.comparison.answering import CommentRow, comments_to_answer
from rfc_analyzer.comparison.comparing import Comparison, ComparisonRow, Group, Measure, compare, group_sizes
from rfc_analyzer.comparison.counting import Denominators, denominators, weights
from rfc_analyzer.comparison.distinctive import DistinctiveWord, distinctive_words
from rfc_analyzer.comparison.figures import (
    PositionRow,
    QuestionRow,
    ThemeRow,
    TypeRow,
    most_raised,
    positions_by_type,
    positions_overall,
    questions_by_type,
    questions_overall,
    respondents_by_type,
    themes_by_type,
    themes_overall,
    types_present,
    unasked_by_type,
    unasked_overall,
)
from rfc_analyzer.comparison.files import FileReport, FileRow, file_report, files_with_remarks
from rfc_analyzer.comparison.filters import CampaignFilter, Filters
from rfc_analyzer.comparison.grouping import GroupBy, group_labels
from rfc_analyzer.comparison.holding import NOT_ASKED, question_holders, theme_holders
from rfc_analyzer.comparison.memberships import (
    CampaignRow,
    CampaignShare,
    FamilyRow,
    VariantRow,
    campaign_shares,
    campaigns,
    suspected_families,
)
from rfc_analyzer.comparison.minorities import MinorityView, minority_views
from rfc_analyzer.comparison.overview import Overview, overview
from rfc_analyzer.comparison.passages import (
    AnsweringTheme,
    PassageRow,
    question_passages,
    question_themes,
    theme_passages,
    unplaced_passages,
)
from rfc_analyzer.comparison.quoting import QuoteRow, Quotes, all_quotes, quotes
from rfc_analyzer.comparison.reconciling import Reconciliation, reconcile
from rfc_analyzer.comparison.representation import (
    LEADING_THEMES,
    SHOWN_PASSAGES,
    RepresentationRow,
    Represented,
    representation,
)
from rfc_analyzer.comparison.shares import Difference, Interval, Share, Unit, difference
from rfc_analyzer.comparison.significance import Significance, TestKind, significance
from rfc_analyzer.comparison.signing import JointLetter, SignatoryRow, joint_letters
from rfc_analyzer.comparison.slots import READ_LETTERS, WordingRow, family_slots
from rfc_analyzer.comparison.spreads import Quantity, RankTest, Spread, SpreadRow
from rfc_analyzer.comparison.thememarks import ThemeMark, Unthemed, theme_marks, unthemed
from rfc_analyzer.comparison.themeweights import ThemeWeight, theme_weights
from rfc_analyzer.comparison.timing import Step, TimeRow, over_time
from rfc_analyzer.comparison.trust import how_far_to_trust
from rfc_analyzer.comparison.voicing import Voice
from rfc_analyzer.comparison.warnings import CHOSE_THEMSELVES, how_stances_were_read

__all__ = [
    "CHOSE_THEMSELVES",
    "LEADING_THEMES",
    "NOT_ASKED",
    "READ_LETTERS",
    "SHOWN_PASSAGES",
    "AnsweringTheme",
    "CampaignFilter",
    "CampaignRow",
    "CampaignShare",
    "CommentRow",
    "Comparison",
    "ComparisonRow",
    "Denominators",
    "Difference",
    "DistinctiveWord",
    "FamilyRow",
    "FileReport",
    "FileRow",
    "Filters",
    "Group",
    "GroupBy",
    "Interval",
    "JointLetter",
    "Measure",
    "MinorityView",
    "Overview",
    "PassageRow",
    "PositionRow",
    "Quantity",
    "QuestionRow",
    "QuoteRow",
    "Quotes",
    "RankTest",
    "Reconciliation",
    "RepresentationRow",
    "Represented",
    "Share",
    "SignatoryRow",
    "Significance",
    "Spread",
    "SpreadRow",
    "Step",
    "TestKind",
    "ThemeMark",
    "ThemeRow",
    "ThemeWeight",
    "TimeRow",
    "TypeRow",
    "Unit",
    "Unthemed",
    "VariantRow",
    "Voice",
    "WordingRow",
    "all_quotes",
    "campaign_shares",
    "campaigns",
    "comments_to_answer",
    "compare",
    "denominators",
    "difference",
    "distinctive_words",
    "family_slots",
    "file_report",
    "files_with_remarks",
    "group_labels",
    "group_sizes",
    "how_far_to_trust",
    "how_stances_were_read",
    "joint_letters",
    "minority_views",
    "most_raised",
    "over_time",
    "overview",
    "positions_by_type",
    "positions_overall",
    "question_holders",
    "question_passages",
    "question_themes",
    "questions_by_type",
    "questions_overall",
    "quotes",
    "reconcile",
    "representation",
    "respondents_by_type",
    "significance",
    "suspected_families",
    "theme_holders",
    "theme_marks",
    "theme_passages",
    "theme_weights",
    "themes_by_type",
    "themes_overall",
    "types_present",
    "unasked_by_type",
    "unasked_overall",
    "unplaced_passages",
    "unthemed",
    "weights",
]
