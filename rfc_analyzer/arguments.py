"""What may be typed on the command line."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from rfc_analyzer import __version__
from rfc_analyzer.places import is_on_store
from rfc_analyzer.settings import ThemeDetail

_TYPES = "individual, private_sector, association, nonprofit, academia, government, anonymous, other"


def parser() -> argparse.ArgumentParser:
    """The whole command line; ``command`` names the one that was given. The documentation is made from it."""
    top = argparse.ArgumentParser(prog="rfc-analyzer", description="Read what the public said to a regulator.")
    top.add_argument("--version", action="version", version=f"rfc-analyzer {__version__}")
    commands = top.add_subparsers(title="commands", dest="command", required=True, metavar="COMMAND")
    _add_analyze(commands)
    _add_ingest(commands)
    _add_questions(commands)
    _add_export(commands)
    _add_compare(commands)
    _add_review(commands)
    _add_second_read(commands)
    _add_title_themes(commands)
    _add_dashboard(commands)
    _add_cache(commands)
    _add_demo(commands)
    return top


def _place(text: str) -> str | Path:
    return text if is_on_store(text) else Path(text)


def _folder(text: str) -> Path:
    if is_on_store(text):
        raise argparse.ArgumentTypeError(
            "an analysis on a store can be exported and compared; for anything else copy it to a folder and name that"
        )
    return Path(text)


def _add_analyze(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "analyze",
        help="analyse a docket",
        description="Read comment files and write an analysis folder: respondents, campaigns, themes and positions.",
    )
    _add_inputs(command)
    command.add_argument(
        "--codebook", type=Path, help="propositions and, optionally, seed themes and respondent-type rules (YAML)"
    )
    command.add_argument(
        "--questions",
        type=Path,
        metavar="LIST",
        help="a text file that lists the notice's questions, one a line, in place of those read from the notice; "
        "the command questions writes such a list",
    )
    command.add_argument(
        "--reviewed",
        type=Path,
        metavar="TABLE",
        help="stances that people gave (columns submission_id, proposition_id, stance: support, oppose, mixed or "
        "none); they teach the reader and stand as they are",
    )
    command.add_argument(
        "--theme-detail",
        choices=tuple(detail.value for detail in ThemeDetail),
        default=ThemeDetail.MEDIUM.value,
        help="few broad themes, many narrow ones, or between (default: medium)",
    )
    command.add_argument(
        "--question-themes",
        action="store_true",
        help="passages that answer a question of the notice form a theme of that question; the others are grouped "
        "freely",
    )
    command.add_argument(
        "--engine", choices=("local", "dask"), default="local", help="what runs the stages (default: local)"
    )
    command.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="with --engine dask: a running cluster, as in tcp://10.0.0.5:8786 (default: --workers processes here)",
    )
    command.add_argument(
        "--storage",
        metavar="PLACE",
        help="with --engine dask: where partitions are kept until the run is finished, a folder or s3://BUCKET/NAME "
        "that all workers see (default: in the analysis folder)",
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


def _add_ingest(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "ingest",
        help="only read the files, and say what became of each",
        description="Read comment files and report what became of each; analyze goes on in the same folder.",
    )
    _add_inputs(command)
    command.add_argument("--fresh", action="store_true", help="read everything anew")
    command.add_argument("--json", action="store_true", help="print the report as JSON")


def _add_questions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "questions",
        help="show the questions that a notice asks",
        description="Print the questions that are read from a notice, one a line with its number. Mend the list where "
        "it is wrong, and give it to analyze with --questions.",
    )
    command.add_argument("notice", type=Path, metavar="NOTICE", help="the agency's notice (PDF, text, HTML)")
    command.add_argument("--json", action="store_true", help="print the questions as JSON, with page and parent")


def _add_inputs(command: argparse.ArgumentParser) -> None:
    """What is read, and how: the same for every command that reads files."""
    command.add_argument(
        "inputs",
        nargs="+",
        type=_place,
        metavar="INPUT",
        help="a file, a folder, a zip, or a table with one comment a row; any number and mix, here or on a store "
        "(s3://BUCKET/NAME)",
    )
    command.add_argument(
        "--output",
        required=True,
        type=_place,
        metavar="ANALYSIS",
        help="folder for the analysis, or a place on a store (s3://BUCKET/NAME)",
    )
    command.add_argument(
        "--rfc",
        type=_place,
        metavar="NOTICE",
        help="the agency's notice (PDF, text, HTML): its questions are read, "
        "and its words are not counted as the respondents'",
    )
    command.add_argument(
        "--metadata", type=_place, metavar="TABLE", help="CSV, XLSX or JSON to join to files by id, if not beside them"
    )
    for name in ("id", "text", "name", "organization", "date"):
        command.add_argument(f"--{name}-column", metavar="C", help=f"the metadata column that holds the {name}")
    command.add_argument(
        "--workers", type=_positive, default=2, metavar="N", help="processes that read files (default: 2)"
    )
    command.add_argument(
        "--ocr",
        choices=("tesseract", "rapidocr"),
        default="tesseract",
        help="what reads scans (default: tesseract; rapidocr is an extra: pip install 'rfc-analyzer[rapidocr]')",
    )


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "export", help="write Excel, Word or CSV", description="Write an analysis as Excel, Word or CSV files."
    )
    command.add_argument("--xlsx", type=Path, metavar="FILE", help="write an Excel workbook")
    command.add_argument("--docx", type=Path, metavar="FILE", help="write a Word summary of comments")
    command.add_argument("--csv", type=Path, metavar="DIR", help="write every table and figure as CSV")
    command.add_argument("--parquet", type=Path, metavar="DIR", help="write every table and figure as Parquet")
    command.add_argument(
        "--contact-details",
        action="store_true",
        help="show e-mail, telephone and street of private persons (default: masked)",
    )
    _add_selection(command)
    command.add_argument("--json", action="store_true", help="print the names of the written files as JSON")


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "compare",
        help="compare groups of respondents",
        description="Compare groups of respondents by themes and positions, with intervals and tests.",
    )
    command.add_argument(
        "--by",
        default="respondent_type",
        help="what makes the groups: respondent_type, country, question, campaign, language or substantive "
        "(default: respondent_type)",
    )
    command.add_argument(
        "--groups", metavar="A,B", help=f"the groups to compare, as in {_TYPES} (default: all that there are)"
    )
    command.add_argument(
        "--group",
        action="append",
        metavar="NAME:FILTERS",
        help="a group with filters of its own, named as below; give it twice or more, as in "
        "--group 'Firms: types=private_sector,association' --group 'Doubters: proposition=P1 stances=oppose'",
    )
    command.add_argument(
        "--quotes", type=int, default=2, metavar="N", help="quotes for each side of a proposition (default: 2)"
    )
    _add_selection(command)
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_review(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "review",
        help="people's corrections: read them from a workbook, list them, take them back",
        description="Corrections that people make. They win over what the program read, and stay through every new "
        "run.",
    )
    actions = command.add_subparsers(title="actions", dest="action", required=True, metavar="ACTION")
    read = actions.add_parser(
        "import",
        help="read corrections from a workbook that export wrote",
        description="Read what people changed in a workbook: names, organisations, types and whether an argument is "
        "made on the sheet Submissions, types and stances on the sheet Positions matrix, themes, responses and "
        "dispositions on the sheet Comment-response matrix. All of it is recorded, or nothing: values that are not "
        "allowed, unknown ids, and values that somebody corrected after the export are listed by sheet and cell.",
    )
    _add_folder(read)
    read.add_argument("file", type=Path, metavar="FILE", help="the workbook (.xlsx)")
    _add_reviewer(read)
    _add_pick(actions)
    shown = actions.add_parser(
        "list", help="show all corrections", description="Show all corrections of an analysis, the oldest first."
    )
    _add_folder(shown)
    back = actions.add_parser(
        "undo",
        help="take a correction back",
        description="Give a corrected value its old one again. The correction stays on record.",
    )
    _add_folder(back)
    back.add_argument("review_id", metavar="REVIEW_ID", help="its id, as list shows it")
    _add_reviewer(back)
    for one in (read, shown, back):
        one.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_second_read(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "second-read",
        help="ask a language model where submissions stand, and show where it disagrees",
        description="Ask a model behind any OpenAI-compatible endpoint. The text of the submissions leaves this "
        "machine: without --send nothing is sent, and only what it would cost is told. No position is changed; each "
        "quote is looked for in the letter; a stopped run goes on where it was. Needs: pip install "
        "'rfc-analyzer[secondreader]'.",
    )
    _add_folder(command)
    _add_endpoint(command, "the text of the submissions")
    command.add_argument("--limit", type=_positive, metavar="N", help="at most so many letters in this run")
    for name, what in (("in", "read"), ("out", "written")):
        command.add_argument(f"--price-{name}", type=float, metavar="P", help=f"price of a million tokens {what}")
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_title_themes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "title-themes",
        help="ask a language model for titles of the themes",
        description="Ask a model behind any OpenAI-compatible endpoint for a title of each theme that nobody has "
        "named. Keywords and a few quotes of each theme leave this machine: without --send nothing is sent. The titles "
        "are marked as the model's; review list shows them, and review undo takes them back. Needs: pip install "
        "'rfc-analyzer[secondreader]'.",
    )
    _add_folder(command)
    _add_endpoint(command, "keywords and quotes of the themes")
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_endpoint(command: argparse.ArgumentParser, what: str) -> None:
    """Where a language model is, and whether ``what`` may be sent there."""
    command.add_argument("--endpoint", required=True, metavar="URL", help="its address, up to and with /v1")
    command.add_argument("--model", required=True, metavar="NAME", help="the model's name there")
    command.add_argument("--send", action="store_true", help=f"send {what} to the endpoint")
    command.add_argument(
        "--key-variable",
        default="RFC_ANALYZER_KEY",
        metavar="NAME",
        help="environment variable that holds the key (default: RFC_ANALYZER_KEY)",
    )
    command.add_argument("--timeout", type=_positive, default=120, metavar="S", help="seconds to wait (default: 120)")


def _add_pick(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = actions.add_parser(
        "pick",
        help="pick submissions to review first, so that the reader learns most",
        description="Write a table of the submissions that would teach the reader of positions most, a row for each "
        "proposition. Fill in the column stance (support, oppose, mixed or none) and give the table to analyze with "
        "--reviewed. What the program read is not in it.",
    )
    _add_folder(command)
    command.add_argument("--count", type=_positive, default=40, metavar="N", help="submissions to pick (default: 40)")
    command.add_argument("--output", required=True, type=Path, metavar="FILE", help="the table (.csv or .xlsx)")
    command.add_argument("--json", action="store_true", help="print the picked submissions as JSON")


def _add_folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("analysis", type=_folder, metavar="ANALYSIS", help="an analysis folder")


def _add_reviewer(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reviewer", required=True, metavar="NAME", help="who answers for it: a name or initials")


def _add_dashboard(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "dashboard", help="open the dashboard", description="Serve the dashboard on this machine (127.0.0.1)."
    )
    command.add_argument("analysis", nargs="?", type=_folder, metavar="ANALYSIS", help="an analysis folder to open")
    command.add_argument(
        "--port", type=_positive, metavar="N", help="port to serve on (default: 8501, or the next free)"
    )


def _add_cache(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "cache",
        help="see or clear what is kept between runs",
        description="What was read from files, embedded and read for positions is kept for later runs of any docket, "
        "in the folder that RFC_ANALYZER_CACHE names (default: ~/.cache/rfc-analyzer), up to RFC_ANALYZER_CACHE_MB "
        "megabytes (default: 4096; 0 keeps nothing), beside copies of analyses on stores. Texts of comments are in it.",
    )
    command.add_argument(
        "action",
        nargs="?",
        choices=("show", "clear"),
        default="show",
        metavar="ACTION",
        help="show (the default) how much is kept, or clear it all",
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_demo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "demo",
        help="analyse the sample docket and open the dashboard",
        description="Analyse the sample docket, which is fictional, write its Excel summary and open the dashboard.",
    )
    command.add_argument("--output", type=Path, default=Path("demo"), metavar="ANALYSIS", help="default: demo")
    command.add_argument(
        "--port", type=_positive, metavar="N", help="port to serve on (default: 8501, or the next free)"
    )
    command.add_argument("--no-serve", action="store_true", help="stop before the dashboard")


def _add_selection(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "analysis", type=_place, metavar="ANALYSIS", help="an analysis folder, here or on a store (s3://BUCKET/NAME)"
    )
    command.add_argument(
        "--unit",
        choices=("distinct_texts", "submissions", "signatories"),
        default="distinct_texts",
        help="what to count (default: distinct_texts, where a campaign of form letters counts once)",
    )
    group = command.add_argument_group("filters", "only submissions that meet all of these")
    group.add_argument("--types", metavar="A,B", help=f"respondent types: {_TYPES}")
    group.add_argument("--themes", metavar="T1,T2", help="theme ids")
    group.add_argument("--questions", metavar="Q1,Q2", help="question ids")
    group.add_argument("--proposition", metavar="ID", help="submissions that take up this proposition")
    group.add_argument("--stances", metavar="A,B", help="with --proposition: support, oppose, mixed")
    group.add_argument(
        "--campaign", choices=("all", "only", "without"), default="all", help="form letters (default: all)"
    )
    group.add_argument(
        "--text", metavar="WORDS", help='submissions whose text holds all these words, "a phrase" or a begin*'
    )
    group.add_argument(
        "--from", dest="since", type=_day, metavar="DAY", help="submitted on this day (2026-03-31) or later"
    )
    group.add_argument("--to", dest="until", type=_day, metavar="DAY", help="submitted on this day or earlier")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no day; write it as 2026-03-31") from error


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
