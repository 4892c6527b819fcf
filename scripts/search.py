"""Ask a question: ``python scripts/search.py "QUESTION"`` is ``kb search "QUESTION"``."""

from __future__ import annotations

import sys

from kb.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "search")
    main()
