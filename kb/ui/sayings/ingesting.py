"""Files that are added, taken in, or left out, and the jobs that do it."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("Nothing was added: {faults}."),
    marked("No file has failed; there is nothing to try again."),
    marked("There is no such ingest."),
    marked("There is no ingest {job}."),
    marked(
        "There is no room left to write in {folder} ({n} MB free). "
        "Make room and run the command again: what was published before still answers."
    ),
    marked("cancelled"),
    marked("its process ended without a word; start it again"),
    marked("it stopped unexpectedly ({error}); the log has the rest"),
    marked("same content as {path}"),
    marked("renamed from {path}"),
    marked("the file is no longer there"),
    marked("its name is not Unicode: rename it"),
    marked("a link: left out, links are not followed"),
    marked("a folder that cannot be opened"),
    marked("not a regular file: left out"),
    marked("no such file"),
    marked("cannot be opened: {error}"),
    marked("cannot be opened ({error})"),
    marked("a link; links are left out"),
    marked("a folder"),
    marked("a named pipe, not a document"),
    marked("a socket, not a document"),
    marked("a device, not a document"),
    marked("grew beyond {n} MB while it was read"),
    marked("has {n} MB; at most {limit} MB are read"),
)
PARTS = (
    marked("no file was chosen"),
    marked("{n} files at once; at most {limit} are taken"),
    marked("{name} is empty"),
    marked("{name} has {n} MB; at most {limit} are taken"),
    marked("{name} is of a kind that cannot be read; these can: {known}"),
)
