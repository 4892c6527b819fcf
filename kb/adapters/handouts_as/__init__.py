"""Answer :class:`kb.services.handouts.forms.HandoutFormats`: one module a form, loaded when that form is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kb.services.handouts.forms import ReportForm

if TYPE_CHECKING:
    from kb.services.handouts.handout import Handout

_MODULES = {ReportForm.PDF: "pdf", ReportForm.DOCX: "word"}


class HandoutWriter:
    """Writes both forms; see the port."""

    def write(self, handout: Handout, form: ReportForm) -> bytes:
        """See the port."""
        content: bytes = import_module(f"{__name__}.{_MODULES[form]}").write(handout)
        return content
