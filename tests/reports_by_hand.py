"""A report of an assessment, made by hand: what the tests of its files hand in."""

from __future__ import annotations

from dataclasses import replace

from kb.services.assessment_files.report import (
    Agreed,
    AssessmentReport,
    Item,
    Move,
    Panelist,
    Reached,
    Said,
    Unmet,
)
from kb.services.handouts.exhibits import Cited, Exhibit

ARABIC = "ازداد عدد النحل بنسبة 40 في المائة"
GREEK = "Οι μέλισσες αυξήθηκαν κατά 40 %"
LONG = " ".join(f"The monitoring of year {year} counted hives, gardens and visits in every district." for year in range(2001, 2061))


NOTHING = Cited()


def said(reviewer: str, score: float | None, reason: str, cited: Cited = NOTHING, rating: str = "scored") -> Said:
    return Said(reviewer, rating=rating, score=score, confidence="high" if score else "", reason=reason, cited=cited)


def criterion(name: str, title: str, score: float | None, *answers: Said, tier: str = "core", **more: object) -> Item:
    titles = {"core": "Core criteria", "qualifiers": "Qualifiers"}
    item = Item(
        name, title, f"What do the documents say about {title.lower()}?", tier, titles[tier], 1.0,
        rating="scored" if score is not None else "not-assessable", score=score, said=answers,
    )  # fmt: skip
    return replace(item, **more)  # type: ignore[arg-type]


REPORT = AssessmentReport(
    id="cesena-bee-path-1",
    practice="cesena-bee-path",
    title="A path for bees through Cesena",
    rubric="plp-good-practice",
    rubric_title="PLP good practice",
    rubric_version=2,
    lowest=0.0,
    highest=5.0,
    stage="concluded",
    made_on="2026-11-22",
    summary="The city links gardens to a trail and lets schools count bees.",
    owner="City of Cesena",
    place="Cesena",
    countries=("IT",),
    rubric_sha256="ab" * 32,
    opened_on="2026-09-01",
    due="2026-10-01",
    concluded_on="2026-11-20",
    look_again_on="2028-11-20",
    reached=Reached(
        "promising", "Promising practice", True, 2, 3, status="peer-validated", stage="promising", stage_title="Promising",
        weighted_mean=3.6666, impact=3.5, evidence_quality=2.0,
        unmet=(
            Unmet("Validated practice", "tier", "Core criteria", 3.5, 3.25),
            Unmet("Validated practice", "coverage", "", 0.8, 0.6666),
        ),
    ),
    panel=(
        Panelist("Ana Kovač", "Univerza v Ljubljani", "SI", "submitted"),
        Panelist("Łukasz Żak", "Miasto Gdańsk", "PL", "submitted"),
        Panelist("Ἑλένη Δήμου", "Δήμος Αθηναίων", "GR", "submitted", is_third=True),
    ),
    gates=(
        Item(
            "relevance", "Relevance", "Does it answer a problem of the place?", verdict="yes",
            said=(
                Said("Ana Kovač", verdict="yes", reason="Named in the plan of 2019.", cited=Cited((1,))),
                Said("Łukasz Żak", verdict="yes", reason="Yes."),
            ),
        ),
    ),
    criteria=(
        criterion(
            "effectiveness", "Effectiveness", 3.5,
            said("Ana Kovač", 4.0, "Counted twice a year since 2016.\nThe counts rise.", Cited((1, 2), (3,))),
            said("Łukasz Żak", 2.0, LONG, Cited((2,), (), 1)),
            said("Ἑλένη Δήμου", 3.5, "Я считаю, что учёт надёжен. Мерените данни са ясни.", Cited(none_found=True)),
            agreed=Agreed("scored", 3.5, "", "Two counts agree; the third is of another district.", "Ana Kovač", "2026-11-18"),
            is_wide=True, reply="We count again in spring.",
        ),
        criterion(
            "transferability", "Transferability", 3.0, said("Ana Kovač", 3.0, "Ljubljana did the same.", Cited((4,))),
            said("Łukasz Żak", 3.0, "It needs no law."),
        ),
        criterion(
            "gender", "Gender lens", None, said("Ana Kovač", None, "Nobody asked.", rating="not-assessable"), tier="qualifiers"
        ),
    ),
    comments=(("Łukasz Żak", "A clear case."),),
    reply="Thank you; the counts of 2025 are in print.",
    reply_by="City of Cesena",
    evidence=(
        Exhibit(1, "Bees are named in the plan.", "City of Cesena (2019). Plan. p. 4", "Plan", 4, "4", language="en"),
        Exhibit(2, ARABIC, "مدينة (2020). النحل. p. 2", "النحل", 2, "2", language="ar"),
        Exhibit(3, GREEK, "Δήμος (2021). Μέλισσες", "Μέλισσες", language="el", is_changed=True),
        Exhibit(4, "中文：蜜蜂增加了四成。", "蜜蜂 (2022)", "蜜蜂", language="zh", is_gone=True),
    ),
    unsupported=(("Transferability", ("Łukasz Żak",)),),
    n_left_out=1,
    lacking=("costs", "evaluation"),
    moves=(
        Move("2026-09-01T08:00:00+00:00", "Facilitator", "opened"),
        Move("2026-09-02T08:00:00+00:00", "Facilitator", "invited", "Ana Kovač"),
        Move("2026-11-20T08:00:00+00:00", "Facilitator", "concluded", "promising"),
    ),
)  # fmt: skip
