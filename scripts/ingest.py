"""Read documents into the index: ``python scripts/ingest.py [FOLDER …]`` is ``kb ingest [FOLDER …]``."""

from __future__ import annotations

import sys

from kb.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "ingest")
    main()
