"""Archives: members are labels, never paths, and limits hold."""

import zipfile
from dataclasses import replace

import pytest

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.readers.archive import Budget, is_archive, unpack
from rfc_analyzer.settings import ReadingLimits

LIMITS = ReadingLimits()


@pytest.fixture
def packed(tmp_path):
    def pack(members, name="a.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members:
                archive.writestr(member, data)
        return path

    return pack


def members(path, tmp_path, limits=LIMITS):
    return list(unpack(path, tmp_path / "out", limits, Budget.of(limits)))


def test_names_never_become_paths(packed, tmp_path):
    path = packed([("../../evil.txt", "a"), ("/etc/passwd", "b"), ("c:\\x\\..\\y.txt", "c"), ("ok/letter.txt", "d")])
    found = members(path, tmp_path)
    assert {m.label for m in found} == {"evil.txt", "etc/passwd", "c:/x/y.txt", "ok/letter.txt"}
    assert all(m.path is not None and m.path.parent == tmp_path / "out" for m in found)


def test_a_bomb_is_left_closed_and_the_rest_is_read(packed, tmp_path):
    path = packed([("bomb.txt", "0" * 30_000_000), ("letter.txt", "We support the rule.")])
    bomb, letter = members(path, tmp_path)
    assert bomb.path is None and "far more" in bomb.problem
    assert letter.path is not None and letter.path.read_text() == "We support the rule."


def test_a_liar_about_its_size_is_stopped(packed, tmp_path):
    path = packed([("liar.txt", "0" * 30_000_000)])
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    (liar,) = members(path, tmp_path)
    assert liar.path is None and liar.problem


def test_the_budget_holds_over_all_members(packed, tmp_path):
    path = packed([(f"{i}.txt", f"comment {i}") for i in range(5)])
    found = members(path, tmp_path, replace(LIMITS, archive_members=3))
    assert [m.path is not None for m in found] == [True, True, True, False]
    assert "split the archive" in found[-1].problem


def test_a_damaged_member_costs_only_itself(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "spoiled text")
        archive.writestr("b.txt", "sound text")
    path.write_bytes(path.read_bytes().replace(b"spoiled text", b"sp0iled text", 1))
    spoiled, sound = members(path, tmp_path)
    assert spoiled.path is None and "damaged" in spoiled.problem
    assert sound.path is not None


def test_a_locked_member_says_so(tmp_path, packed):
    path = packed([("a.txt", "hidden")])
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(bytes(data))
    (locked,) = members(path, tmp_path)
    assert "password" in locked.problem


def test_office_files_are_no_archives(packed, tmp_path):
    assert not is_archive(packed([("word/document.xml", "<x/>")], "a.docx"))
    assert is_archive(packed([("a.txt", "x")]))
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 50)
    assert is_archive(broken)
    with pytest.raises(UnreadableFile, match="damaged"):
        members(broken, tmp_path)


def test_unpacking_is_in_the_order_of_names(packed, tmp_path):
    path = packed([("b.txt", "2"), ("a.txt", "1")])
    assert [m.label for m in members(path, tmp_path)] == ["a.txt", "b.txt"]
