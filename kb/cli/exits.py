"""Exit codes: what a script that calls ``kb`` can rely on."""

FAULT = 1  # the command could not do what was asked
INTERRUPTED = 130  # Ctrl-C, as shells count it
