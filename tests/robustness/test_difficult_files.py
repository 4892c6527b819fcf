"""Real damaged, hostile, encrypted and odd files, made by the authors of other PDF and Office libraries: each in its class.

Classes and bounds are EXPECT.tsv's; the folder is not part of this project.
"""

import contextlib
import csv
import re
from pathlib import Path

import pytest
from processor_time import PATIENCE_S, processor_s

from kb.adapters.sandbox import SandboxedReader
from kb.errors import ReadError

FOLDER = Path(__file__).parents[2].parent / "shared" / "eval" / "difficult_files"
TABLE = FOLDER / "EXPECT.tsv"
MAX_S, MAX_KB = 10.0, 1 << 20  # seconds of the processor

STATES = {  # class → states a file may end in; "read" where there are passages
    "text": {"read"},
    "text_repeated": {"read"},
    "text_slow": {"read"},
    "text_legacy_encoding": {"read"},
    "docx_strict": {"read"},
    "docx_external_ref": {"read"},
    "docx_no_paragraph_text": {"read", "no_text"},
    "hostile_cycle": {"read"},
    "hostile_image": {"read"},
    "malformed_recoverable": {"read"},
    "unsupported_type": {"unsupported"},
    "unsupported_type_or_text": {"unsupported", "read"},
    "no_text": {"no_text"},
    "malformed_no_text": {"no_text", "failed"},
    "malformed_unreadable": {"failed"},
    "encrypted_needs_password": {"encrypted"},
    "encrypted_no_text": {"encrypted", "no_text"},
    "encrypted_attachment": {"read", "encrypted"},
    "empty_file": {"unsupported"},
}
# Its bounds count the Markdown source: entities (&amp;) and table rules. As text it is 475 characters long.
COUNTED_WITH_MARKUP = {"docling__escaped_characters.md"}


def rows():
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def reader():
    with SandboxedReader(timeout_s=PATIENCE_S) as reader:
        yield reader


@pytest.mark.skipif(not TABLE.exists(), reason=f"{FOLDER} is not here: files of other projects, used for tests only")
def test_the_table_of_difficult_files_was_found():
    assert len(rows()) > 50


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["file"])
def test_a_difficult_file_ends_in_its_class(reader, row):
    before_s = processor_s(reader)
    state, reason, text = "read", "", ""
    try:
        text = " ".join(block.text for block in reader.read(FOLDER / row["file"]).blocks)
    except ReadError as refusal:
        state, reason = refusal.state, str(refusal)

    assert processor_s(reader) - before_s < MAX_S
    assert state in STATES[row["class"]], reason
    if state == "read":
        assert_text(row, text)
    else:
        assert len(reason) > 5


def assert_text(row, text):
    """Length within bounds, and the words that tell this document from others."""
    assert [word for word in (row["must_contain"] or "").split(",") if word not in text] == []
    assert "\ufffd" not in text
    if row["min_chars"] and row["file"] not in COUNTED_WITH_MARKUP:
        assert int(row["min_chars"]) <= len(text) <= int(row["max_chars"])


@pytest.mark.skipif(not TABLE.exists(), reason=f"{FOLDER} is not here: files of other projects, used for tests only")
def test_no_difficult_file_needs_a_gigabyte():
    """Resident memory of the child; what is refused as ``failed`` ends the child, and the limit holds for it by itself."""
    peak_kb = 0
    with SandboxedReader() as reader:
        for row in rows():
            with contextlib.suppress(ReadError):
                reader.read(FOLDER / row["file"])
            if reader._worker:
                status = Path(f"/proc/{reader._worker.pid}/status").read_text()
                peak_kb = max(peak_kb, int(re.search(r"VmHWM:\s*(\d+)", status)[1]))

    assert 0 < peak_kb < MAX_KB
