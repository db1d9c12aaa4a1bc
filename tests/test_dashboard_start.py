"""The start page and the router: what stands there without an analysis, with one, with a damaged one; and filters."""

import json

import pytest
from make_analysis import make_analysis
from opening import ROUTER, opened, said
from streamlit import config
from streamlit.testing.v1 import AppTest

from dashboards import jobs
from dashboards.library import entries
from dashboards.progressing import RESULTS
from dashboards.themechoices import DETAILS
from dashboards.uploads import Draft
from rfc_analyzer.runstatus import RunState, RunStatus, write_status
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE, SAMPLE_VARIABLE
from rfc_analyzer.settings import ThemeDetail
from rfc_analyzer.stages import STAGES
from rfc_analyzer.tables import CAMPAIGNS, SUBMISSIONS, THEMES

ALL_COUNTS = "14 submissions · 16 signatories · 11 distinct texts"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    monkeypatch.delenv(SAMPLE_VARIABLE, raising=False)
    config.set_option("server.address", "127.0.0.1")
    yield folder
    for run in jobs.runs():
        if run.active:
            jobs.cancel(run, grace=0.0).join()


def button(app, label):
    return next(b for b in app.button if b.label == label)


def wrote(folder, title, pid=0, status=None, queued_at="2026-05-01T00:00:00+00:00", errors=""):
    folder.mkdir(parents=True, exist_ok=True)
    asked = {"title": title, "arguments": [], "queued_at": queued_at, "pid": pid}
    (folder / jobs.RUN_FILE).write_text(json.dumps(asked))
    (folder / jobs.ERROR_FILE).write_text(errors)
    if status:
        write_status(folder, status)


def test_without_an_analysis_the_start_page_says_what_to_do():
    app = opened()
    assert [t.value for t in app.title] == ["Read what the public said"]
    assert {"Explore the sample docket", "Start the analysis"} <= {b.label for b in app.button}
    assert not app.sidebar.selectbox


def test_nothing_given_does_not_start():
    app = opened()
    button(app, "Start the analysis").click().run()
    assert "there are no comments yet: drop files, choose a folder, or name a folder on this machine" in said(app)
    assert jobs.runs() == []


def test_the_sample_is_queued_by_one_click(home):
    app = opened()
    button(app, "Explore the sample docket").click().run()
    (run,) = jobs.runs()
    assert run.title == "Automated Delivery Devices on Public Sidewalks"
    assert run.active
    assert run.title in said(app)
    assert "Cancel" in {b.label for b in app.button}
    # the run stands above the form, at whose end it was started
    assert any("see how far it is" in info.value for info in app.info)


def test_a_folder_on_this_machine_starts_with_typed_propositions(home, tmp_path):
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "a.txt").write_text("We support night ferries.")
    app = opened()
    field = {t.label: t for t in app.text_input}
    field["Name of the docket"].input("Night ferries")
    field["Path of a folder or file on this machine"].input(str(letters))
    propositions = next(a for a in app.text_area if a.label == "One proposition a line")
    propositions.input("Ferries should run at night.")
    button(app, "Start the analysis").click().run()
    (run,) = jobs.runs()
    assert run.title == "Night ferries"
    assert run.asked.arguments[:2] == (str(letters), "--codebook")
    assert {t.label: t.value for t in app.text_input}["Name of the docket"] == ""


def test_a_name_and_a_folder_are_enough(home, tmp_path):
    (tmp_path / "a.txt").write_text("We support night ferries.")
    app = opened()
    field = {t.label: t for t in app.text_input}
    field["Name of the docket"].input("Night ferries")
    field["Path of a folder or file on this machine"].input(str(tmp_path / "a.txt"))
    button(app, "Start the analysis").click().run()
    assert not app.exception and [run.title for run in jobs.runs()] == ["Night ferries"]


@pytest.mark.parametrize(
    ("detail", "arguments"),
    [
        ("In between", ()),
        ("Few and broad", ("--theme-detail", "coarse")),
        ("Many and narrow", ("--theme-detail", "fine")),
    ],
)
def test_how_broad_themes_are_is_asked(home, tmp_path, detail, arguments):
    (tmp_path / "a.txt").write_text("We support night ferries.")
    app = opened()
    next(t for t in app.text_input if t.label.startswith("Path")).input(str(tmp_path / "a.txt"))
    choice = next(r for r in app.radio if r.label == "How broad themes are")
    assert choice.value == ThemeDetail.MEDIUM
    choice.set_value(next(value for value, title in DETAILS.items() if title == detail))
    button(app, "Start the analysis").click().run()
    (run,) = jobs.runs()
    assert tuple(a for a in run.asked.arguments if a in ("--theme-detail", *ThemeDetail)) == arguments
    assert next(r for r in app.radio if r.label == "How broad themes are").value == ThemeDetail.MEDIUM


