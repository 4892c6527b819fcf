"""A reader that hangs, swells or crashes costs one file, and the next one starts at once."""

import os
import resource
import socket
import time

import pytest

from kb.adapters.sandbox import SandboxedReader
from kb.errors import ReadError

WORKER = "tests.robustness.misbehaving_worker"


@pytest.fixture
def told(tmp_path):
    """Write a file that tells the worker what to do."""

    def write(word):
        path = tmp_path / f"{word}.txt"
        path.write_text(word)
        return path

    return write


@pytest.fixture
def reader():
    with SandboxedReader(timeout_s=1.0, worker=WORKER) as reader:
        yield reader


def assert_next_file_starts_at_once(reader, told):
    started = time.monotonic()
    assert reader.read(told("next")).blocks[0].text == "next"
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("sleep", "took longer than 1 seconds"),
        ("allocate", "needs more than 1 GB of memory"),
        ("abort", r"the reader crashed \(signal 6\)"),
        ("exit", "ended unexpectedly"),
    ],
)
def test_a_misbehaving_reader_is_ended_and_its_file_reported(reader, told, word, reason):
    with pytest.raises(ReadError, match=reason) as refusal:
        reader.read(told(word))

    assert refusal.value.state == "failed"
    assert_next_file_starts_at_once(reader, told)


@pytest.mark.parametrize("word", ["connect", "resolve", "run", "write", "remove"])
def test_the_network_other_programs_and_the_disk_are_out_of_reach(reader, told, word):
    path = told(word)

    with pytest.raises(ReadError, match="PermissionError"):
        reader.read(path)

    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]


def test_a_chatty_library_does_not_break_the_conversation(reader, told):
    assert reader.read(told("print")).blocks[0].text == "print"
    assert_next_file_starts_at_once(reader, told)


def test_an_answer_that_is_none_is_reported_and_not_believed(reader, told):
    with pytest.raises(ReadError, match="nonsense"):
        reader.read(told("flood"))

    assert_next_file_starts_at_once(reader, told)


def test_one_child_serves_fifty_files_and_then_another(reader, told):
    path = told("next")
    children = set()
    for _ in range(51):
        reader.read(path)
        children.add(reader._worker.pid)

    assert len(children) == 2


def test_closing_ends_the_child(told):
    reader = SandboxedReader(worker=WORKER)
    reader.read(told("next"))
    child = reader._worker.pid

    reader.close()

    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_pipes_sockets_links_folders_and_devices_are_never_opened(reader, tmp_path, told):
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "link.pdf").symlink_to(told("next"))
    (tmp_path / "folder.pdf").mkdir()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "socket.pdf"))
    with listening:
        for name in ("pipe.pdf", "link.pdf", "folder.pdf", "socket.pdf", "/dev/zero"):
            started = time.monotonic()
            with pytest.raises(ReadError) as refusal:
                reader.read(tmp_path / name)
            assert refusal.value.state == "unsupported"
            assert time.monotonic() - started < 1


def test_a_file_that_is_gone_is_reported(reader, tmp_path):
    with pytest.raises(ReadError, match="No such file"):
        reader.read(tmp_path / "gone.pdf")


def test_names_of_any_bytes_are_read(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9 #1 \n %2e%2e.txt")
    path.write_text("words")

    with SandboxedReader() as reader:
        assert reader.read(path).blocks[0].text == "words"


def test_a_file_over_the_size_limit_is_refused_unread(reader, tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(201 << 20)

    with pytest.raises(ReadError, match="201 MB; at most 200 MB"):
        reader.read(path)


def test_it_reads_where_the_process_has_more_than_a_thousand_files_open(reader, told):
    """A server of many readers has: select(), which the standard library offers first, knows no descriptor above 1023."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        assert reader.read(told("next")).blocks[0].text == "next"
    finally:
        for each in held:
            os.close(each)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
