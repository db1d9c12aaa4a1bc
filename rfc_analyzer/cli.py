"""The command line: results on standard output, progress on standard error.

Exit codes: 0 done; 1 done, but some inputs could not be read; 2 nothing done, with one line that says what to do.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rfc_analyzer.arguments import parser
from rfc_analyzer.errors import BadInput, RfcAnalyzerError
from rfc_analyzer.places import is_on_store
from rfc_analyzer.words import printable

if TYPE_CHECKING:
    from rfc_analyzer.settings import EngineSettings, IngestSettings, ThemeSettings
    from rfc_analyzer.store import Analysis

DONE, SOME_UNREAD, NOTHING_DONE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    _print_any_letter()
    arguments = parser().parse_args(argv)
    try:
        code = _COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
        return code
    except RfcAnalyzerError as error:
        # names of files and columns come from outside
        _say(printable(str(error)))
    except KeyboardInterrupt:
        resumes = arguments.command in ("analyze", "ingest", "demo")
        _say("stopped; the same command again finishes it" if resumes else "stopped")
    except BrokenPipeError:
        # whoever read the results has read enough; let the interpreter find nothing left to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        _say(printable(f"{error}; check the path, its permissions and the space on the disk"))
    return NOTHING_DONE


def _say(line: str) -> None:
    print(f"rfc-analyzer: {line}", file=sys.stderr)


def _print_any_letter() -> None:
    """A terminal that can't show a letter gets a mark for it, not the whole run an error at its end."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _analyze(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.given import given_in, keep_given
    from rfc_analyzer.pipeline import analyze
    from rfc_analyzer.settings import Settings
    from rfc_analyzer.terminal import TerminalProgress

    with TerminalProgress() as progress:
        analysis = analyze(
            arguments.inputs,
            arguments.output,
            rfc=arguments.rfc,
            codebook=arguments.codebook,
            metadata=arguments.metadata,
            reviewed=arguments.reviewed,
            questions=arguments.questions,
            settings=Settings(arguments.seed, ingest=_ingest_settings(arguments), themes=_theme_settings(arguments)),
            engine=_engine_settings(arguments),
            fresh=arguments.fresh,
            progress=progress,
        )
    if not is_on_store(arguments.output):
        keep_given(Path(arguments.output), given_in(arguments))
    return _report(analysis, as_json=arguments.json)


def _theme_settings(arguments: argparse.Namespace) -> ThemeSettings:
    from rfc_analyzer.settings import ThemeDetail, ThemeSettings

    detail = ThemeDetail(arguments.theme_detail)
    return ThemeSettings(resolution=detail.resolution, question_seeds=arguments.question_themes)


def _engine_settings(arguments: argparse.Namespace) -> EngineSettings:
    from rfc_analyzer.settings import EngineKind, EngineSettings

    kind = EngineKind(arguments.engine)
    if kind is EngineKind.LOCAL and (arguments.scheduler or arguments.storage):
        raise BadInput("--scheduler and --storage are for the Dask engine: give --engine dask too")
    return EngineSettings(kind, arguments.scheduler, arguments.storage)


