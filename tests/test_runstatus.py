import json
import time

import pytest

from rfc_analyzer.checkpoints import Checkpoints, digest, fingerprint
from rfc_analyzer.model import Proposition
from rfc_analyzer.progress import Silent
from rfc_analyzer.runstatus import RunState, StatusFile, read_status
from rfc_analyzer.tables import PROPOSITIONS


def test_a_run_says_where_it_is_and_how_it_ended(tmp_path):
    with StatusFile(tmp_path, ["one", "two"], Silent()) as status:
        status.stage("two", 4)
        status.advance(2, "a.pdf")
        deadline = time.monotonic() + 5
        while (read_status(tmp_path) or status).done == 0 and time.monotonic() < deadline:  # type: ignore[union-attr]
            time.sleep(0.05)
        now = read_status(tmp_path)
        assert now is not None
        assert (now.state, now.stage, now.done, now.total, now.detail) == (RunState.RUNNING, "two", 2, 4, "a.pdf")
        assert now.seconds_left is not None
    assert read_status(tmp_path).state is RunState.DONE


@pytest.mark.parametrize(("error", "state"), [(KeyboardInterrupt, RunState.CANCELLED), (ValueError, RunState.FAILED)])
def test_a_run_that_breaks_off_says_so(tmp_path, error, state):
    with pytest.raises(error), StatusFile(tmp_path, ["one"], Silent()):
        raise error("no more paper")
    ended = read_status(tmp_path)
    assert ended.state is state
    assert ended.message


def test_a_library_that_is_stopped_while_it_loads_is_no_failure(tmp_path):
    with pytest.raises(KeyboardInterrupt), StatusFile(tmp_path, ["One"], Silent()):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as stopped:
            raise ImportError("initialization failed") from stopped
    assert read_status(tmp_path).state is RunState.CANCELLED


def test_a_damaged_status_is_no_status(tmp_path):
    (tmp_path / "status.json").write_text("{")
    assert read_status(tmp_path) is None


def test_a_checkpoint_is_found_only_by_its_own_key(tmp_path):
    checkpoints = Checkpoints(tmp_path / "work")
    rows = [Proposition("P1", "Ferries should run.")]
    checkpoints.save("stage", "k1", [(PROPOSITIONS, rows)], {"notes": ["a"]})
    assert checkpoints.has("stage", "k1")
    assert not checkpoints.has("stage", "k2")
    assert not checkpoints.has("other", "k1")
    assert checkpoints.rows("stage", PROPOSITIONS) == rows
    assert checkpoints.extra("stage") == {"notes": ["a"]}


def test_a_half_written_checkpoint_is_not_taken_for_a_whole_one(tmp_path):
    checkpoints = Checkpoints(tmp_path)
    checkpoints.save("stage", "k1", [], {})
    (tmp_path / "stage" / "key.json").write_text(json.dumps({"key": "k1"})[:-3])
    assert not checkpoints.has("stage", "k1")


def test_fingerprints_change_with_the_files(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    before = digest(fingerprint([tmp_path]))
    assert before == digest(fingerprint([tmp_path]))
    (tmp_path / "a.txt").write_text("three")
    assert before != digest(fingerprint([tmp_path]))
