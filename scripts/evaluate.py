"""Measure the search: ``python scripts/evaluate.py [OPTIONS]`` is ``kb evaluate [OPTIONS]``."""

from __future__ import annotations

import sys

from kb.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "evaluate")
    main()
