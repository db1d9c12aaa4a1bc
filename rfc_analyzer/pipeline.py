"""From files to an analysis. Only this module and :mod:`stages` know the order of the stages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

from threadpoolctl import threadpool_limits

from rfc_analyzer import __version__
from rfc_analyzer.belonging import judgements
from rfc_analyzer.checkpoints import Checkpoints, digest, fingerprint, program_digest
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.comparison.files import FileReport, file_report
from rfc_analyzer.confirmed import confirmed_in, questions_of_list
from rfc_analyzer.errors import BadAnalysis, BadInput
from rfc_analyzer.model import CampaignRole, Docket, FileStatus, Question, ReviewedStance
from rfc_analyzer.originals import ORIGINS, remember
from rfc_analyzer.places import Missing, Place, at_hand, is_on_store
from rfc_analyzer.progress import Progress, Silent
from rfc_analyzer.request import Request
from rfc_analyzer.reviewed import read_reviewed
from rfc_analyzer.reviews import reviews_in, stances_given
from rfc_analyzer.runstatus import STATUS_FILE, StatusFile
from rfc_analyzer.settings import EngineSettings, Settings
from rfc_analyzer.stages import STAGES, Stage, State
from rfc_analyzer.store import MANIFEST, Analysis, Manifest, load, save_manifest, write_json
from rfc_analyzer.tables import INPUTS, PROPOSITIONS, REVIEWS, TABLES

_WORK = "work"
_FETCHED = "fetched"
_OWNER = "docket.json"
_PACKAGES = (
    "bertopic",
    "graspologic-native",
    "nupunkt",
    "numpy",
    "onnxruntime",
    "pandas",
    "pdfplumber",
    "pyarrow",
    "pypdfium2",
    "scikit-learn",
    "scipy",
    "tesserocr",
    "tokenizers",
)


def analyze(
    inputs: Sequence[str | Path],
    output: str | Path,
    *,
    rfc: str | Path | None = None,
    codebook: str | Path | None = None,
    metadata: str | Path | None = None,
    reviewed: str | Path | None = None,
    questions: str | Path | None = None,
    settings: Settings | None = None,
    engine: EngineSettings | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Analysis:
    """Analyse one docket into the folder ``output``, and open the result.

    ``questions`` is a list of the notice's questions; without it those count that a person confirmed in the folder, and
    else those read from ``rfc``. ``engine`` says what does the work, and changes no result. Finished stages of an
    earlier run on the same inputs and settings are kept, unless ``fresh``. People's reviews in the folder are always
    kept. Inputs may lie on a store (``s3://bucket/name``) and are fetched into the folder; ``output`` may, and is
    then copied there when it is finished.

    Raises :class:`RfcAnalyzerError`: ``BadInput``, ``BadCodebook``, ``BadNotice``, ``EmptyDocket`` where nothing
    readable was found, ``BadAnalysis`` where ``output`` holds another docket's analysis, ``EngineLost``.
    """
    folder, place = _working_folder(output)
    _tell_fetching((*inputs, rfc, metadata), progress)
    request = _request(inputs, folder, rfc, codebook, metadata, reviewed, settings or Settings(), questions, engine)
    folder.mkdir(parents=True, exist_ok=True)
    checkpoints = Checkpoints(folder / _WORK)
    if fresh:
        _clear(folder, checkpoints)
    try:
        with StatusFile(folder, [stage.title for stage in STAGES], progress or Silent()) as status:
            with threadpool_limits(1):  # a second thread of the linear algebra mostly waits, and burns its core in that
                state, timings = _run(request, folder, checkpoints, status)
            _write(folder, request, state, timings)
        if request.engine and not request.engine.set_aside:
            request.engine.finish()
    finally:
        if request.engine:
            request.engine.close()
    if place:
        place.push(folder, MANIFEST)
    return load(folder)


def read_docket(
    inputs: Sequence[str | Path],
    output: str | Path,
    *,
    rfc: str | Path | None = None,
    metadata: str | Path | None = None,
    settings: Settings | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> FileReport:
    """Only read the files, and say what became of each; :func:`analyze` into the same folder goes on from there.

    Raises the same errors as :func:`analyze`.
    """
    folder, _ = _working_folder(output)
    _tell_fetching((*inputs, rfc, metadata), progress)
    request = _request(inputs, folder, rfc, None, metadata, None, settings or Settings())
    folder.mkdir(parents=True, exist_ok=True)
    checkpoints = Checkpoints(folder / _WORK)
    if fresh:
        _clear(folder, checkpoints)
    with StatusFile(folder, [STAGES[0].title], progress or Silent()) as status:
        _run(request, folder, checkpoints, status, STAGES[:1])
    report = file_report(request.work / STAGES[0].name)
    assert report is not None, "the first stage has just written the table"
    return report


def _working_folder(output: str | Path) -> tuple[Path, Place | None]:
    """Where the work is done; for an analysis on a store, with what is there already, and that place."""
    if not is_on_store(output):
        return Path(output), None
    place = Place(str(output))
    place.check()
    place.pull(place.here, MANIFEST)
    return place.here, place


def _tell_fetching(places: Sequence[str | Path | None], progress: Progress | None) -> None:
    if progress and any(is_on_store(place) for place in places if place is not None):
        progress.stage("Fetching files", None)


def _request(
    inputs: Sequence[str | Path],
    folder: Path,
    rfc: str | Path | None,
    codebook: str | Path | None,
    metadata: str | Path | None,
    reviewed: str | Path | None,
    settings: Settings,
    questions: str | Path | None = None,
    engine: EngineSettings | None = None,
) -> Request:
    if not inputs:
        raise BadInput("no input was given; name a file, a folder or a zip with comments")
    fetched = folder / _FETCHED
    rfc = at_hand(rfc, fetched)[0] if rfc else None
    metadata = at_hand(metadata, fetched)[0] if metadata else None
    given = (
        ("notice", rfc),
        ("codebook", codebook),
        ("metadata", metadata),
        ("reviewed", reviewed),
        ("questions", questions),
    )
    for name, path in given:
        if path is not None and not Path(path).is_file():
            raise BadInput(f"the {name} file {path} does not exist; check the path")
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is a file; name a folder for the analysis")
    book = read_codebook(Path(codebook)) if codebook else None
    known = [p.proposition_id for p in book.propositions] if book else []
    places = dict(at_hand(place, fetched) for place in inputs)
    return Request(
        # in an order of their own: the order of typing must not decide between files of one name
        inputs=tuple(sorted(places, key=lambda path: path.resolve())),
        missing=tuple(_labelled(one, path, len(places)) for path, listed in places.items() for one in listed),
        settings=settings,
        rfc=Path(rfc) if rfc else None,
        codebook=book,
        metadata=Path(metadata) if metadata else None,
        asked=_asked(folder, Path(questions) if questions else None),
        reviewed=_reviewed(folder, Path(reviewed) if reviewed else None, known),
        judged=judgements(reviews_in(folder)),
        work=folder / _WORK,
        engine_settings=engine or EngineSettings(),
    )


def _labelled(missing: Missing, source: Path, inputs: int) -> Missing:
    """With the name that it would have among the files read."""
    return replace(missing, name=f"{source.name}/{missing.name}") if inputs > 1 else missing


def _asked(folder: Path, listed: Path | None) -> tuple[Question, ...]:
    """The questions that a person listed, for this run or in the folder; none where nobody did."""
    if listed:
        return tuple(questions_of_list(listed))
    confirmed = confirmed_in(folder)
    return confirmed.questions if confirmed else ()


def _reviewed(folder: Path, table: Path | None, known: Sequence[str]) -> tuple[ReviewedStance, ...]:
    """Stances that people gave, in a table and in the folder's reviews; the latter, which are corrections, win."""
    given = read_reviewed(table, known) if table else []
    given += [g for g in stances_given(reviews_in(folder)) if g.proposition_id in known]
    return tuple({(g.submission_id, g.proposition_id): g for g in given}.values())


def _run(
    request: Request, folder: Path, checkpoints: Checkpoints, progress: Progress, stages: Sequence[Stage] = STAGES
) -> tuple[State, dict[str, float]]:
    given = [*request.inputs, *(p for p in (request.rfc, request.metadata) if p)]
    start = digest(fingerprint(given), program_digest())
    keys: dict[str, str] = {}
    timings: dict[str, float] = {}
    state = State()
    for stage in stages:
        began = perf_counter()
        key = keys[stage.name] = digest(stage.name, start, [keys[n] for n in stage.after], stage.depends(request))
        if checkpoints.has(stage.name, key):
            state = stage.restore(state, checkpoints)
        else:
            progress.stage(stage.title, None)
            state = stage.run(state, request, progress)
            if stage is STAGES[0]:
                _claim(folder, state.docket)
            # what was done without some rows counts as stopped: the next run tries them again
            whole = not (request.engine and request.engine.set_aside)
            stage.save(state, key if whole else "", checkpoints)
            if stage.streams:  # what it has written itself is not in the state yet
                state = stage.restore(state, checkpoints)
        timings[stage.name] = round(perf_counter() - began, 3)
    return state, timings


def _claim(folder: Path, docket: Docket) -> None:
    """Refuse a folder that holds another docket's analysis, finished or stopped; else remember whose it is."""
    known = _owner(folder)
    if known not in ("", docket.docket_id):
        raise BadAnalysis(
            f"{folder} holds the analysis of docket {known}, not of {docket.docket_id}; "
            "choose another --output, or replace it with --fresh"
        )
    write_json(folder / _OWNER, asdict(docket))


def _owner(folder: Path) -> str:
    """The docket whose analysis the folder holds, empty where it holds none."""
    if (folder / MANIFEST).exists():
        return load(folder).manifest.docket.docket_id
    try:
        return str(json.loads((folder / _OWNER).read_text(encoding="utf-8"))["docket_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _clear(folder: Path, checkpoints: Checkpoints) -> None:
    """Remove what this program wrote, and nothing else. Reviews stay: they are people's work."""
    checkpoints.clear()
    for table in TABLES:
        if table is not REVIEWS:
            table.path(folder).unlink(missing_ok=True)
    for name in (MANIFEST, STATUS_FILE, _OWNER, ORIGINS):
        (folder / name).unlink(missing_ok=True)


def _write(folder: Path, request: Request, state: State, timings: dict[str, float]) -> None:
    """The contract's tables, and the manifest last: only then is the folder an analysis.

    The old manifest goes first: a run that stops here leaves no mixture of two runs that looks finished.
    """
    (folder / MANIFEST).unlink(missing_ok=True)
    latest: dict[str, Stage] = {table.name: stage for stage in STAGES for table in stage.written}
    for table in TABLES:
        if table.name in latest:
            _copy(table.path(request.work / latest[table.name].name), table.path(folder))
    PROPOSITIONS.write(folder, request.codebook.propositions if request.codebook else ())
    if not REVIEWS.path(folder).exists():
        REVIEWS.write(folder, ())
    remember(folder, request.inputs)
    save_manifest(folder, _manifest(request, state, timings))


def _copy(source: Path, target: Path) -> None:
    """Copy at once: whoever reads the old file goes on reading it whole."""
    partial = target.with_suffix(".partial")
    shutil.copyfile(source, partial)
    partial.replace(target)


def _manifest(request: Request, state: State, timings: dict[str, float]) -> Manifest:
    return Manifest(
        docket=_docket(request, state.docket),
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=request.settings.seed,
        settings=asdict(request.settings),
        versions={"rfc-analyzer": __version__, **_versions()},
        models=_models(request),
        inputs=tuple(INPUTS.read(request.work / STAGES[0].name)),
        counts=_counts(state),
        timings=timings,
        notes=(*state.notes, *_set_aside(request), *_not_asked(request)),
    )


def _models(request: Request) -> dict[str, str]:
    """Names and hashes of the models that had a part in the result."""
    models = {request.embedder.name: request.embedder.sha256}
    if request.codebook:
        from rfc_analyzer.positions.stance_model import ShippedReader

        models[ShippedReader.name] = ShippedReader.sha256
    return models


def _set_aside(request: Request) -> list[str]:
    """What an engine could not do."""
    return [aside.sentence() for aside in request.engine.set_aside] if request.engine else []


def _not_asked(request: Request) -> list[str]:
    """What the analysis lacks because nobody asked for it."""
    said = []
    if not request.rfc and not request.asked:
        said.append("No notice was given: answers are not sorted by question, and quoted words of it are not left out.")
    elif not request.rfc:
        said.append("No notice was given: where respondents quote its words, these are not left out.")
    if not request.codebook:
        said.append("No codebook was given: no positions were read. Write one with the propositions to look for.")
    return said


def _docket(request: Request, docket: Docket) -> Docket:
    """The inputs' own docket; the codebook fills in what they don't tell."""
    named = request.codebook.docket if request.codebook else Docket("", "")
    title = docket.title if docket.title and docket.title != docket.docket_id else named.title
    return Docket(docket.docket_id or named.docket_id, title or docket.title or docket.docket_id)


def _counts(state: State) -> dict[str, int]:
    apart = (CampaignRole.UNIQUE, CampaignRole.POSSIBLE)
    own = sum(s.campaign_role in apart for s in state.submissions)
    return {
        "submissions": len(state.submissions),
        "signatories": sum(s.signatories for s in state.submissions),
        "distinct_texts": own + sum(c.submissions > 0 for c in state.campaigns),
        "passages": len(state.passages),
        "files_ok": sum(f.status in (FileStatus.OK, FileStatus.PARTIAL) for f in state.files),
        "files_skipped": sum(f.status is FileStatus.SKIPPED for f in state.files),
    }


def _versions() -> dict[str, str]:
    found: dict[str, Any] = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
