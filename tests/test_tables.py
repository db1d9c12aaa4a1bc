from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfc_analyzer.model import (
    CampaignRole,
    FileRole,
    FileStatus,
    Passage,
    PassageKind,
    RespondentType,
    SourceFile,
    Submission,
    TextSource,
)
from rfc_analyzer.tables import CONTRACT_TABLES, FILES, PASSAGES, SUBMISSIONS

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SUBMISSION = st.builds(
    Submission,
    submission_id=TEXT,
    docket_id=TEXT,
    title=TEXT,
    submitted_at=st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    respondent_name=TEXT,
    organization=TEXT,
    respondent_type=st.sampled_from(RespondentType),
    respondent_type_score=st.floats(0, 1),
    campaign_id=st.none() | TEXT,
    campaign_role=st.sampled_from(CampaignRole),
    signatories=st.integers(1, 10**9),
)
PASSAGE = st.builds(
    Passage,
    passage_id=TEXT,
    submission_id=TEXT,
    file_id=TEXT,
    page=st.none() | st.integers(1, 2000),
    start=st.integers(0, 10**9),
    end=st.integers(0, 10**9),
    text=TEXT,
    kind=st.sampled_from(PassageKind),
    theme_id=st.none() | TEXT,
    theme_score=st.none() | st.floats(0, 1),
    question_ids=st.lists(TEXT, max_size=3).map(tuple),
    counted=st.booleans(),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(SUBMISSION, max_size=4), st.lists(PASSAGE, max_size=4))
def test_what_is_saved_is_what_is_loaded(tmp_path_factory, submissions, passages):
    folder = tmp_path_factory.mktemp("tables")
    SUBMISSIONS.write(folder, submissions)
    PASSAGES.write(folder, passages)
    assert SUBMISSIONS.read(folder) == submissions
    assert PASSAGES.read(folder) == passages


def test_the_same_rows_give_the_same_bytes(tmp_path):
    rows = [Submission("S1", "D", "é", datetime(2026, 1, 1, tzinfo=UTC), "A", "B")]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        SUBMISSIONS.write(tmp_path / name, rows)
    assert (tmp_path / "a" / "submissions.parquet").read_bytes() == (
        tmp_path / "b" / "submissions.parquet"
    ).read_bytes()


def test_lone_surrogates_of_broken_files_do_not_stop_saving(tmp_path):
    row = SourceFile(
        "f",
        None,
        "bad\udcff.txt",
        "",
        "text/plain",
        None,
        TextSource.TXT,
        FileStatus.OK,
        "",
        "a\ud800b",
        (),
        FileRole.FORM,
    )
    FILES.write(tmp_path, [row])
    (read,) = FILES.read(tmp_path)
    # offsets into the text must not move
    assert read == replace(row, name="bad?.txt", text="a?b")


def test_a_misspelt_column_is_refused():
    with pytest.raises(AttributeError, match="no column 'stanec'"):
        SUBMISSIONS.c.stanec  # noqa: B018


CONTRACT = {
    "submissions": "submission_id docket_id title submitted_at respondent_name organization respondent_type "
    "respondent_type_score respondent_type_reason signatories campaign_id campaign_role substantive language "
    "words pages",
    "files": "file_id submission_id name sha256 media_type pages text_source status message text page_starts",
    "passages": "passage_id submission_id file_id page start end text kind theme_id theme_score question_ids "
    "questions_named counted",
    "themes": "theme_id label keywords parent_id passages submissions distinct_texts stability "
    "representative_passage_ids",
    "campaigns": "campaign_id kind submissions template_submission_id template_text first_submitted_at "
    "last_submitted_at",
    "campaign_members": "campaign_id submission_id role similarity added_text removed_text",
    "questions": "question_id number parent_id text page",
    "propositions": "proposition_id text question_ids",
    "positions": "submission_id proposition_id stance confidence method reviewed",
    "evidence": "submission_id proposition_id stance file_id page start end quote score",
    "boxes": "file_id page start end x0 y0 x1 y1",
    "reviews": "review_id at reviewer table row_id column old new note",
}


def test_every_table_and_column_that_readers_depend_on_is_there():
    columns = {table.name: set(table.schema.names) for table in CONTRACT_TABLES}
    assert set(columns) == set(CONTRACT)
    for name, expected in CONTRACT.items():
        assert set(expected.split()) <= columns[name]
