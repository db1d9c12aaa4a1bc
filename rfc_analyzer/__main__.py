"""``python -m rfc_analyzer`` is the same program as ``rfc-analyzer``."""

import sys

from rfc_analyzer.cli import main

sys.exit(main())
