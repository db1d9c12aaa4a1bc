"""Starting the dashboard, which lives beside this package in a checkout."""

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


def checkout() -> Path:
    """The folder that holds ``dashboards/`` and ``samples/``.

    Raises :class:`NotSupported` where the package was installed without them.
    """
    root = Path(__file__).resolve().parents[1]
    if not (root / "dashboards" / "app.py").exists():
        raise NotSupported(
            "the dashboard and the samples come with the project's folder: "
            "install it there with pip install --editable ."
        )
    return root


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
