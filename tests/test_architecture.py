"""The direction of the arrows: who may import whom."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "rfc_analyzer"
DASHBOARDS = ROOT / "dashboards"

BASE = {
    "model",
    "model_themes",
    "model_positions",
    "model_campaigns",
    "errors",
    "settings",
    "progress",
    "sentences",
    "words",
    "privacy",
    "cache",
    "places",
    "languages",
}
FOLDER = {
    "tables",
    "store",
    "reviews",
    "labelling",
    "querying",
    "belonging",
    "answers",
    "subjects",
    "theming",
    "registry",
    "streamed",
}
# what a part of the program may import, beside itself and the base
MAY_IMPORT = {
    "readers": {"pdf"},
    "pdf": {"readers.document"},
    "sandbox": set(),
    "shipped": set(),
    "ingest": {"readers", "sandbox", "pdf"},
    "passages": set(),
    "campaigns": set(),
    "embedding": {"shipped"},
    "weights": set(),
    "engines": set(),
    "themes": set(),
    "respondents": set(),
    "questions": {"readers.document"},
    "positions": {"shipped"},
    "comparison": FOLDER | {"campaigns.differences", "campaigns.slots", "respondents.signers"},
    "exports": FOLDER | {"comparison"},
    "report": FOLDER | {"comparison", "secondreader"},
    "secondreader": FOLDER | {"comparison"},
    "originals": FOLDER | {"readers.archive", "readers.mail"},
    "meanings": FOLDER | {"embedding"},
    "pages": FOLDER | {"originals", "sandbox", "pdf.ocr"},
}
# the order of the whole: these may import anything of the package
CONDUCTORS = {"pipeline", "stages", "request", "kernels", "cli", "arguments", "__main__", "__init__",
              "checkpoints", "runstatus",
              "terminal", "serving", "asked", "codebook", "suggesting", "reviewed", "reviewing",
              "confirmed", "given"}  # fmt: skip
DASHBOARD_MAY_IMPORT = {
    "", "comparison", "errors", "exports", "model", "runstatus", "store", "tables", "serving", "codebook", "report",
    "originals", "pages", "reviews", "reviewing", "suggesting", "secondreader", "labelling", "belonging",
    "privacy", "confirmed",
    "cache",
    "theming",
    "model_themes",
    "model_positions",
    "given",
}  # fmt: skip


def imports(path: Path) -> set[str]:
    """Absolute names that a file imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: use absolute imports"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def own(names: set[str]) -> set[str]:
    return {name.removeprefix("rfc_analyzer").lstrip(".") for name in names if name.split(".")[0] == "rfc_analyzer"}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_stages_import_only_what_lies_upstream_of_all(path):
    part = part_of(path)
    if part in CONDUCTORS or part in BASE | FOLDER:
        return
    assert part in MAY_IMPORT, f"say in this test what {part} may import"
    allowed = BASE | {part} | MAY_IMPORT[part]
    for name in own(imports(path)):
        if name in ("", "__version__"):
            continue
        assert any(name == a or name.startswith(f"{a}.") for a in allowed), f"{path.name} imports {name}"


@pytest.mark.parametrize("path", [p for p in FILES if part_of(p) in BASE | FOLDER], ids=lambda p: p.name)
def test_the_base_imports_only_the_base(path):
    for name in own(imports(path)):
        assert name.split(".")[0] in BASE | FOLDER | {""}, f"{path.name} imports {name}"


def test_no_screen_code_in_the_package():
    for path in FILES:
        assert not any(name.split(".")[0] == "streamlit" for name in imports(path)), path


def test_only_the_theme_stage_imports_bertopic():
    for path in FILES:
        if part_of(path) != "themes":
            assert not any(name.split(".")[0] == "bertopic" for name in imports(path)), path


def test_no_analysis_in_the_dashboards():
    forbidden = {"sklearn", "scipy", "bertopic", "onnxruntime", "pdfplumber", "rapidfuzz", "rensa", "nupunkt"}
    for path in sorted(DASHBOARDS.rglob("*.py")):
        names = imports(path)
        assert not forbidden & {name.split(".")[0] for name in names}, path
        for name in own(names):
            assert name.split(".")[0] in DASHBOARD_MAY_IMPORT | {"load", "compare", "export", "Analysis"}, (path, name)


def test_columns_are_named_in_one_place():
    """Quoted column names outside the tables' home would go stale silently."""
    from rfc_analyzer.tables import CONTRACT_TABLES

    words = {"submission_id", "proposition_id", "passage_id", "respondent_type", "theme_id", "campaign_id", "file_id"}
    assert words <= {name for table in CONTRACT_TABLES for name in table.schema.names}
    allowed = {"reviewed.py", "cli.py", "comparison.py"}
    for path in FILES:
        if path.name in allowed or part_of(path) == "readers":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                assert node.slice.value not in words, f"{path}:{node.lineno} spells a column in quotes"


def test_starting_up_loads_nothing_heavy():
    import subprocess

    code = "import sys, rfc_analyzer.cli as c; c.parser().format_help(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pandas", "numpy", "pyarrow", "bertopic", "onnxruntime", "sklearn", "streamlit", "pdfplumber", "torch"}
    assert not heavy & set(loaded)


def test_no_file_is_a_drawer():
    for path in FILES:
        assert path.stem not in ("utils", "util", "helpers", "misc", "common"), path
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path} is too long"
