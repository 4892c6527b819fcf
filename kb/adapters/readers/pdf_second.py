"""The second PDF reader: pypdf, for files that PDFium cannot open and for encryption with an empty password."""

from __future__ import annotations

import io
import logging
import warnings

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError

from kb.adapters.readers.clean import one_line
from kb.adapters.readers.pdf_contents import Contents
from kb.adapters.readers.pdf_glyphs import as_lines
from kb.adapters.readers.pdf_properties import metadata
from kb.errors import ReadError

_LOCKED = "protected by a password"


def by_pypdf(data: bytes) -> Contents:
    """Read lines without layout.

    Raises:
        ReadError: ``encrypted``, or ``failed`` with pypdf's reason.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings(action="ignore"):
            return _contents(pypdf.PdfReader(io.BytesIO(data)))
    except (FileNotDecryptedError, DependencyError) as error:
        if isinstance(error, FileNotDecryptedError) or "AES" in str(error):
            raise ReadError(_LOCKED, state="encrypted") from error
        raise ReadError(str(error)[:200]) from error
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        raise ReadError(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}") from error


def _contents(reader: pypdf.PdfReader) -> Contents:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError(_LOCKED, state="encrypted")
    contents = Contents()
    labels = [one_line(label) or None for label in reader.page_labels] if "/PageLabels" in reader.root_object else []
    for number, page in enumerate(reader.pages, start=1):
        contents.labels.append(labels[number - 1] if number <= len(labels) else None)
        contents.lines.append(as_lines(page.extract_text(), number))
    info = reader.metadata
    contents.metadata = metadata({"Title": (info.title or "") if info else "", "Author": (info.author or "") if info else ""})
    return contents
