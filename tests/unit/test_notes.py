"""A text cut into words and notes loses nothing and names every source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.peers.narrative import cited, without_citations
from kb.peers.notes import Note, pieces


def test_each_mark_is_its_notes_with_their_places() -> None:
    found = list(pieces("They met [@un-2021, p. 12] and parted [see @a; @b, pp. 3–4]. Write to ann@example.org."))

    assert found == [
        "They met",
        (Note("un-2021", "p. 12"),),
        " and parted",
        (Note("a"), Note("b", "pp. 3–4")),
        ". Write to ann@example.org.",
    ]


WORDS = st.text(alphabet="ab .\n@[],;é", max_size=20)
MARKS = st.sampled_from(["[@a]", "[@b-2, p. 3]", " [@a; @c]", "[see @d, p. 1; @e]"])


@given(st.lists(st.one_of(WORDS, MARKS), max_size=8))
def test_nothing_is_lost(parts: list[str]) -> None:
    words = "".join(parts)
    found = list(pieces(words))

    assert "".join(piece for piece in found if isinstance(piece, str)).strip() == without_citations(words)
    assert [note.key for piece in found if not isinstance(piece, str) for note in piece] == cited(words)
