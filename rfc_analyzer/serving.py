"""Starting the dashboard, which lives beside this package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rfc_analyzer.errors import NotSupported

# what the dashboard reads to know which analysis to open first, and where it keeps its own
ANALYSIS_VARIABLE = "RFC_ANALYZER_ANALYSIS"
HOME_VARIABLE = "RFC_ANALYZER_HOME"
# and whether it makes the sample ready where there is nothing to open
SAMPLE_VARIABLE = "RFC_ANALYZER_SAMPLE"
_ROOT = Path(__file__).resolve().parents[1]


def checkout() -> Path:
    """The folder that holds ``dashboards/``: the project's, or where the program is installed.

    Raises :class:`NotSupported` where the package is there alone.
    """
    if not (_ROOT / "dashboards" / "app.py").exists():
        raise NotSupported("the dashboard is not installed beside the program; install the whole: pip install .")
    return _ROOT


def samples() -> Path:
    """The folder of the sample docket: the project's own, or the copy that is installed with the program.

    Raises :class:`NotSupported` where there is neither.
    """
    for folder in (_ROOT / "samples", Path(__file__).resolve().parent / "samples"):
        if (folder / "codebook.yaml").exists():
            return folder
    raise NotSupported("the sample docket is not installed with the program; install the whole: pip install .")


def analyses() -> Path:
    """Where the dashboard keeps its own analyses: as the environment says, else in the project's folder, else, where
    the program is installed, in the user's own."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).resolve()
    if (_ROOT / "pyproject.toml").exists():
        return _ROOT / "analyses"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "rfc-analyzer" / "analyses"


def serve(analysis: Path | None, port: int | None) -> int:
    """Serve the dashboard on 127.0.0.1 until it is stopped; returns 0 when stopped by the user."""
    app = checkout() / "dashboards" / "app.py"
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.address", "127.0.0.1"]
    if port:
        command += ["--server.port", str(port)]
    environment = dict(os.environ)
    if analysis:
        environment[ANALYSIS_VARIABLE] = str(analysis.resolve())
    else:
        environment[SAMPLE_VARIABLE] = "1"
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
