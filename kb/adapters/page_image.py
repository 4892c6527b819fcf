"""Draw one page of a PDF with a sentence marked, in a process of its own: the file may be hostile.

Run as ``python -m kb.adapters.page_image PATH PAGE WIDTH`` with the sentence on standard input; answers one line of JSON, then
the PNG.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from kb.adapters.reading_worker import confine
from kb.errors import NotFound, ReadError
from kb.services.knowledge_base import PageImage

TIMEOUT_S = 20.0
MEMORY_BYTES = 2 << 30  # address space: a page may hold large pictures
MAX_PIXELS = 25_000_000  # of a drawn page: long rolls are drawn smaller
MARK = (255, 214, 0, 96)  # yellow, see-through: black text under it stays black


def render_page(path: Path, page: int, marked: str, width_px: int) -> PageImage:
    """Draw page ``page`` (from 1), ``width_px`` wide, ``marked`` shaded where its words stand.

    Raises:
        NotFound: if there is no such page.
        ReadError: if it cannot be drawn within the limits.
    """
    command = [sys.executable, "-m", "kb.adapters.page_image", str(path), str(page), str(width_px)]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(Path(__file__).parents[2])}  # no secrets of ours for a stranger's file
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module; the path is an argument, not a shell word
            command, input=marked.encode("utf-8", "replace"), capture_output=True, timeout=TIMEOUT_S, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"Page {page} could not be drawn within {TIMEOUT_S:.0f} s.") from error
    head, _, png = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise ReadError(f"Page {page} could not be drawn.") from RuntimeError(done.stderr[-2000:].decode("utf-8", "replace"))
    facts = json.loads(head)
    if facts["n_pages"] < page or page < 1:
        raise NotFound(f"There is no page {page}; the document has {facts['n_pages']}.")
    return PageImage(png, facts["width"], facts["height"], facts["boxes"])


def main(path: str, page: int, width_px: int, marked: str) -> None:
    """The child: draw and answer."""
    import pypdfium2
    from PIL import Image, ImageDraw

    Image.init()  # its formats are modules of their own: import them while that is still allowed
    confine(MEMORY_BYTES)
    document = pypdfium2.PdfDocument(path)
    if not 1 <= page <= len(document):
        _answer({"n_pages": len(document) if page > len(document) else 0}, b"")
        return
    sheet = document[page - 1]
    width, height = sheet.get_size()
    scale = min(width_px / width, (MAX_PIXELS / (width * height)) ** 0.5)
    picture = sheet.render(scale=scale).to_pil().convert("RGBA")
    boxes = find_boxes(sheet.get_textpage(), marked) if marked.strip() else []
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for left, bottom, right, top in boxes:
        pen.rectangle(
            ((left - 1) * scale, (height - top - 1) * scale, (right + 1) * scale, (height - bottom + 1) * scale), fill=MARK
        )
    picture = Image.alpha_composite(picture, layer)
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG", optimize=False)
    facts = {"n_pages": len(document), "width": picture.width, "height": picture.height, "boxes": len(boxes)}
    _answer(facts, out.getvalue())


def find_boxes(text_page: Any, marked: str) -> list[tuple[float, float, float, float]]:
    """Rectangles (left, bottom, right, top; points) around the lines of ``marked``; empty where it does not stand.

    Compared letter by letter without spaces and hyphens: the stored text had its line breaks and hyphenation mended.
    """
    on_page = [(i, letter) for i, char in enumerate(text_page.get_text_range(errors="ignore")) if (letter := _letter(char))]
    wanted = "".join(filter(None, map(_letter, marked)))
    at = "".join(letter for _, letter in on_page).find(wanted)
    if not wanted or at < 0:
        return []
    lines: list[list[tuple[float, float, float, float]]] = []
    for index, _ in on_page[at : at + len(wanted)]:
        box = text_page.get_charbox(index)
        if lines and abs(lines[-1][-1][1] - box[1]) < 0.6 * max(1.0, box[3] - box[1]) and box[0] >= lines[-1][-1][0]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [(min(b[0] for b in line), min(b[1] for b in line), max(b[2] for b in line), max(b[3] for b in line)) for line in lines]


def _letter(char: str) -> str:
    import unicodedata

    folded = unicodedata.normalize("NFKC", char).casefold()
    return folded[0] if folded and folded[0].isalnum() else ""


def _answer(facts: dict[str, int], png: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + png)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.stdin.buffer.read().decode("utf-8", "replace"))
