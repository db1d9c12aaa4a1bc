"""Inputs and analyses in a bucket, on a real S3-compatible server on this machine."""

from pathlib import Path

import pytest
import s3fs
from make_bucket import bucket as bucket

from rfc_analyzer import load
from rfc_analyzer.cache import PLACE
from rfc_analyzer.cli import main
from rfc_analyzer.errors import BadInput
from rfc_analyzer.pipeline import analyze, read_docket
from rfc_analyzer.places import Place
from rfc_analyzer.tables import FILES, INPUTS, PASSAGES, SUBMISSIONS

LETTERS = {
    "Ferry-1.txt": "The night ferry should run every day. Nurses need it after late shifts at the hospital.",
    "more/Ferry-2.txt": "I oppose the plan to end the night ferry, as the bridge is closed to trucks at night.",
    "more/é & b.txt": "Please keep the ferry. My students live on the other side and come home late.",
}


@pytest.fixture
def kept_here(tmp_path, monkeypatch):
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))


@pytest.fixture
def letters(bucket, tmp_path):
    """Letters in the bucket and the same in a folder of that name."""
    place = f"{bucket}/{tmp_path.name}/letters"
    for name, text in LETTERS.items():
        s3fs.S3FileSystem().pipe_file(f"{place}/{name}", text.encode())
        local = tmp_path / "letters" / name
        local.parent.mkdir(parents=True, exist_ok=True)
        local.write_text(text, encoding="utf-8")
    return place


def keys(place):
    files = s3fs.S3FileSystem()
    files.invalidate_cache()
    return {key.split("/", 1)[1]: about for key, about in files.find(place, detail=True).items()}


def account(folder):
    return [(f.name, f.status, f.message, f.sha256, f.submission_id) for f in FILES.read(folder / "work" / "ingest")]


def test_letters_in_a_bucket_are_accounted_for_as_those_in_a_folder(letters, tmp_path, kept_here):
    read_docket([letters], tmp_path / "fetched")
    read_docket([tmp_path / "letters"], tmp_path / "local")
    assert account(tmp_path / "fetched") == account(tmp_path / "local")
    assert {name for name, *_ in account(tmp_path / "fetched")} == set(LETTERS)


def test_one_file_in_a_bucket_is_an_input_and_several_places_keep_their_names(letters, tmp_path, kept_here):
    read_docket([f"{letters}/Ferry-1.txt", f"{letters}/more"], tmp_path / "fetched")
    read_docket([tmp_path / "letters" / "Ferry-1.txt", tmp_path / "letters" / "more"], tmp_path / "local")
    assert sorted(account(tmp_path / "fetched")) == sorted(account(tmp_path / "local"))


def test_what_has_changed_is_fetched_again_and_what_is_gone_is_gone(letters, tmp_path):
    place = Place(letters)
    path, missing = place.fetch(tmp_path / "here")
    before = {file: file.stat().st_ino for file in path.rglob("*.txt")}
    files = s3fs.S3FileSystem()
    files.pipe_file(f"{letters}/Ferry-1.txt", b"Another text, of another length.")
    files.rm_file(f"{letters}/more/Ferry-2.txt")
    Place(letters).fetch(tmp_path / "here")
    after = {file: file.stat().st_ino for file in path.rglob("*.txt")}
    assert not missing
    assert (path / "Ferry-1.txt").read_text() == "Another text, of another length."
    assert set(before) - set(after) == {path / "more" / "Ferry-2.txt"}
    assert after[path / "more" / "é & b.txt"] == before[path / "more" / "é & b.txt"]


