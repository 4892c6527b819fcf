"""A reading worker whose reader does what the file says: sleeps, allocates, aborts, connects. Run by the sandbox's tests."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from kb.adapters.reading_worker import main
from kb.retrieval.passage import Block, BlockKind, Reading


def read(path: Path) -> Reading:
    """Obey the file's first word; answer with what came of it."""
    word = path.read_text()
    if word == "sleep":
        time.sleep(3600)
    elif word == "allocate":
        word = str(len(bytearray(4 << 30)))
    elif word == "abort":
        os.abort()
    elif word == "exit":
        os._exit(0)
    elif word == "print":
        sys.stdout.write("a chatty library\n")
        sys.stdout.flush()
        os.write(1, b"and a chatty C library\n")
    elif word == "connect":
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    elif word == "resolve":
        socket.getaddrinfo("example.org", 80)
    elif word == "run":
        subprocess.run(["/bin/true"], check=True)
    elif word == "write":
        Path(f"{path}.written").write_text("x")
    elif word == "remove":
        path.unlink()
    elif word == "flood":
        for descriptor in range(3, 10):  # one of them is the answers' pipe
            with contextlib.suppress(OSError):
                os.write(descriptor, b"{" * 1000 + b"\n")
    return Reading("text/plain", (Block(BlockKind.PARAGRAPH, word),))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), read)
