from __future__ import annotations

from math import inf

import pytest

import stackcompare as sc


def test_the_spread_runs_over_every_claim(aster: sc.Catalog) -> None:
    mine, base = aster.compare("aster-2", "borealis-1", baseline="borealis-1").cost_ratios()
    assert mine.ratio == pytest.approx(12.7 / 5.1)
    assert (mine.low, mine.high) == (pytest.approx(12 / 5.1), pytest.approx(12.7 / 5.1))
    assert mine.sources == ("aster-report", "note", "borealis-card")
    assert (base.ratio, base.low, base.high, base.reason) == (1.0, 1.0, 1.0, None)


def test_unknown_is_not_zero_and_has_a_reason(aster: sc.Catalog) -> None:
    (_, cygnus) = aster.compare("aster-2", "cygnus").cost_ratios()
    assert (cygnus.ratio, cygnus.low, cygnus.high) == (None, None, None)
    assert cygnus.reason == "active parameters not reported for cygnus"


def test_a_bound_leaves_the_ratio_open(aster: sc.Catalog) -> None:
    (_, borealis) = aster.compare("aster-2", "borealis-1").cost_ratios("total_params")
    assert borealis.ratio is None
    assert (borealis.low, borealis.high) == (pytest.approx(100 / 120), inf)
    assert borealis.reason == "only a bound is reported"


def test_a_measure_that_does_not_exist_is_refused(aster: sc.Catalog) -> None:
    with pytest.raises(sc.SelectionError, match="did you mean 'active_params'"):
        aster.compare("aster-2", "cygnus").cost_ratios("active_parms")


def test_coverage_counts_settings_in_common(aster: sc.Catalog) -> None:
    frame = aster.coverage("aster-2", "borealis-1", "cygnus").to_frame()
    assert frame.loc["aster-2", "borealis-1"] == 2
    assert frame.loc["aster-2", "cygnus"] == 0
    assert frame.loc["aster-2", "aster-2"] == 2


def test_two_configurations_of_a_model_cost_the_same(write) -> None:
    from tests.sample import ASTER

    extra = "- {model: aster-2, source: lab-run, table: E, scores: {exam: [{score: 60, reasoning: low}, {score: 70, reasoning: high}]}}\n"
    comparison = sc.load(write(ASTER + extra)).compare("aster-2[reasoning=low]", "aster-2[reasoning=high]")
    assert [(ratio.low, ratio.ratio, ratio.high) for ratio in comparison.cost_ratios()] == [(1.0, 1.0, 1.0)] * 2