def _questions(arguments: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from rfc_analyzer.confirmed import questions_of_notice

    found = questions_of_notice(arguments.notice)
    if arguments.json:
        print(json.dumps([asdict(question) for question in found], ensure_ascii=False, indent=1))
    else:
        print("\n".join(printable(f"Question {question.number}. {question.text}") for question in found))
    if not found:
        _say(f"no numbered questions were found in {arguments.notice}; list them in a text file, one a line")
    return DONE


def _ingest(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.pipeline import read_docket
    from rfc_analyzer.report import files_json, files_text
    from rfc_analyzer.settings import Settings
    from rfc_analyzer.terminal import TerminalProgress

    with TerminalProgress() as progress:
        report = read_docket(
            arguments.inputs,
            arguments.output,
            rfc=arguments.rfc,
            metadata=arguments.metadata,
            settings=Settings(ingest=_ingest_settings(arguments)),
            fresh=arguments.fresh,
            progress=progress,
        )
    print(files_json(report) if arguments.json else files_text(report))
    return SOME_UNREAD if any(row.unread for row in report.remarked) else DONE


def _ingest_settings(arguments: argparse.Namespace) -> IngestSettings:
    from rfc_analyzer.settings import IngestSettings, MetadataColumns, OcrEngine, ReadingLimits

    columns = MetadataColumns(
        id=arguments.id_column,
        text=arguments.text_column,
        name=arguments.name_column,
        organization=arguments.organization_column,
        date=arguments.date_column,
    )
    return IngestSettings(columns, ReadingLimits(ocr=OcrEngine(arguments.ocr)), arguments.workers)


def _report(analysis: Analysis, as_json: bool) -> int:
    from rfc_analyzer.report import summary, summary_json, unread

    print(summary_json(analysis) if as_json else summary(analysis))
    return SOME_UNREAD if unread(analysis) else DONE


def _export(arguments: argparse.Namespace) -> int:
    import json

    if not (arguments.xlsx or arguments.docx or arguments.csv or arguments.parquet):
        raise BadInput("name what to write: --xlsx FILE, --docx FILE, --csv DIR or --parquet DIR")
    import pyarrow as pa

    from rfc_analyzer.asked import filters_of
    from rfc_analyzer.comparison import Unit
    from rfc_analyzer.exports import export
    from rfc_analyzer.store import load

    filters = filters_of(arguments)
    # Arrow's own pool keeps what it freed, on top of what the rest of the program needs next: an eighth of the peak
    pa.set_memory_pool(pa.system_memory_pool())
    analysis = load(arguments.analysis)
    written = export(
        analysis,
        xlsx=arguments.xlsx,
        docx=arguments.docx,
        csv=arguments.csv,
        parquet=arguments.parquet,
        filters=filters,
        unit=Unit(arguments.unit),
        contact_details=arguments.contact_details,
    )
    names = [str(path) for path in written]
    print(json.dumps(names) if arguments.json else "\n".join(names))
    return DONE


def _compare(arguments: argparse.Namespace) -> int:
    import json

    from rfc_analyzer.asked import filters_of, groups_of, listed
    from rfc_analyzer.comparison import Unit, compare
    from rfc_analyzer.report import comparison_text
    from rfc_analyzer.store import load

    filters = filters_of(arguments)
    free = groups_of(arguments.group) if arguments.group else None
    result = compare(
        load(arguments.analysis),
        by=arguments.by,
        groups=free or listed(arguments.groups) or None,
        filters=filters,
        unit=Unit(arguments.unit),
        quotes=max(arguments.quotes, 0),
    )
    print(json.dumps(result.to_json(), indent=1, ensure_ascii=False) if arguments.json else comparison_text(result))
    return DONE


def _review(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.store import load

    analysis = load(arguments.analysis)
    if arguments.action == "import":
        return _import_reviews(arguments)
    if arguments.action == "pick":
        return _pick_reviews(arguments)
    from rfc_analyzer.report import reviews_json, reviews_text
    from rfc_analyzer.reviews import undo

    undoes = arguments.action == "undo"
    reviews = undo(analysis.folder, arguments.review_id, arguments.reviewer) if undoes else analysis.reviews
    print(reviews_json(reviews) if arguments.json else reviews_text(reviews))
    return DONE


def _second_read(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.report.second import estimate_told, run_told
    from rfc_analyzer.secondreader import disagreements, estimate, failed_items, read_again
    from rfc_analyzer.secondreader.endpoint import EndpointReader
    from rfc_analyzer.store import load
    from rfc_analyzer.terminal import TerminalProgress

    analysis = load(arguments.analysis)
    expected = estimate(analysis, arguments.model, arguments.price_in, arguments.price_out)
    if not arguments.send:
        print(estimate_told(expected, arguments.endpoint, arguments.json))
        return DONE
    key = os.environ.get(arguments.key_variable, "")
    reader = EndpointReader(arguments.endpoint, arguments.model, key, arguments.timeout)
    with TerminalProgress() as progress:
        run = read_again(analysis, reader, progress, arguments.limit)
    failed = failed_items(analysis.folder)
    print(printable(run_told(run, disagreements(analysis), failed, arguments.json)))
    return SOME_UNREAD if failed else DONE


def _title_themes(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.report.titles import titled_told, titles_expected
    from rfc_analyzer.secondreader import themes_to_title, title_themes
    from rfc_analyzer.secondreader.endpoint import EndpointTitler
    from rfc_analyzer.store import load
    from rfc_analyzer.terminal import TerminalProgress

    analysis = load(arguments.analysis)
    if not arguments.send:
        print(printable(titles_expected(len(themes_to_title(analysis)), arguments.endpoint, arguments.json)))
        return DONE
    key = os.environ.get(arguments.key_variable, "")
    titler = EndpointTitler(arguments.endpoint, arguments.model, key, arguments.timeout)
    with TerminalProgress() as progress:
        titled = title_themes(analysis, titler, progress)
    print(titled_told(titled, arguments.json))
    return SOME_UNREAD if titled.failed else DONE


def _pick_reviews(arguments: argparse.Namespace) -> int:
    import json

    from rfc_analyzer.exports.reviewtable import review_rows, write_review_table
    from rfc_analyzer.reviewing import pick_for_review
    from rfc_analyzer.store import load

    analysis = load(arguments.analysis)
    picked = pick_for_review(analysis, arguments.count)
    written = write_review_table(review_rows(analysis, picked), arguments.output)
    print(json.dumps(picked) if arguments.json else f"{len(picked):,} submissions to review are in {written}")
    return DONE


def _import_reviews(arguments: argparse.Namespace) -> int:
    import json

    from rfc_analyzer.exports.returning import import_corrections
    from rfc_analyzer.report import reviews_text

    result = import_corrections(arguments.analysis, arguments.file, arguments.reviewer)
    if arguments.json:
        print(json.dumps(result.to_json(), indent=1, ensure_ascii=False))
    else:
        told = [f"Not read: {sentence}." for sentence in result.unread]
        told += [f"{p.sheet}, {p.cell}: {p.message}" for p in result.problems]
        for line in told:
            print(printable(line))
        if not result.problems:
            print(reviews_text(result.reviews))
    if result.problems:
        said = f"nothing was recorded, as {len(result.problems):,} cells or rows can't be taken as they are; "
        raise BadInput(f"{said}mend them in {arguments.file} and import it again")
    return SOME_UNREAD if result.unread else DONE


def _dashboard(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.serving import serve
    from rfc_analyzer.store import load

    if arguments.analysis:
        load(arguments.analysis)
    return serve(arguments.analysis, arguments.port)


def _cache(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.cache import user_cache
    from rfc_analyzer.report.kept import cache_json, cache_text

    kept = user_cache()
    if arguments.action == "clear":
        kept.clear()
    print(cache_json(kept) if arguments.json else cache_text(kept))
    return DONE


def _demo(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.exports import export
    from rfc_analyzer.pipeline import analyze
    from rfc_analyzer.serving import samples, serve
    from rfc_analyzer.terminal import TerminalProgress

    docket = samples()
    with TerminalProgress() as progress:
        analysis = analyze(
            [docket / "submissions"],
            arguments.output,
            rfc=docket / "notice.pdf",
            codebook=docket / "codebook.yaml",
            progress=progress,
        )
    workbook = arguments.output / "summary.xlsx"
    export(analysis, xlsx=workbook)
    _report(analysis, as_json=False)
    print(f"\nExcel summary: {workbook}")
    if arguments.no_serve:
        return DONE
    return serve(arguments.output, arguments.port)


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "analyze": _analyze,
    "ingest": _ingest,
    "questions": _questions,
    "export": _export,
    "compare": _compare,
    "review": _review,
    "second-read": _second_read,
    "title-themes": _title_themes,
    "dashboard": _dashboard,
    "cache": _cache,
    "demo": _demo,
}
