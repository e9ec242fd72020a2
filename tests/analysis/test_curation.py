from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import stackcompare as sc
from tests.sample import ASTER


def test_gaps_are_named_with_what_there_is_instead(write: Callable[..., Path]) -> None:
    text = ASTER.replace(
        "  lab-run: {title: Lab run",
        "  idle: {title: Never cited, publisher: lab, kind: docs}\n  lab-run: {title: Lab run",
        1,
    )
    text = text.replace("total_params: 9B", "total_params: {value: 9B, date: 2024-01}").replace(
        "    active_params: ~5.1B", "    active_params: {value: ~5.1B, source: note}"
    )
    gaps = {(gap.kind, gap.subject) for gap in sc.load(write(text)).curation().gaps}
    assert {
        ("nobody cites the source", "idle"),
        ("source without a date", "idle"),
        ("nobody measured the model", "cygnus"),
        ("nobody measured the model", "aster-mini"),
        ("benchmark without results", "elo"),
        ("only a quotation", "borealis-1.active_params"),
        ("dated value is old", "aster-mini.total_params"),
    } <= gaps
    assert ("source without a date", "lab-run") not in gaps


def test_a_score_more_than_a_year_older_than_another_is_named(write: Callable[..., Path]) -> None:
    text = ASTER + "- {model: aster-2, source: lab-run, date: 2024-05, scores: {exam: 60}}\n"
    gaps = [gap for gap in sc.load(write(text)).curation().gaps if gap.kind.startswith("older")]
    assert [(gap.subject, gap.detail) for gap in gaps] == [("aster-2 on exam", "lab-run")]


def test_evidence_and_coverage_are_counted(aster: sc.Catalog) -> None:
    curation = aster.curation()
    assert curation.evidence == {"independent": 0, "first_party": 4, "rival": 2, "secondary": 1}
    assert [(s.developer, s.models, s.measured, s.results) for s in curation.developers] == [
        ("borealis", 2, 1, 4), ("aster", 2, 1, 3),
    ]  # fmt: skip


def test_the_grid_counts_results(aster: sc.Catalog) -> None:
    grid = aster.grid()
    assert grid.models == ("aster-2", "borealis-1")
    assert grid.to_frame().set_index(["model", "benchmark"])["results"].to_dict() == {
        ("aster-2", "exam"): 2, ("aster-2", "quiz"): 1, ("borealis-1", "exam"): 2, ("borealis-1", "quiz"): 2,
    }  # fmt: skip
