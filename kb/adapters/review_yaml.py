"""The port ``ReviewFiles`` on YAML."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kb.services.review_files import MAX_BYTES, ReviewFile, ReviewForm
from kb.services.sheets import Fault

if TYPE_CHECKING:
    from kb.peers.assessment.rubric import Rubric


class ReviewYaml:
    """Forms are printed and read; see the port. What does it is imported when it is needed: a search never waits for it."""

    def begun(self, form: ReviewForm) -> str:
        """See the port."""
        from kb.adapters import review_form

        return review_form.begun(form)

    def read(self, content: bytes, shown: str, assessment: str, rubric: Rubric) -> ReviewFile:
        """See the port."""
        from kb.adapters import placed_yaml
        from kb.peers.assessment import written_review

        try:
            text = content[: MAX_BYTES + 1].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            undecoded = Fault(shown, line, "", "is not UTF-8; save the file as UTF-8")
            return ReviewFile(None, (undecoded,), partial(placed_yaml.fault_at, shown, {}))
        limit = placed_yaml.Limit(MAX_BYTES, "a review is shorter")
        found = placed_yaml.read(text, shown, limit, lambda raw: written_review.read(raw, assessment, rubric))
        return ReviewFile(found.made, found.faults, partial(placed_yaml.fault_at, shown, found.lines))
