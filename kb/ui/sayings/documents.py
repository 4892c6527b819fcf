"""What cannot be shown of a document or a passage."""

from __future__ import annotations

from kb.ui.i18n import marked

TEMPLATES = (
    marked("There is no such document. It may have been removed; look for it in the library."),
    marked("There is no such passage. Its document may have changed; search again."),
    marked("The file of this document is no longer in its folder. Ingest the folder again to update the index."),
    marked("Only pages of PDF files can be drawn; this document is shown as text."),
    marked("There is no page {page}; the document has {n}."),
    marked("Page {page} could not be drawn within {n} s."),
    marked("Page {page} could not be drawn."),
)
PARTS: tuple[str, ...] = ()
