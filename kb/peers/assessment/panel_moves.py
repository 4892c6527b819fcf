"""Which event of the whole panel may follow: dates, begin, reply, settling, conclusion, and a second look at a score."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.assessment.blinding import answers_for_owner
from kb.peers.assessment.final import conclusion
from kb.peers.assessment.move import MIN_PANEL, Move, Refusal, out_of_turn, reply_opens
from kb.peers.assessment.review import Rating
from kb.peers.assessment.rubric import Rubric
from kb.peers.assessment.spread import to_settle
from kb.peers.assessment.state import Stage


def due_changed(move: Move) -> Iterator[Refusal]:
    """Whether the date lies ahead."""
    if move.body.due < move.today:
        yield Refusal(f"The date {move.body.due} has passed. Choose one from {move.today} on.")


def begun(move: Move) -> Iterator[Refusal]:
    """Whether the panel is large enough."""
    n_live = len(move.to.live_seats)
    if n_live < MIN_PANEL:
        yield Refusal(f"The panel has {n_live} reviewers; at least {MIN_PANEL} are needed. Invite more.")


def reply_opened(move: Move) -> Iterator[Refusal]:
    """Whether every review is there."""
    if not reply_opens(move.to):
        yield out_of_turn(Stage.REVIEWING)


def replied(move: Move) -> Iterator[Refusal]:
    """Whether the owner speaks, or is spoken for."""
    if not _speaks_for_owner(move) and not move.by.is_facilitator:
        yield Refusal("Only who answers for the owner may reply, or a facilitator who writes it down.")
    elif not _speaks_for_owner(move) and not move.body.on_behalf_of:
        yield Refusal("Say who spoke for the owner.")
    if not move.body.general and not any(move.body.comments.values()):
        yield Refusal("The reply is empty.")
    if strangers := [item for item in move.body.comments if item not in _items(move.rubric)]:
        yield _not_asked(strangers)


def reply_closed(move: Move) -> Iterator[Refusal]:
    """Whether the owner says so, or was waited for."""
    if _speaks_for_owner(move):
        return
    if not move.by.is_facilitator:
        yield Refusal("Only who answers for the owner may close the reply, or a facilitator.")
    elif move.to.reply is None and move.today <= move.to.reply_due and not move.body.why:
        yield Refusal(f"The owner has until {move.to.reply_due} to reply. Wait, or say why you go on without.")


def settled(move: Move) -> Iterator[Refusal]:
    """Whether somebody of the panel settles what the rubric asks, on its scale, with a reason."""
    body, rubric = move.body, move.rubric
    if move.by.name not in move.to.reviews and not move.by.is_facilitator:
        yield Refusal("Only the panel settles a score, or a facilitator.")
    if body.item not in _items(rubric):
        yield _not_asked([body.item])
    elif body.item in rubric.gate_names:
        if body.verdict is None or body.rating is not None or body.score is not None:
            yield Refusal(f"{body.item} is a gate: it is settled with yes, no or unclear.")
    elif body.rating is None or body.verdict is not None or (body.score is not None) is not (body.rating is Rating.SCORED):
        yield Refusal(f"{body.item} is a criterion: it is settled with a score, or as not assessable or unknown without one.")
    elif body.score is not None and not rubric.scale.has(body.score):
        yield Refusal(f"{body.score:g} is no score of the scale from {rubric.scale.lowest:g} to {rubric.scale.highest:g}.")
    if not body.reason:
        yield Refusal("Say why the panel settles it so.")


def concluded(move: Move) -> Iterator[Refusal]:
    """Whether all reviews are there, what is far apart is settled, and the outcome is what the rubric makes of them."""
    if move.to.awaited:
        names = ", ".join(seat.member for seat in move.to.awaited)
        yield Refusal(f"A review is still awaited of {names}. Wait, or excuse them.")
    if items := to_settle(move.to, move.rubric):
        yield Refusal(f"The reviewers are far apart, and nothing is settled yet, on {', '.join(items)}.")
    if move.body.outcome != conclusion(move.to, move.rubric):
        yield Refusal("What the assessment comes to has changed meanwhile. Look at it again.", is_late=True)


def cancelled(move: Move) -> Iterator[Refusal]:
    """Whether a reason is given."""
    if not move.body.why:
        yield Refusal("Say why the assessment is cancelled.")


def reconfirmed(move: Move) -> Iterator[Refusal]:
    """Whether the reviewer gave that score, and gives a reason."""
    body, mine = move.body, move.to.reviews.get(move.by.name)
    if mine is None or body.reviewer not in ("", move.by.name):
        yield Refusal("Only whose score it is can look at it again.")
    elif body.criterion not in _items(move.rubric):
        yield _not_asked([body.criterion])
    else:
        answer = mine.review.answers.get(body.criterion)
        if answer is None or answer.rating is not Rating.SCORED:
            yield Refusal(f"You gave no score to {body.criterion}.")
    if not body.reason:
        yield Refusal("Say why your score stands or is withdrawn.")


def _speaks_for_owner(move: Move) -> bool:
    return move.to.opened is not None and answers_for_owner(move.to.opened, move.by)


def _items(rubric: Rubric) -> frozenset[str]:
    return frozenset((*rubric.gate_names, *rubric.criterion_names))


def _not_asked(items: list[str]) -> Refusal:
    return Refusal(f"The rubric does not ask for {', '.join(items)}.")
