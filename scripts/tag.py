"""Tag a practice: ``python scripts/tag.py PRACTICE TAG --why … [--evidence PASSAGE]`` is ``kb tag give …``."""

from __future__ import annotations

import sys

from kb.cli import main

if __name__ == "__main__":
    sys.argv[1:1] = ["tag", "give"]
    main()
