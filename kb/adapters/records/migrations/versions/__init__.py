"""One module a revision, oldest first by name; never edited once published."""