def test_the_details_asked_for_are_those_that_there_are():
    assert list(DETAILS) == [detail.value for detail in ThemeDetail]


@pytest.mark.parametrize("with_questions", [True, False])
def test_questions_become_themes_only_where_some_are_asked(with_questions):
    def page(with_questions):
        import streamlit as st

        from dashboards.themechoices import ask_for_themes

        st.text(" ".join(ask_for_themes("detail", "questions", with_questions=with_questions)))

    app = AppTest.from_function(page, kwargs={"with_questions": with_questions}).run()
    assert len(app.checkbox) == with_questions
    for choice in app.checkbox:
        assert not choice.value
        choice.check().run()
    assert app.text[0].value == ("--question-themes" if with_questions else "")


@pytest.mark.parametrize(("path", "why"), [("letters", "begin it with /"), ("/no/such/folder", "does not exist")])
def test_a_wrong_path_says_why_and_leaves_nothing(home, path, why):
    app = opened()
    next(t for t in app.text_input if t.label.startswith("Path")).input(path)
    button(app, "Start the analysis").click().run()
    assert any(why in line for line in said(app))
    assert list(home.iterdir()) == []


def test_what_was_uploaded_is_listed_and_laid_out(home):
    class Sent:
        name = "../letter ![x](http://pictures.invalid/x.png).txt"

        def getbuffer(self):
            return memoryview(b"We support night ferries.")

    draft = Draft.new()
    draft.add([Sent()])
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.session_state["_draft"] = draft
    app.run()
    assert any("**1 file** added" in line for line in said(app))
    button(app, "Start the analysis").click().run()
    (run,) = jobs.runs()
    (laid,) = [p for p in (run.folder / "inputs").rglob("*") if p.is_file()]
    assert laid.name == "x.png).txt"
    assert not draft.folder.exists()


def test_an_analysis_opens_on_the_overview_with_three_counts(home):
    make_analysis(home / "shelf")
    app = opened()
    assert ALL_COUNTS in said(app)
    assert app.sidebar.selectbox[0].value == "shelf"
    assert app.query_params["analysis"] == "shelf"


def test_a_filter_changes_the_counts_and_can_be_cleared(home):
    make_analysis(home / "shelf")
    app = opened()
    types = next(m for m in app.sidebar.multiselect if m.label == "Respondent type")
    types.select("Private sector").run()
    assert "Filtered: **2** of 14 submissions · **2** of 16 signatories · **2** of 11 distinct texts" in said(app)
    assert app.query_params["type"] == "private_sector"
    button(app, "Clear filters").click().run()
    assert ALL_COUNTS in said(app)
    assert "type" not in app.query_params


def test_an_address_opens_filtered_on_any_page(home):
    make_analysis(home / "shelf")
    app = opened(type="individual", theme="T01", stance="support")
    assert {m.label: m.value for m in app.sidebar.multiselect}["Respondent type"] == ["individual"]
    before = next(line for line in said(app) if line.startswith("Filtered:"))
    app.switch_page("screens/themes.py").run()
    assert before in said(app)
    assert app.query_params["theme"] == "T01"


def test_an_address_with_what_is_not_there_says_so(home):
    make_analysis(home / "shelf")
    app = opened(theme="T99", analysis="gone")
    assert "T99" in said(app)
    assert ALL_COUNTS in said(app)


def test_nothing_left_is_explained(home):
    make_analysis(home / "shelf")
    app = opened(text="xylophone")
    assert any("No submission meets all of these filters" in line for line in said(app))
    assert "Clear filters" in {b.label for b in app.button}


def test_switching_the_docket_drops_what_only_the_other_has(home):
    make_analysis(home / "a-shelf")
    make_analysis(home / "b-shelf")
    app = opened(analysis="a-shelf", type="individual", theme="T01")
    app.sidebar.selectbox[0].set_value("b-shelf").run()
    chosen = {m.label: m.value for m in app.sidebar.multiselect}
    assert chosen["Respondent type"] == ["individual"]
    assert chosen["Theme"] == []
    assert app.query_params["analysis"] == "b-shelf"


def test_the_start_page_keeps_the_filters(home):
    make_analysis(home / "shelf")
    app = opened(type="individual")
    app.switch_page("screens/start.py").run()
    assert not app.sidebar.selectbox
    app.switch_page("screens/positions.py").run()
    assert {m.label: m.value for m in app.sidebar.multiselect}["Respondent type"] == ["individual"]


def test_a_damaged_analysis_says_so_and_harms_no_other(home):
    make_analysis(home / "b-good")
    bad = home / "a-bad"
    make_analysis(bad)
    manifest = json.loads((bad / "manifest.json").read_text())
    (bad / "manifest.json").write_text(json.dumps({**manifest, "schema_version": 99}))
    app = opened(analysis="a-bad")
    assert any("newer version of this program" in line for line in said(app))
    app.sidebar.selectbox[0].set_value("b-good").run()
    assert ALL_COUNTS in said(app)
    (bad / "manifest.json").write_text("{")
    assert [entry.key for entry in entries()] == ["b-good"]


