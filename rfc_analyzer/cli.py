"""The command line: results on standard output, progress on standard error.

Exit codes: 0 done; 1 done, but some inputs could not be read; 2 nothing done, with one line that says what to do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rfc_analyzer import __version__
from rfc_analyzer.errors import NotSupported, RfcAnalyzerError

if TYPE_CHECKING:
    from rfc_analyzer.comparison import Filters
    from rfc_analyzer.store import Analysis

DONE, SOME_UNREAD, NOTHING_DONE = 0, 1, 2

_TYPES = "individual, private_sector, association, nonprofit, academia, government, anonymous, other"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        return code
    except RfcAnalyzerError as error:
        print(f"rfc-analyzer: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("rfc-analyzer: stopped; the same command with --resume finishes it", file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    return NOTHING_DONE


def parser() -> argparse.ArgumentParser:
    """The whole command line; the documentation is made from it."""
    top = argparse.ArgumentParser(prog="rfc-analyzer", description="Read what the public said to a regulator.")
    top.add_argument("--version", action="version", version=f"rfc-analyzer {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_analyze(commands)
    _add_export(commands)
    _add_compare(commands)
    _add_dashboard(commands)
    _add_demo(commands)
    return top


def _add_analyze(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "analyze",
        help="analyse a docket",
        description="Read comment files and write an analysis folder: respondents, campaigns, themes and positions.",
    )
    command.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="INPUT",
        help="a file, a folder, a zip, or a table with one comment a row; any number and mix",
    )
    command.add_argument("--output", required=True, type=Path, metavar="ANALYSIS", help="folder for the analysis")
    command.add_argument(
        "--rfc",
        type=Path,
        metavar="NOTICE",
        help="the agency's notice (PDF, text, HTML): its questions are read, "
        "and its words are not counted as the respondents'",
    )
    command.add_argument(
        "--codebook", type=Path, help="propositions and, optionally, seed themes and respondent-type rules (YAML)"
    )
    command.add_argument(
        "--metadata", type=Path, metavar="TABLE", help="CSV, XLSX or JSON to join to files by id, where not beside them"
    )
    for name in ("id", "text", "name", "organization", "date"):
        command.add_argument(f"--{name}-column", metavar="C", help=f"the metadata column that holds the {name}")
    command.add_argument(
        "--reviewed",
        type=Path,
        metavar="TABLE",
        help="stances that people gave (columns submission_id, proposition_id, stance: support, oppose, mixed or "
        "none); they teach the reader and stand as they are",
    )
    command.add_argument(
        "--engine", choices=("local", "dask"), default="local", help="what runs the stages (default: local)"
    )
    command.add_argument(
        "--workers", type=_positive, default=2, metavar="N", help="processes that read files (default: 2)"
    )
    command.add_argument("--seed", type=int, default=0, metavar="N", help="seed of everything random (default: 0)")
    again = command.add_mutually_exclusive_group()
    again.add_argument(
        "--resume", action="store_true", help="keep finished stages of an earlier run on the same inputs (the default)"
    )
    again.add_argument(
        "--fresh", action="store_true", help="do every stage anew, and replace another docket's analysis in the folder"
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=_analyze)


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "export", help="write Excel, Word or CSV", description="Write an analysis as Excel, Word or CSV files."
    )
    command.add_argument("analysis", type=Path, metavar="ANALYSIS", help="an analysis folder")
    command.add_argument("--xlsx", type=Path, metavar="FILE", help="write an Excel workbook")
    command.add_argument("--docx", type=Path, metavar="FILE", help="write a Word summary of comments")
    command.add_argument("--csv", type=Path, metavar="DIR", help="write every table as CSV")
    _add_filters(command)
    command.add_argument("--json", action="store_true", help="print the names of the written files as JSON")
    command.set_defaults(run=_export)


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "compare",
        help="compare groups of respondents",
        description="Compare groups of respondents by themes and positions, with intervals and tests.",
    )
    command.add_argument("analysis", type=Path, metavar="ANALYSIS", help="an analysis folder")
    command.add_argument("--by", default="respondent_type", help="what makes the groups (default: respondent_type)")
    command.add_argument(
        "--groups", metavar="A,B", help=f"the groups to compare: {_TYPES} (default: all that there are)"
    )
    _add_filters(command)
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=_compare)


def _add_dashboard(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "dashboard", help="open the dashboard", description="Serve the dashboard on this machine (127.0.0.1)."
    )
    command.add_argument("analysis", nargs="?", type=Path, metavar="ANALYSIS", help="an analysis folder to open")
    command.add_argument(
        "--port", type=_positive, metavar="N", help="port to serve on (default: 8501, or the next free)"
    )
    command.set_defaults(run=_dashboard)


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "demo",
        help="analyse the sample docket and open the dashboard",
        description="Analyse samples/ (a fictional docket), write its Excel summary and open the dashboard.",
    )
    command.add_argument("--output", type=Path, default=Path("demo"), metavar="ANALYSIS", help="default: demo")
    command.add_argument(
        "--port", type=_positive, metavar="N", help="port to serve on (default: 8501, or the next free)"
    )
    command.add_argument("--no-serve", action="store_true", help="stop before the dashboard")
    command.set_defaults(run=_demo)


def _add_filters(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("filters", "only submissions that meet all of these")
    group.add_argument("--types", metavar="A,B", help=f"respondent types: {_TYPES}")
    group.add_argument("--themes", metavar="T1,T2", help="theme ids")
    group.add_argument("--questions", metavar="Q1,Q2", help="question ids")
    group.add_argument("--proposition", metavar="ID", help="submissions that take up this proposition")
    group.add_argument("--stances", metavar="A,B", help="with --proposition: support, oppose, mixed")
    group.add_argument(
        "--campaign", choices=("all", "only", "without"), default="all", help="form letters (default: all)"
    )
    group.add_argument("--text", metavar="WORDS", help="submissions whose text holds these words")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _analyze(arguments: argparse.Namespace) -> int:
    if arguments.engine == "dask":
        raise NotSupported("this version has no Dask engine; leave --engine out, or give --engine local")
    from rfc_analyzer.pipeline import analyze
    from rfc_analyzer.settings import IngestSettings, MetadataColumns, Settings
    from rfc_analyzer.terminal import TerminalProgress

    columns = MetadataColumns(
        id=arguments.id_column,
        text=arguments.text_column,
        name=arguments.name_column,
        organization=arguments.organization_column,
        date=arguments.date_column,
    )
    with TerminalProgress() as progress:
        analysis = analyze(
            arguments.inputs,
            arguments.output,
            rfc=arguments.rfc,
            codebook=arguments.codebook,
            metadata=arguments.metadata,
            reviewed=arguments.reviewed,
            settings=Settings(seed=arguments.seed, ingest=IngestSettings(columns=columns, workers=arguments.workers)),
            fresh=arguments.fresh,
            progress=progress,
        )
    return _report(analysis, as_json=arguments.json)


def _report(analysis: Analysis, as_json: bool) -> int:
    from rfc_analyzer.report import summary, summary_json, unread

    print(summary_json(analysis) if as_json else summary(analysis))
    return SOME_UNREAD if unread(analysis) else DONE


def _export(arguments: argparse.Namespace) -> int:
    import json

    from rfc_analyzer.exports import export
    from rfc_analyzer.store import load

    if not (arguments.xlsx or arguments.docx or arguments.csv):
        raise NotSupported("name what to write: --xlsx FILE, --docx FILE or --csv DIR")
    written = export(
        load(arguments.analysis),
        xlsx=arguments.xlsx,
        docx=arguments.docx,
        csv=arguments.csv,
        filters=_filters(arguments),
    )
    names = [str(path) for path in written]
    print(json.dumps(names) if arguments.json else "\n".join(names))
    return DONE


def _compare(arguments: argparse.Namespace) -> int:
    import json

    from rfc_analyzer.comparison import compare
    from rfc_analyzer.report import comparison_text
    from rfc_analyzer.store import load

    groups = _listed(arguments.groups) or None
    result = compare(load(arguments.analysis), by=arguments.by, groups=groups, filters=_filters(arguments))
    print(json.dumps(result.to_json(), indent=1, ensure_ascii=False) if arguments.json else comparison_text(result))
    return DONE


def _filters(arguments: argparse.Namespace) -> Filters:
    from rfc_analyzer.comparison import CampaignFilter, Filters
    from rfc_analyzer.errors import BadInput
    from rfc_analyzer.model import RespondentType, Stance

    try:
        types = tuple(RespondentType(name) for name in _listed(arguments.types))
        stances = tuple(Stance(name) for name in _listed(arguments.stances))
    except ValueError as error:
        raise BadInput(f"{error}; see rfc-analyzer export --help") from error
    return Filters(
        respondent_types=types,
        theme_ids=tuple(_listed(arguments.themes)),
        question_ids=tuple(_listed(arguments.questions)),
        proposition_id=arguments.proposition,
        stances=stances,
        campaign=CampaignFilter(arguments.campaign),
        text=arguments.text or "",
    )


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _dashboard(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.serving import serve
    from rfc_analyzer.store import load

    if arguments.analysis:
        load(arguments.analysis)
    return serve(arguments.analysis, arguments.port)


def _demo(arguments: argparse.Namespace) -> int:
    from rfc_analyzer.exports import export
    from rfc_analyzer.pipeline import analyze
    from rfc_analyzer.serving import checkout, serve
    from rfc_analyzer.terminal import TerminalProgress

    samples = checkout() / "samples"
    with TerminalProgress() as progress:
        analysis = analyze(
            [samples / "submissions"],
            arguments.output,
            rfc=samples / "notice.pdf",
            codebook=samples / "codebook.yaml",
            progress=progress,
        )
    workbook = arguments.output / "summary.xlsx"
    export(analysis, xlsx=workbook)
    _report(analysis, as_json=False)
    print(f"\nExcel summary: {workbook}")
    if arguments.no_serve:
        return DONE
    return serve(arguments.output, arguments.port)
