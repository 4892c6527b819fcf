"""When a practice gets which label, and who set weights and thresholds: in words."""

from __future__ import annotations

from collections.abc import Iterator

from kb.peers.assessment.rubric import LabelRule, Rubric
from kb.ui import assessing_words, plain, sheet_words, words
from kb.ui.components import section
from kb.ui.i18n import _, current


def show(rubric: Rubric) -> None:
    """Draw the labels, best first, each with all that has to hold."""
    section.head("labels", _("Labels"))
    told = _("A practice gets the first of these labels whose conditions all hold. They look at scores only, never at weights.")
    plain.show(plain.element("p", told, css="kb-reason"))
    for rule in rubric.labels:
        items = "".join(plain.element("li", sentence) for sentence in conditions(rubric, rule))
        plain.show(
            plain.element("h3", assessing_words.text(rule.title), css="kb-who"),
            f'<ul class="kb-list">{items}</ul>' if items else plain.element("p", _("For all others."), css="kb-quiet"),
        )
    if gates := rubric.gate_labels:
        for verdict, label in ((_("A gate is answered no"), gates.no), (_("A gate is unclear, and none is no"), gates.unclear)):
            plain.show(plain.element("p", sheet_words.labelled(verdict, assessing_words.label(rubric, label)), css="kb-reason"))


def conditions(rubric: Rubric, rule: LabelRule) -> Iterator[str]:
    """What has to hold, each as a sentence; nothing for a label that is for all."""
    titles = {tier.tier: assessing_words.text(tier.title) for tier in rubric.tiers}
    if rule.is_positive and rubric.gates:
        yield _("Every gate is answered yes.")
    if rule.each is not None:
        yield _("No scored criterion is below {n}.").format(n=assessing_words.score(rule.each))
    for tier, least in rule.tiers.items():
        yield _("The mean of “{tier}” is at least {n}.").format(tier=titles.get(tier, tier), n=assessing_words.score(least))
    for tier in rule.scored:
        yield _("Every criterion of “{tier}” is scored.").format(tier=titles.get(tier, tier))
    if rule.coverage is not None:
        yield _("At least {n} % of all criteria are scored.").format(n=words.number(100 * rule.coverage))


def show_weights(rubric: Rubric) -> None:
    """Draw who set weights and thresholds, when and why, and the weights."""
    section.head("weights", _("Weights"))
    by = rubric.weights_set
    told = _("Weights and thresholds were set by {who} on {day}. Weights only put practices in order; no label depends on them.")
    language, why = by.why.best(current())
    plain.show(
        plain.element("p", told.format(who=by.by, day=words.day(by.on)), css="kb-reason"),
        plain.element("p", why, css="kb-reason", language=language),
    )
    weighted = sorted({each.weight for each in rubric.criteria}, reverse=True)
    rows = [
        [
            plain.cell(assessing_words.score(weight)),
            plain.cell(words.listed(assessing_words.text(each.title) for each in rubric.criteria if each.weight == weight)),
        ]
        for weight in weighted
    ]
    plain.table(_("Criteria by weight"), [_("Weight"), _("Criteria")], rows)
