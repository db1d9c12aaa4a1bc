"""A table of a million comments is read whole, and what lies beside it too."""

from rfc_analyzer.ingest import ingest
from rfc_analyzer.progress import Silent
from rfc_analyzer.settings import IngestSettings

ROWS = 1_000_000


def test_a_million_rows_are_a_million_submissions(tmp_path):
    with (tmp_path / "comments.csv").open("w") as table:
        table.write("id,comment\n")
        table.writelines(f"C{number:07},No more of rule {number}.\n" for number in range(ROWS))
    (tmp_path / "letter.txt").write_text("Dear agency, we oppose this rule for the reasons that this letter gives.")
    intake = ingest([tmp_path], IngestSettings(), Silent())
    assert len(intake.submissions) == ROWS + 1
    report = next(f for f in intake.files if f.name == "comments.csv")
    assert report.message.startswith("1,000,000 comments read")
