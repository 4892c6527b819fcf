"""How cost grows with the collection: a catalog of 10⁴, 10⁵ or 10⁶ passages is made, published and asked.

``python benchmarks/scale.py 10000 100000 1000000`` prints one JSON object a size; a million takes 20 minutes and 10 GB of disk.

**What is made up.** A passage is four sentences of a pool: the sample corpus and, where they are there, the judged sets. The first
is drawn at random, the others from its 24 nearest in the same language. Its vector is the unit mean of the vectors that the model
gives these sentences, moved a fifth of the way along the difference of two others: no two passages have the same vector, and
neighbours are neighbours in meaning. The words are those of the pool, so a word stands in more passages than it would in a million
real ones, which makes the work of the lexical leg harder. Ten passages make a document, with one of 40 countries. Questions are
those of ``corpus/questions``, encoded by the real model.

**What is measured.** Each size is asked in a process of its own, as the app would ask: ``services.searching.search``, the counts
beside the filters included; marked sentences apart, and with them what fifty people wait who ask at once.

``--measure FOLDER`` asks again what was made: ``KB_SCALE`` names a folder to keep it in, and ``FOLDER`` is that of a size in it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from growth.asking import measure
from growth.publishing import build


def at(n_passages: int, folder: Path) -> dict[str, Any]:
    """Everything about one size."""
    place = folder / str(n_passages)
    place.mkdir(parents=True, exist_ok=True)
    built = build(place, n_passages)
    command = [sys.executable, __file__, "--measure", str(place)]
    asked = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return {**built, **json.loads(asked.stdout)}


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--measure"]:
        print(json.dumps(measure(Path(arguments[1]))))
        return
    with tempfile.TemporaryDirectory(prefix="kb-scale-") as name:
        folder = Path(os.environ.get("KB_SCALE", name))  # name a folder to keep what is made
        for size in arguments:
            print(json.dumps(at(int(size), folder), indent=1), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
