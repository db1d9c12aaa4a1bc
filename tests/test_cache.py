"""What is kept between runs: found again, bounded, and never a danger to a run."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import numpy as np
import pytest

from rfc_analyzer import analyze
from rfc_analyzer.cache import Cache, Kept, key_of, source_digest, user_cache
from rfc_analyzer.cli import main
from rfc_analyzer.ingest import remembering
from rfc_analyzer.positions.caching import CachedReader

LETTER = "I support the night ferry because nurses need it. Please keep the fare low for students and for workers."


def test_what_is_kept_is_found_again(tmp_path):
    entries = {key_of(str(n)): bytes([n]) * n for n in range(1, 200)}
    Cache(tmp_path).keep(Kept.PARSING, entries)
    assert Cache(tmp_path).find(Kept.PARSING, [*entries, key_of("other")]) == entries
    assert Cache(tmp_path).find(Kept.EMBEDDINGS, entries) == {}


def test_keys_do_not_run_together():
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("\ud800") != key_of("?")


def test_the_limit_holds_and_the_least_used_go_first(tmp_path):
    cache = Cache(tmp_path, limit=100_000)
    cache.keep(Kept.PARSING, {b"old": bytes(50_000)})
    with closing(sqlite3.connect(cache.path)) as db, db:
        db.execute("UPDATE entries SET used = 1")
    cache.keep(Kept.EMBEDDINGS, {b"new": bytes(40_000)})
    cache.keep(Kept.POSITIONS, {b"newer": bytes(40_000)})
    assert not cache.find(Kept.PARSING, [b"old"])
    assert cache.find(Kept.EMBEDDINGS, [b"new"]) and cache.find(Kept.POSITIONS, [b"newer"])
    assert sum(use.bytes for use in cache.usage()) <= 100_000


def test_a_damaged_entry_is_not_found(tmp_path):
    cache = Cache(tmp_path)
    cache.keep(Kept.PARSING, {b"k": b"right", b"other": b"right"})
    cache.close()
    with closing(sqlite3.connect(cache.path)) as db, db:
        db.execute("UPDATE entries SET value = ? WHERE key = ?", (b"wrong", b"k"))
    assert cache.find(Kept.PARSING, [b"k", b"other"]) == {b"other": b"right"}


@pytest.mark.parametrize("content", [b"", b"not a database" * 500, os.urandom(9_000)])
def test_a_damaged_file_is_begun_anew(content, tmp_path):
    cache = Cache(tmp_path)
    cache.path.write_bytes(content)
    assert cache.find(Kept.PARSING, [b"k"]) == {}
    cache.keep(Kept.PARSING, {b"k": b"v"})
    assert cache.find(Kept.PARSING, [b"k"]) == {b"k": b"v"}


def test_a_place_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file")
    cache.keep(Kept.PARSING, {b"k": b"v"})
    assert cache.find(Kept.PARSING, [b"k"]) == {}


def test_two_processes_may_write_at_once(tmp_path):
    code = (
        "import sys; from pathlib import Path; from rfc_analyzer.cache import Cache, Kept, key_of\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(60): cache.keep(Kept.PARSING, {key_of(sys.argv[2], str(n)): sys.argv[2].encode() * 100})"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "ab"]
    assert [writer.wait() for writer in writers] == [0, 0]
    cache = Cache(tmp_path)
    for name in "ab":
        found = cache.find(Kept.PARSING, [key_of(name, str(n)) for n in range(60)])
        assert list(found.values()) == [name.encode() * 100] * 60


def test_readers_may_import_nothing_whose_change_would_go_unseen():
    """The architecture test bounds what readers import; the key of what they gave must cover all of it."""
    from test_architecture import BASE, MAY_IMPORT

    allowed = set().union(*(MAY_IMPORT[part] for part in ("readers", "pdf"))) | {"readers", "pdf"}
    elsewhere = {
        "cache",
        "progress",
        "model_themes",
        "model_positions",
        "places",
        "languages",
    }  # nothing of what is read depends on these
    assert {name.split(".")[0] for name in allowed} | (BASE - elsewhere) <= set(remembering.PARTS)
    assert source_digest("readers") != source_digest("readers", "pdf")


class Reader:
    name, sha256 = "reader", "0" * 64

    def __init__(self):
        self.asked = []

    def read(self, texts, asked):
        self.asked += [(text, p) for text, ps in zip(texts, asked, strict=True) for p in ps]
        return [np.array([[len(p), 0, 0, 1] for p in ps], np.float32).reshape(-1, 4) for ps in asked]


def test_no_text_is_read_twice_for_a_proposition(tmp_path):
    first, again = Reader(), Reader()
    CachedReader(first, Cache(tmp_path)).read(["a", "b"], [["p", "qq"], []])
    read = CachedReader(again, Cache(tmp_path)).read(["a", "b"], [["qq", "rrr", "p"], ["p"]])
    assert again.asked == [("a", "rrr"), ("b", "p")]
    assert read[0][:, 0].tolist() == [2, 3, 1] and read[1].shape == (1, 4)


def test_a_second_analysis_reads_no_file_again(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_text(f"{LETTER} {name}")
    analyze([tmp_path / "in"], tmp_path / "one")
    (tmp_path / "in" / "c.txt").write_text(f"{LETTER} third")
    calls = []
    monkeypatch.setattr("rfc_analyzer.sandbox._Child.call", lambda self, function, arguments, seconds: calls.append(
        arguments) or function(*arguments))  # fmt: skip
    second = analyze([tmp_path / "in"], tmp_path / "two")
    assert [str(arguments[0]).rsplit("/", 1)[-1] for arguments in calls] == ["c.txt"]
    assert len(second.files) == 3 and set(second.files.status) == {"ok"}
    monkeypatch.undo()
    assert analyze([tmp_path / "in"], tmp_path / "three").files.equals(second.files)


def test_the_command_shows_and_clears(tmp_path, capsys):
    user_cache().keep(Kept.EMBEDDINGS, {b"k": bytes(2_000_000)})
    assert main(["cache"]) == 0
    assert "1 texts embedded, 1.9 MB" in capsys.readouterr().out
    assert main(["cache", "clear", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"]["embeddings"] == {"entries": 0, "bytes": 0}
    assert user_cache().find(Kept.EMBEDDINGS, [b"k"]) == {}


def test_copies_of_analyses_on_stores_are_shown_and_cleared_and_outlive_a_damaged_file(tmp_path, capsys):
    kept = user_cache()
    kept.keep(Kept.EMBEDDINGS, {b"k": b"vector"})
    table = kept.copies / "0123456789abcdef" / "files.parquet"
    table.parent.mkdir(parents=True)
    table.write_bytes(bytes(3_000_000))
    kept.close()
    kept.path.write_bytes(b"no database" * 100)
    assert kept.find(Kept.EMBEDDINGS, [b"k"]) == {}
    assert table.exists()
    assert main(["cache"]) == 0
    assert "1 copies of analyses that belong on stores, 2.9 MB" in capsys.readouterr().out
    assert main(["cache", "clear", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["copies"] == {"entries": 0, "bytes": 0}
    assert not table.exists()
