"""What `make bench` says about promises: the arithmetic of its checks, and where its tables go."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

import ablation
import checks
import judged
import report

MACHINE = {"date": "2026-01-02", "command": "make bench", "machine": {"cores": 2, "flags": ["avx2"], "python": "3.11"}}


def legs(lexical: float, dense: float, hybrid: float) -> dict[str, dict[str, float]]:
    return {
        leg: {"ndcg@10": value, "accuracy@1": value} for leg, value in (("lexical", lexical), ("dense", dense), ("hybrid", hybrid))
    }


def held(results: dict[str, object], what: str) -> bool | None:
    (check,) = (check for check in checks.checks(results) if what in check.what)
    return check.holds


@pytest.mark.parametrize(("hybrid", "holds"), [(0.45, True), (0.436, True), (0.434, False)])
def test_the_hybrid_may_lie_half_a_hundredth_under_the_better_leg(hybrid: float, holds: bool) -> None:
    assert held({"legs": {"english": {"npl": legs(0.40, 0.44, hybrid)}}}, "NPL") is holds


@pytest.mark.parametrize(("hybrid", "holds"), [(0.64, True), (0.62, False)])
def test_the_lead_is_over_the_leg_that_is_better_on_the_mean_of_all_sets(hybrid: float, holds: bool) -> None:
    """Lexical 0.6 and 0.4 is 0.5, dense 0.3 and 0.9 is 0.6; 5 % above that is 0.63."""
    results = {"legs": {"english": {"npl": legs(0.6, 0.3, hybrid)}, "pairs": {name: legs(0.4, 0.9, hybrid) for name in PAIRS}}}

    assert held(results, "Mean nDCG@10 of 2 English sets") is holds


PAIRS = ("en→en", "de→en", "es→en", "ro→en")


def test_a_pair_that_falls_behind_is_named() -> None:
    results = {"legs": {"english": {}, "pairs": {name: legs(0.5, 0.8, 0.79 if name == "es→en" else 0.9) for name in PAIRS}}}

    (check,) = (check for check in checks.checks(results) if check.what.startswith("XQuAD pairs"))

    assert (check.found, check.holds) == ("3 of 4; the least, es→en: -0.010", False)


def test_to_lead_a_system_takes_both_percentiles() -> None:
    ours = {"mean ndcg@10": 0.5, "ranking p50_ms": 10.0, "ranking p95_ms": 30.0, "ingestion documents/s": 45.0}
    other = {"mean ndcg@10": 0.5, "p50_ms": 20.0, "p95_ms": 25.0, "ingestion documents/s": 15.0}

    found = {check.what.split(",")[0]: check.holds for check in checks.checks({"peers": {"ours": ours, "plain": other}})}

    assert found == {"nDCG@10": False, "Ten results ranked": False, "Documents ingested a second": True}


@pytest.mark.parametrize(("panel_s", "difference", "both"), [(2.9, 1e-12, [True, True]), (3.1, 1e-3, [False, False])])
def test_agreement_is_quick_and_the_same_as_the_packages(panel_s: float, difference: float, both: list[bool]) -> None:
    size = {"practices": 200, "reviewers": 5, "criteria": 20}
    found = size | {"panel_s": panel_s, "alpha_s": 0.1, "package_alpha_s": 5.0, "ratio": 50, "largest_difference": difference}

    assert [check.holds for check in checks.checks({"agreement": found})] == both


def test_what_was_not_measured_has_no_line() -> None:
    assert checks.checks({}) == []


def test_tables_are_written_between_the_marks_and_nowhere_else(tmp_path: Path) -> None:
    marked, plain = tmp_path / "marked.md", tmp_path / "plain.md"
    marked.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    plain.write_text("no marks\n", encoding="utf-8")

    for document in (marked, plain):
        report.write(document, report.tables(MACHINE))

    text = marked.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "old" not in text
    assert "2026-01-02, `make bench`, 2 cores (avx2)" in text
    assert plain.read_text(encoding="utf-8") == "no marks\n"


def test_what_kb_evaluate_printed_is_told_with_the_interval_of_the_hybrid() -> None:
    leg = {"ndcg@10": 0.4333, "accuracy@1": 0.3, "intervals": {"ndcg@10": [0.39, 0.4777], "accuracy@1": [0.25, 0.36]}}
    found = {"cranfield": {"questions": 225, "lexical": leg, "dense": leg, "hybrid": leg}}

    text = report.tables(MACHINE | {"by_command": found})

    assert "| Cranfield | 225 | 0.433 | 0.433 | 0.433 (0.390 to 0.478) |" in text
    assert "| Cranfield | 225 | 0.300 | 0.300 | 0.300 (0.250 to 0.360) |" in text


def test_every_variant_of_the_ablation_overrides_what_the_ranking_has_and_puts_it_back() -> None:
    """A renamed constant would make a variant measure nothing."""
    for variant in ablation.variants():
        before = [getattr(where, name) for where, name, _ in variant.overrides]
        with ablation.overridden(variant.overrides):
            assert all(getattr(where, name) is value for where, name, value in variant.overrides)

        assert [getattr(where, name) for where, name, _ in variant.overrides] == before

    assert [variant.name for variant in ablation.variants() if not variant.overrides] == ["as it is"]


def test_every_nth_question_keeps_its_judgements() -> None:
    collection = judged.Collection({"d": ("", "words")}, None)
    one = judged.JudgedSet("s", collection, dict.fromkeys("abcde", "?"), {name: {"d": 1} for name in "abcde"})

    thinned = judged.every(one, 2)

    assert list(thinned.questions) == list(thinned.judgements) == ["a", "c", "e"]
