"""``python -m rfc_analyzer`` is the same program as ``rfc-analyzer``."""

import sys

from rfc_analyzer.cli import main

if __name__ == "__main__":  # worker processes import this module again
    sys.exit(main())
