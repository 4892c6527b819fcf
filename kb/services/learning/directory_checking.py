"""What is wrong in the files of organisations and partnerships, and what is worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.peers.flaws_between import Surroundings
from kb.peers.learning.organisation import Organisation, called
from kb.peers.learning.partnership import Partnership
from kb.services.knowledge_base import KnowledgeBase
from kb.services.learning.directory import LOOK, everybody
from kb.services.permission import Member, Role, require
from kb.services.practices import controlled_tags, has_file
from kb.services.sheets import Fault


@dataclass(frozen=True)
class Checked:
    """What is wrong in one file.

    Attributes:
        remarks: worth a look; the file can be used all the same.
    """

    name: str
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]


def check_organisations(kb: KnowledgeBase, names: Iterable[str] = (), *, actor: Member) -> list[Checked]:
    """What is wrong in these files; in all if none is named.

    Raises:
        NotFound: if there is none of a name.
    """
    require(actor, Role.MEMBER, LOOK)
    around = _around(kb)
    files = [kb.organisations.read(name, around) for name in (list(names) or kb.organisations.names())]
    return [Checked(each.name, each.faults, tuple(_of_organisation(kb, each.made))) for each in files]


def check_partnerships(kb: KnowledgeBase, names: Iterable[str] = (), *, actor: Member) -> list[Checked]:
    """The same for partnerships."""
    require(actor, Role.MEMBER, LOOK)
    around = _around(kb)
    files = [kb.partnerships.read(name, around) for name in (list(names) or kb.partnerships.names())]
    return [Checked(each.name, each.faults, tuple(_of_partnership(kb, each.made))) for each in files]


def _around(kb: KnowledgeBase) -> Surroundings:
    return Surroundings(has_document=lambda path: has_file(kb, path), tags=controlled_tags(kb))


def _of_organisation(kb: KnowledgeBase, made: Organisation | None) -> Iterator[str]:
    """Practices that a project names and that are not there, and others of the same name."""
    if made is None:
        return
    there = set(kb.practices.names())
    for project in made.all_projects:
        if project.practice and project.practice not in there:
            yield f"the project “{project.title}” names the practice “{project.practice}”, which is not there"
    others = [each for each in everybody(kb) if each.organisation != made.organisation]
    for name in made.names:
        if other := called(name, others):
            yield f"“{name}” is also what {other.organisation} is called"


def _of_partnership(kb: KnowledgeBase, made: Partnership | None) -> Iterator[str]:
    """Organisations of which the directory knows nothing more."""
    everyone = everybody(kb)
    for name in made.organisations if made else ():
        if called(name, everyone) is None:
            yield f"“{name}” is not in the directory"