def test_names_that_no_file_can_have_are_listed_and_lead_nowhere_else(letters, bucket, tmp_path, kept_here):
    s3fs.S3FileSystem().pipe_file(f"{letters}/../../outside.txt", b"Should not be written beside the folder.")
    s3fs.S3FileSystem().pipe_file(f"{letters}/{'x' * 300}.txt", b"A name that is too long.")
    read_docket([letters], tmp_path / "fetched")
    rows = {name: (status, message) for name, status, message, *_ in account(tmp_path / "fetched")}
    unread = {name: why for name, why in rows.items() if name not in LETTERS}
    assert set(unread) == {"../../outside.txt", f"{'x' * 300}.txt"}
    assert all(status == "skipped" and "rename it on the store" in message for status, message in unread.values())
    assert not list(tmp_path.rglob("outside.txt"))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("s3://dockets/nothing-here", "nothing is at s3://dockets/nothing-here; check its name"),
        ("s3://nowhere/letters", "check its name, and the keys"),
        ("s3://", "names no place on a store"),
        ("s3://dockets/..", "names no place on a store"),
        ("https://127.0.0.1/letters", "fetch it first"),
        ("odd://letters", "is no place on a store"),
    ],
)
def test_a_place_that_is_not_there_is_told(bucket, tmp_path, place, said):
    with pytest.raises(BadInput, match=said):
        read_docket([place], tmp_path / "out")


def test_an_analysis_is_written_to_a_bucket_and_opened_from_there(letters, bucket, tmp_path, monkeypatch, capsys):
    there = f"{bucket}/{tmp_path.name}/analysis"
    monkeypatch.setenv(PLACE, str(tmp_path / "one machine"))
    analyze([letters], there)
    analyze([tmp_path / "letters"], tmp_path / "local")
    names = {name.rsplit("/", 1)[-1] for name in keys(there)}
    assert {"manifest.json", "passages.parquet", "reviews.parquet"} <= names
    assert not any("work" in name or "fetched" in name for name in keys(there))

    monkeypatch.setenv(PLACE, str(tmp_path / "another machine"))
    opened, local = load(there), load(tmp_path / "local")
    assert opened.rows(SUBMISSIONS) == local.rows(SUBMISSIONS)
    assert opened.rows(PASSAGES) == local.rows(PASSAGES)
    assert INPUTS.name not in names or opened.manifest.inputs == local.manifest.inputs
    assert main(["export", there, "--csv", str(tmp_path / "csv")]) == 0
    assert (tmp_path / "csv").is_dir()
    assert main(["compare", there, "--by", "respondent_type"]) == 0
    capsys.readouterr()

    with pytest.raises(SystemExit):
        main(["review", "list", there])
    assert "copy it to a folder" in capsys.readouterr().err


def test_a_second_run_keeps_what_is_in_the_bucket_and_a_stopped_copy_is_no_analysis(
    letters, bucket, tmp_path, monkeypatch
):
    there = f"{bucket}/{tmp_path.name}/analysis"
    monkeypatch.setenv(PLACE, str(tmp_path / "one machine"))
    first = analyze([letters], there)
    reviews = s3fs.S3FileSystem().cat_file(f"{there}/reviews.parquet")
    monkeypatch.setenv(PLACE, str(tmp_path / "another machine"))

    def stopped(place, folder, last):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Place, "push", stopped)
        with pytest.raises(KeyboardInterrupt):
            analyze([letters], there)
    assert load(there).rows(SUBMISSIONS) == first.rows(SUBMISSIONS)
    analyze([letters], there)
    assert s3fs.S3FileSystem().cat_file(f"{there}/reviews.parquet") == reviews
    s3fs.S3FileSystem().rm_file(f"{there}/manifest.json")
    with pytest.raises(Exception, match="holds no finished analysis"):
        load(there)


def test_a_place_that_can_not_be_written_is_told_before_the_work(tmp_path, bucket, monkeypatch):
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    Path(tmp_path / "a.txt").write_text(LETTERS["Ferry-1.txt"], encoding="utf-8")
    with pytest.raises(BadInput, match="s3://nowhere/analysis can't be used"):
        analyze([tmp_path / "a.txt"], "s3://nowhere/analysis")
    assert not (tmp_path / "kept" / "stores").exists()
