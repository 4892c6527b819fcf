"""The default model's file: unpacked right, refused when it is not the one that was checked."""

from __future__ import annotations

import hashlib
import struct
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.adapters.e5_file import BLOCK, MAGIC, read_e5_file, unpack_4bit
from kb.adapters.e5_model import find_e5_file
from kb.errors import ModelError
from kb.settings import DEFAULT_MODEL

SCALES = st.floats(-8, 8, width=16)
NIBBLES = st.lists(st.integers(0, 15), min_size=BLOCK, max_size=BLOCK)


@given(st.lists(st.tuples(SCALES, NIBBLES), max_size=8))
@settings(deadline=None, max_examples=80)
def test_weights_are_unpacked_as_the_format_says(blocks: list[tuple[float, list[int]]]) -> None:
    """Against the slow way: weight j is (nibble - 8) times the scale; the low nibbles of a block come before its high ones."""
    raw = b"".join(struct.pack("<e", scale) + bytes(values[j] | values[j + 16] << 4 for j in range(16)) for scale, values in blocks)
    slow = [np.float32(value - 8) * np.float32(scale) for scale, values in blocks for value in values]

    assert unpack_4bit(raw).tolist() == slow


def a_file(*, block: int = BLOCK, magic: bytes = MAGIC) -> bytes:
    """A whole model file in small: two pieces, one normaliser rule, one tensor of each packing."""
    pieces, rule = [b"<s>", "▁é".encode()], struct.pack("<IBI", 0xA0, 1, 0x20)
    head = magic + struct.pack("<I7i", 1, 32, 1, 1, 64, 2, 8, 2) + struct.pack("<fi", 1e-12, block)
    words = struct.pack("<5iQ", 2, 0, 2, 1, 3, sum(map(len, pieces)))
    words += struct.pack("<3I", 0, len(pieces[0]), sum(map(len, pieces))) + struct.pack("<2f", -1.5, -2.5) + b"".join(pieces)
    words += struct.pack("<iI", 1, len(rule)) + rule
    packed = struct.pack("<e", 0.5) + bytes([0x80] * 16)  # low nibbles 0 → -4, high nibbles 8 → 0
    plain = struct.pack("<2f", 1.0, 2.0)
    entry = "<H1sBIQQ"
    at = len(head) + len(words) + 4 + 2 * struct.calcsize(entry)
    directory = struct.pack("<i", 2) + struct.pack(entry, 1, b"q", 1, 32, at, len(packed))
    directory += struct.pack(entry, 1, b"b", 0, 2, at + len(packed), len(plain))
    return head + words + directory + packed + plain


def written(folder: Path, data: bytes) -> tuple[Path, str]:
    path = folder / "model.bin"
    path.write_bytes(data)
    return path, hashlib.sha256(data).hexdigest()


def test_a_file_is_read_piece_by_piece(tmp_path: Path) -> None:
    path, sha256 = written(tmp_path, a_file())
    read = read_e5_file(path, sha256=sha256)

    assert (read.shape.hidden, read.shape.layers, read.shape.vocabulary, read.shape.max_positions) == (32, 1, 2, 8)
    assert (read.pieces, read.scores.tolist()) == (["<s>", "▁é"], [-1.5, -2.5])
    assert read.weights["q"].tolist() == [-4.0] * 16 + [0.0] * 16
    assert read.weights["b"].tolist() == [1.0, 2.0]


def test_a_file_with_another_hash_is_refused_with_both_hashes(tmp_path: Path) -> None:
    path, sha256 = written(tmp_path, a_file())

    with pytest.raises(ModelError, match=f"{sha256[:16]}….*wanted 1571fc9827503943"):
        read_e5_file(path)


def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = a_file()
    for length in range(len(whole)):
        path, sha256 = written(tmp_path, whole[:length])

        with pytest.raises(ModelError, match=r"cut short|does not begin"):
            read_e5_file(path, sha256=sha256)


@pytest.mark.parametrize(("data", "why"), [(a_file(magic=b"E5S2"), "does not begin"), (a_file(block=64), "blocks of 64")])
def test_another_format_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    path, sha256 = written(tmp_path, data)

    with pytest.raises(ModelError, match=why):
        read_e5_file(path, sha256=sha256)


def rules_of(path: Path) -> dict[str, str]:
    """The normaliser's map in the model file: character → what it becomes; read here, since the product uses NFKC instead."""
    data = path.read_bytes()
    at = 4 + struct.calcsize("<I7i") + 8
    n_pieces, *_ = struct.unpack_from("<5i", data, at)
    (blob_len,) = struct.unpack_from("<Q", data, at + 20)
    at += 28 + 4 * (n_pieces + 1) + 4 * n_pieces + blob_len
    n_rules, length = struct.unpack_from("<iI", data, at)
    at += 8
    end, rules = at + length, {}
    while at < end:
        code, n_out = struct.unpack_from("<IB", data, at)
        rules[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{n_out}I", data, at + 5)))
        at += 5 + 4 * n_out
    assert (at, len(rules)) == (end, n_rules)
    return rules


def test_nfkc_normalises_as_the_files_own_map_does(models: Path) -> None:
    """All 4,837 single-character rules agree; of all other characters, two differ: the map leaves them as they are.

    They are U+FF5E (～, which NFKC makes a ~) and U+1F23B (a squared ideograph younger than the map). Each is tried between
    letters that compose with no accent.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from tokenizers import Tokenizer
    normalise = Tokenizer.from_file(str(models / DEFAULT_MODEL / "tokenizer.json")).normalizer.normalize_str
    rules = rules_of(find_e5_file())
    everything = [chr(code) for code in range(1, 0x110000) if not 0xD800 <= code < 0xE000]
    differing = [char for char in everything if normalise(f"q{char}q") != f"q{rules.get(char, char)}q"]

    assert len(rules) == 4837
    assert differing == ["\uff5e", "\U0001f23b"]