def test_the_analysis_of_the_command_line_comes_first(home, tmp_path, monkeypatch):
    make_analysis(home / "shelf")
    make_analysis(tmp_path / "given")
    monkeypatch.setenv(ANALYSIS_VARIABLE, str(tmp_path / "given"))
    assert [(e.key, e.own) for e in entries()] == [("given", False), ("shelf", True)]
    app = opened("start")
    assert "Rename" in {b.label for b in app.button}
    assert "rename-given" not in {b.key for b in app.button}


def test_rename_and_delete(home):
    make_analysis(home / "shelf")
    app = opened("start")
    next(t for t in app.text_input if t.key == "name-shelf").input("Prices")
    next(b for b in app.button if b.key == "rename-shelf").click().run()
    assert "Prices" in said(app)
    next(b for b in app.button if b.key == "delete-shelf").click().run()
    assert (home / "shelf").exists()
    button(app, "Delete for good").click().run()
    assert not (home / "shelf").exists()


def test_failed_and_lost_runs_say_why_and_go_on(home):
    failed = RunStatus(RunState.FAILED, ("Reading files",), 4_000_001, "", message="no readable comment\nwas found")
    wrote(home / "failed", "Failed docket", 4_000_001, failed)
    working = RunStatus(RunState.RUNNING, ("Reading files",), 4_000_002, "", stage="Reading files")
    wrote(home / "lost", "Lost docket", 4_000_002, working)
    wrote(home / "refused", "Refused docket", 4_000_003, errors="rfc-analyzer: key 'text' is missing\n")
    app = opened()
    assert {"no readable comment", "key 'text' is missing"} <= set(said(app))
    assert any("stopped unexpectedly" in line for line in said(app))
    assert sorted(b.label for b in app.button if b.key and b.key.startswith("resume-")) == [
        "Continue", "Try again", "Try again",
    ]  # fmt: skip


def test_a_working_run_shows_stage_count_and_time_left(home, monkeypatch):
    monkeypatch.setattr(jobs, "is_alive", lambda pid, folder: pid == 4_000_001)
    stages = ("Reading files", "Finding themes")
    working = RunStatus(
        RunState.RUNNING, stages, 4_000_001, "", stage="Reading files", done=3, total=12, detail="a.pdf",
        seconds_left=130.0,
    )  # fmt: skip
    wrote(home / "working", "Working docket", 4_000_001, working)
    app = opened()
    bar = app.get("progress")[0].proto
    assert bar.text == "Step 1 of 2: Reading files, 3 of 12, about 2 minutes left in this step"
    assert bar.value == 12
    assert {"Working docket", "a.pdf"} <= set(said(app))
    # so that the test's end does not signal a process of that number
    monkeypatch.undo()


def test_a_working_run_tells_what_its_finished_stages_found(home, monkeypatch):
    monkeypatch.setattr(jobs, "is_alive", lambda pid, folder: pid == 4_000_001)
    stages = ("Reading files", "Telling who speaks", "Finding campaigns", "Finding themes")
    wrote(home / "working", "Working docket", 4_000_001,
          RunStatus(RunState.RUNNING, stages, 4_000_001, "", stage="Finding themes"))  # fmt: skip
    made = make_analysis(home.parent / "elsewhere")
    for stage, table in (("respondents", SUBMISSIONS), ("campaigns", CAMPAIGNS), ("themes", THEMES)):
        place = home / "working" / "work" / stage
        place.mkdir(parents=True)
        table.write(place, made.rows(table))
    told = "\n".join(said(opened()))
    assert "Who answered: 5 individual, 2 private sector" in told
    assert "Form letters: 1 campaign, the largest of 4 submissions" in told
    # what an earlier run left of a stage that is not done is not this run's
    assert "Trust at the till" not in told
    monkeypatch.undo()


def test_the_titles_of_stages_whose_results_are_told_are_those_of_the_run():
    assert set(RESULTS.items()) <= {(stage.title, stage.name) for stage in STAGES}


def test_a_new_server_makes_the_sample_ready_where_it_was_asked_to(home, monkeypatch):
    opened()
    assert jobs.runs() == []
    monkeypatch.setenv(SAMPLE_VARIABLE, "1")
    opened()
    (run,) = jobs.runs()
    assert run.active
    opened()
    assert len(jobs.runs()) == 1


def test_a_finished_run_is_offered_to_open(home):
    make_analysis(home / "shelf")
    done = RunStatus(RunState.DONE, ("Reading files",), 4_000_001, "")
    wrote(home / "shelf", "Shelf", 4_000_001, done)
    app = opened("start")
    button(app, "Open").click().run()
    assert not app.exception
    assert ALL_COUNTS in said(app)
    assert app.sidebar.selectbox[0].value == "shelf"
