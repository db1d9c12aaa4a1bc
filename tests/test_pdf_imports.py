"""The PDF engine and the readers need each other's types: either may be imported first."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["rfc_analyzer.pdf", "rfc_analyzer.readers", "rfc_analyzer.ingest"])
def test_any_of_them_can_be_imported_first(first):
    done = subprocess.run([sys.executable, "-c", f"import {first}"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
