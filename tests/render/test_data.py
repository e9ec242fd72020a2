"""CSV and JSON: the values, bounds with their signs, the columns of the frames."""

from __future__ import annotations

import csv as csv_reader
import json as json_reader
from io import StringIO
from typing import Any

import pytest

import stackcompare as sc
from stackcompare import render
from stackcompare.render.data import defused
from tests.render.test_snapshots import SHOWN

FRAMES = sorted(set(SHOWN) - {"catalog", "record", "record-cited", "sources"})


@pytest.mark.parametrize("name", FRAMES)
def test_csv_has_the_columns_and_rows_of_the_frame(name: str, catalog: sc.Catalog) -> None:
    shown = SHOWN[name](catalog)
    frame = shown.to_frame()
    if frame.index.name:
        frame = frame.reset_index()
    head, *rows = csv_reader.reader(StringIO(render.csv(shown)))
    assert set(map(str, frame.columns)) <= set(head)
    scored = [row for row in rows if name not in {"comparison", "verdicts"} or row[head.index("score")]]
    assert len(scored) == len(frame)
    for column in frame.columns:
        for row, value in zip(scored, frame[column], strict=True):
            said = row[head.index(str(column))]
            if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
                assert said == ""
            elif isinstance(value, float):
                assert float(said) == pytest.approx(value)
            elif isinstance(value, str):
                assert said.lstrip("'") == value.lstrip("'")


def values(shown: Any) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json_reader.loads(render.json(shown), parse_constant=refuse)


def test_a_verdict_carries_all_that_defends_it(comparison: sc.Comparison) -> None:
    verdicts = values(comparison.winners())
    assert {v["outcome"] for v in verdicts} == {"win", "lead", "uncontested"}
    rating = next(v for v in verdicts if v["benchmark"] == "match-rating")
    assert set(rating) >= {
        "benchmark", "facets", "outcome", "leaders", "runner_up", "margin", "noise", "basis", "basis_sources",
        "by_source", "caveats", "scores", "unit", "leader_depends_on_source",
    }  # fmt: skip
    assert rating["basis"] == "pooled"
    assert rating["leader_depends_on_source"] is True
    assert rating["scores"][0].keys() >= {
        "model",
        "score",
        "low",
        "high",
        "source",
        "table",
        "locator",
        "evidence",
        "settings",
    }


def test_bounds_keep_their_sign_and_open_ends_are_null(comparison: sc.Comparison) -> None:
    ratings = [
        s
        for v in values(comparison.winners(sources=["market-note"]))
        if v["benchmark"] == "match-rating"
        for s in v["scores"]
    ]
    bound = next(s for s in ratings if s["model"] == "birch-large-122b-a10b")
    assert (bound["score"], bound["low"], bound["high"]) == (">1500", 1500.0, None)
    row = next(r for r in csv_reader.DictReader(StringIO(comparison.catalog.results.to_csv())) if r["score"] == ">1500")
    assert (row["low"], row["high"]) == ("1500.0", "")


def test_a_margin_without_end_is_null(comparison: sc.Comparison) -> None:
    rating = next(v for v in values(comparison.winners(sources=["market-note"])) if v["benchmark"] == "match-rating")
    assert (rating["outcome"], rating["margin"]) == ("lead", {"low": 0.0, "high": None})


def test_a_comparison_holds_verdicts_and_costs(comparison: sc.Comparison) -> None:
    held = values(comparison)
    assert list(held) == ["models", "baseline", "verdicts", "cost_ratios"]
    assert list(held["cost_ratios"]) == ["active_params", "total_params"]
    assert held["cost_ratios"]["active_params"][3]["reason"] == "active parameters not reported for dahlia-closed"


def test_records_come_by_id(catalog: sc.Catalog) -> None:
    held = values(catalog.models)
    assert list(held) == list(catalog.models)
    assert [c["value"] for c in held["aster-2-120b-a12b"]["active_params"]] == ["12.7B", "12B"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@x", "\tx", "\rx", "  =x", "＝x", "-"])
def test_formulas_are_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-2", "-2.5e3", "+3.5", "~77.5", ">70", "a=b", "", "'=x"])
def test_nothing_else_is_touched(text: str) -> None:
    assert defused(text) == text
