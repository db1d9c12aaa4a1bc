"""What is installed from a wheel is the whole program: the dashboard, its settings and the sample docket with it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASKED = """
from rfc_analyzer.serving import analyses, checkout, samples
import dashboards.sampledocket as docket
print(checkout(), samples(), analyses(), docket.has_sample(), sep="\\n")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel's files as an installation lays them, without what it depends on."""
    place = tmp_path_factory.mktemp("wheel")
    project = place / "project"
    for folder in ("rfc_analyzer", "dashboards", "samples"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / file, project)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", str(place), str(project)]
    subprocess.run(command, check=True, cwd=place)
    (wheel,) = place.glob("*.whl")
    with ZipFile(wheel) as packed:
        packed.extractall(place / "site")
    return place / "site"


def test_it_holds_the_sample_docket_and_the_dashboard(installed):
    for name in ("rfc_analyzer/samples/codebook.yaml", "rfc_analyzer/samples/notice.pdf", "dashboards/app.py",
                 "dashboards/.streamlit/config.toml"):  # fmt: skip
        assert (installed / name).is_file(), name
    packed, ours = (
        {p.relative_to(folder) for p in folder.rglob("*") if p.is_file()}
        for folder in (installed / "rfc_analyzer/samples/submissions", ROOT / "samples/submissions")
    )
    assert packed == ours
    assert not (installed / "samples").exists() and not (installed / "rfc_analyzer/samples/make").exists()


def test_an_installed_program_finds_its_sample_and_keeps_analyses_in_the_users_own_folder(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed), "XDG_DATA_HOME": str(tmp_path)}
    environment.pop("RFC_ANALYZER_HOME", None)
    done = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [
        str(installed), str(installed / "rfc_analyzer/samples"), str(tmp_path / "rfc-analyzer/analyses"), "True"
    ]  # fmt: skip
