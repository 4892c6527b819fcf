"""``kb assess open|candidates|invite|excuse|due|begin|cancel|conclude``: what facilitators do."""

from __future__ import annotations

import click

from kb.cli import exits
from kb.cli.acting import acting, actor_of
from kb.cli.assess_told import best, done, language, open_base, why, why_required
from kb.cli.search import flat

STATUSES = ("project-approved", "peer-validated", "expert-validated")


@click.command("open")
@click.argument("practice")
@click.option("--rubric", required=True, metavar="NAME", help="By which it is reviewed; see kb rubric list.")
@click.option("--due", required=True, metavar="DATE", help="When reviews should be there, such as 2026-12-31.")
@click.option("--reply-days", type=int, default=14, show_default=True, help="That the owner has to reply once they are.")
@click.option("--status", type=click.Choice(STATUSES), default="peer-validated", show_default=True, help="Granted if it ends well.")
@click.option("--answers-for-owner", default="", metavar="MEMBER", help="Who replies; else anybody of the owner's organisation.")
@acting
def open_one(practice: str, rubric: str, due: str, reply_days: int, status: str, answers_for_owner: str, acting_as: str) -> None:
    """Open an assessment of PRACTICE. Its id is printed first."""
    from kb.services.assessing import opening

    base = open_base()
    actor = actor_of(base, acting_as)
    opened = opening.open_assessment(
        base,
        practice.rsplit("/", 1)[-1].removesuffix(".yaml"),
        rubric,
        due=due,
        actor=actor,
        reply_days=reply_days,
        status_granted=status,
        respondent=answers_for_owner,
    )
    done(base, opened, f"{opened} is opened. Invite reviewers: kb assess invite {opened} MEMBER…", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@click.option("--third", is_flag=True, help="For a third reviewer.")
@acting
def candidates(assessment: str, third: bool, acting_as: str) -> None:
    """Who may be invited, what one should know about them, and why the others may not."""
    from kb.services.assessing import opening

    base = open_base()
    for each in opening.invitable(base, assessment, actor=actor_of(base, acting_as), is_third=third):
        of = f"{each.member.name} ({each.member.organisation or 'no organisation'})"
        told = f"no: {each.refusal}" if each.refusal else "; ".join(("may be invited", *each.warnings))
        click.echo(flat(f"{of}: {told}" + (" · Demonstration data" if each.member.is_demo else "")))


@click.command()
@click.argument("assessment", metavar="ID")
@click.argument("members", metavar="MEMBER...", nargs=-1, required=True)
@click.option("--third", is_flag=True, help="As third reviewer, because the others are far apart.")
@acting
def invite(assessment: str, members: tuple[str, ...], third: bool, acting_as: str) -> None:
    """Offer each MEMBER a seat. Who has an interest in the practice is refused; ends with 1 if anybody is."""
    from kb.errors import InvalidEntry, NotFound
    from kb.services.assessing import opening

    base = open_base()
    actor = actor_of(base, acting_as)
    opening.invitable(base, assessment, actor=actor)  # the assessment is there, and the actor may invite
    invited = []
    for name in members:
        try:
            asked = opening.invite(base, assessment, name, actor=actor, is_third=third)
        except (InvalidEntry, NotFound) as error:
            click.echo(flat(f"{name}: {error}"), err=True)
            continue
        invited.append(asked.member.name)
        for warning in asked.warnings:
            click.echo(flat(f"{asked.member.name}: note that {warning}"), err=True)
    if invited:
        done(base, assessment, f"Invited: {', '.join(invited)}", actor=actor)
    if len(invited) < len(members):
        raise SystemExit(exits.FAULT)


@click.command()
@click.argument("assessment", metavar="ID")
@click.argument("member")
@why
@acting
def excuse(assessment: str, member: str, why: str, acting_as: str) -> None:
    """Wait no longer for the review of MEMBER."""
    from kb.services.assessing import opening

    base = open_base()
    actor = actor_of(base, acting_as)
    opening.excuse(base, assessment, member, why=why, actor=actor)
    done(base, assessment, f"{member} is excused.", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@click.argument("date")
@why
@acting
def due(assessment: str, date: str, why: str, acting_as: str) -> None:
    """Await reviews by another DATE."""
    from kb.services.assessing import opening

    base = open_base()
    actor = actor_of(base, acting_as)
    opening.change_due(base, assessment, date, why=why, actor=actor)
    done(base, assessment, f"Reviews are due by {date}.", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@acting
def begin(assessment: str, acting_as: str) -> None:
    """Let the panel review: two at least have a seat."""
    from kb.services.assessing import opening

    base = open_base()
    actor = actor_of(base, acting_as)
    opening.begin(base, assessment, actor=actor)
    done(base, assessment, "The reviewing has begun.", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@why_required
@acting
def cancel(assessment: str, why: str, acting_as: str) -> None:
    """End an assessment without an outcome. All that happened stays."""
    from kb.services.assessing import opening

    base = open_base()
    actor = actor_of(base, acting_as)
    opening.cancel(base, assessment, why=why, actor=actor)
    done(base, assessment, f"{assessment} is cancelled.", actor=actor)


@click.command()
@click.argument("assessment", metavar="ID")
@click.option("--preview", is_flag=True, help="Only say what it would come to now.")
@language
@acting
def conclude(assessment: str, preview: bool, language: str, acting_as: str) -> None:
    """End an assessment with what it comes to: gates first, then thresholds."""
    from kb.services.assessing import concluding, viewing

    base = open_base()
    actor = actor_of(base, acting_as)
    coming = concluding.preview(base, assessment, actor=actor)
    if not preview:
        concluding.conclude(base, assessment, actor=actor, seen=coming)
        done(base, assessment, f"{assessment} is concluded.", actor=actor)
        return
    view = viewing.assessment(base, assessment, actor=actor)
    told = "There is nothing to tell yet."
    if coming is not None:
        label = best(view.rubric.title_of(coming.label), language)
        told = f"It would come to: {label}; {coming.n_scored} of {coming.n_criteria} criteria scored."
    done(base, assessment, told, actor=actor)
