"""The second reader, asked over real HTTP at an endpoint of ours that also misbehaves."""

import json
import time

import pytest
from make_analysis import make_analysis
from make_endpoint import answers, endpoint

from rfc_analyzer import load
from rfc_analyzer.cli import main
from rfc_analyzer.model import Stance
from rfc_analyzer.secondreader import (
    disagreements,
    estimate,
    failed_items,
    find_quote,
    read_again,
    second_reading,
)
from rfc_analyzer.secondreader.endpoint import EndpointReader
from rfc_analyzer.tables import FILES, POSITIONS

pytest.importorskip("pydantic_ai")
KNOWN = ("P1", "P2", "P3")


@pytest.fixture
def folder(tmp_path):
    return make_analysis(tmp_path / "analysis").folder


def opposing(letter, _number):
    """Opposes the first statement with the letter's first words, and is silent on the others."""
    return 200, answers(("P1", "oppose", " ".join(letter.split()[:6])), ("P2", "none", ""), ("P3", "none", ""))


def ask(folder, answer, limit=None, **options):
    with endpoint(answer) as told:
        run = read_again(load(folder), EndpointReader(told.url, "tiny", **options), limit=limit)
    return run, told


def test_answers_are_kept_with_verbatim_quotes_and_positions_stay(folder):
    before = load(folder).rows(POSITIONS)
    run, told = ask(folder, opposing, key="secret")
    analysis = load(folder)
    texts = {f.file_id: f.text for f in analysis.rows(FILES)}
    rows = second_reading(folder)
    assert run.letters == len(told.asked) == len({r.submission_id for r in rows}) and not run.failed
    assert set(told.keys) == {"Bearer secret"}
    for row in (r for r in rows if r.stance == "oppose"):
        assert row.quote and texts[row.file_id][row.start : row.end] == row.quote
    assert analysis.rows(POSITIONS) == before
    assert (run.tokens_in, run.tokens_out) == (100 * run.letters, 20 * run.letters)


def test_where_the_readers_differ_is_listed(folder):
    ask(folder, opposing)
    held = {(p.submission_id, p.proposition_id): p.stance for p in load(folder).rows(POSITIONS)}
    found = disagreements(load(folder))
    assert found
    for one in found:
        assert one.read == str(held.get((one.submission_id, one.proposition_id), "none")) != one.second.stance
    assert not any(
        held.get((d.submission_id, d.proposition_id)) is Stance.OPPOSE for d in found if d.proposition_id == "P1"
    )


def test_invented_quotes_are_failed_items(folder):
    run, _ = ask(
        folder, lambda letter, n: (200, answers(*((p, "support", "words that nobody wrote here") for p in KNOWN))), 2
    )
    assert (run.answers, run.failed) == (0, 6)
    assert {row.failed for row in failed_items(folder)} == {"the words that it quotes are not in the letter"}
    assert not disagreements(load(folder))


def test_a_statement_without_an_answer_is_a_failed_item(folder):
    run, _ = ask(folder, lambda letter, n: (200, answers(("P1", "none", ""), ("P9", "support", letter))), 1)
    assert (run.answers, run.failed) == (1, 2)


@pytest.mark.parametrize("content", ["I would say they support it.", '{"answers": [{"statement": "P1"}]}', ""])
def test_bad_json_fails_the_letter_and_not_the_run(folder, content):
    first = []

    def answer(letter, number):
        first.append(letter)
        return (200, content) if letter == first[0] else opposing(letter, number)

    run, _ = ask(folder, answer, 2)
    assert (run.letters, run.answers, run.failed) == (2, 3, 3)
    assert len({row.failed for row in failed_items(folder)}) == 1


@pytest.mark.parametrize("status", [429, 500])
def test_a_passing_failure_is_tried_again(folder, status):
    run, told = ask(folder, lambda letter, n: (status, "later") if n == 1 else opposing(letter, n), 1)
    assert (run.answers, run.failed) == (3, 0) and len(told.asked) == 2


def test_an_endpoint_that_always_fails_ends_the_run_and_the_next_goes_on(folder):
    run, told = ask(folder, lambda letter, n: (500, "down"), attempts=1)
    assert run.letters == 5 == len(told.asked) and "in a row" in run.stopped
    assert all("500" in row.failed for row in failed_items(folder))
    ask(folder, opposing)
    assert not failed_items(folder)


def test_an_endpoint_that_does_not_answer_in_time_is_a_failure(folder):
    def slow(letter, number):
        time.sleep(1.5)
        return opposing(letter, number)

    run, _ = ask(folder, slow, 1, timeout=0.3, attempts=1)
    assert run.failed == 3 and "time" in failed_items(folder)[0].failed.lower()


def test_a_stopped_run_goes_on_and_nothing_is_sent_twice(folder):
    _, first = ask(folder, opposing, 2)
    everything = estimate(load(folder), "tiny")
    assert everything.already == 2
    _, rest = ask(folder, opposing)
    assert len(rest.asked) == everything.letters and not set(first.asked) & set(rest.asked)
    assert estimate(load(folder), "tiny").letters == 0


def test_the_cost_is_told_before(folder):
    found = estimate(load(folder), "tiny", 2.0, 8.0)
    assert found.cost == pytest.approx((found.tokens_in * 2 + found.tokens_out * 8) / 1e6)
    assert found.tokens_in > 350 * found.letters and estimate(load(folder), "tiny").cost is None


def test_nothing_is_sent_unless_asked(folder, capsys):
    with endpoint(opposing) as told:
        assert main(["second-read", str(folder), "--endpoint", told.url, "--model", "tiny"]) == 0
        said = capsys.readouterr().out
        assert "leaves this machine" in said and "Nothing was sent" in said and not told.asked
        code = main(["second-read", str(folder), "--endpoint", told.url, "--model", "tiny", "--send", "--json"])
    result = json.loads(capsys.readouterr().out)
    assert code == 0 and result["letters"] == len(told.asked) and result["disagreements"]


def test_failed_items_are_listed_and_told_by_the_exit_code(folder, capsys):
    with endpoint(lambda letter, n: (200, "no")) as told:
        code = main(["second-read", str(folder), "--endpoint", told.url, "--model", "tiny", "--send", "--limit", "1"])
    assert code == 1
    assert "Failed: " in capsys.readouterr().out


def test_no_address_is_refused(folder, capsys):
    assert main(["second-read", str(folder), "--endpoint", "host", "--model", "tiny", "--send"]) == 2
    assert "https://host/v1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("we don't agree at all", "we don’t\nagree at  all"),
        ("“We don't agree”", None),
        ("we do agree at all", None),
        ("agree", None),
        ("agree at all, it is", "agree at  all, it is"),
    ],
)
def test_only_words_that_are_there_are_found(quote, found):
    text = "Frankly we don’t\nagree at  all, it is too much."
    span = find_quote(quote, text)
    assert (text[span[0] : span[1]] if span else None) == found
