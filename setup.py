"""Puts the sample docket into the wheel; everything else is said in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class WithSamples(build_py):
    """Copies ``samples/`` into the package: an installed program shows the sample docket too."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "rfc_analyzer" / "samples"
            shutil.copytree("samples", target, ignore=shutil.ignore_patterns("make", "__pycache__"), dirs_exist_ok=True)


setup(cmdclass={"build_py": WithSamples})
