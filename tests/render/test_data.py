"""CSV and JSON: the values, bounds with their signs, the columns of the frames."""

from __future__ import annotations

import builtins
import csv as csv_reader
import json as json_reader
from collections.abc import Callable
from io import BytesIO, StringIO
from math import inf
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import stackcompare as sc
from stackcompare import render
from stackcompare.render.data import defused
from tests.render.test_snapshots import SHOWN
from tests.sample import ASTER


def parquet() -> Any:
    """Return what reads Parquet back; skip the test where it is not there."""
    return pytest.importorskip("pyarrow.parquet", reason="Parquet needs the extra large")


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


# Numbers and bounds beside the text


@pytest.mark.parametrize("name", SHOWN)
def test_a_bound_has_numbers_beside_it(name: str, catalog: sc.Catalog) -> None:
    columns, rows = SHOWN[name](catalog).rows()
    beside = {"score": ("low", "high"), "value": ("low", "high")}
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            if isinstance(value, str) and value[:1] in "<>~" and value[1:].replace(".", "").rstrip("BKM").isdigit():
                low, high = (row[columns.index(end)] for end in beside.get(column, (f"{column}_low", f"{column}_high")))
                assert isinstance(low, float), (column, value)
                assert isinstance(high, float), (column, value)


def test_a_spreadsheet_reads_bounds_as_numbers(catalog: sc.Catalog) -> None:
    frame = pd.read_csv(StringIO(catalog.results.to_csv()))
    assert frame["low"].dtype == frame["high"].dtype == float
    bound = frame[frame["comparator"] == ">"].iloc[0]
    assert (bound["score"], bound["low"], pd.isna(bound["high"])) == (">70", 70.0, True)
    assert set(frame["comparator"].dropna()) == {">", "~"}


def test_a_published_interval_is_in_the_unit_of_its_benchmark(aster: sc.Catalog) -> None:
    result = aster.results.where(model="borealis-1", benchmark="quiz", tools="none", source="borealis-card")[0]
    told = result.model_copy(
        update={"interval": (sc.Quantity("0.85"), sc.Quantity("0.88")), "standard_error": sc.Quantity("0.007")}
    )
    columns, (row,) = sc.Results(aster, [told]).rows()
    held = dict(zip(columns, row, strict=True))
    assert [held[name] for name in ("low", "standard_error", "interval_low", "interval_high")] == [
        86.6,
        0.7,
        85.0,
        88.0,
    ]


def test_claims_have_the_ends_of_their_number_beside_them(aster: sc.Catalog, write: Callable[..., Path]) -> None:
    assert [(held.low, held.high) for held in aster.cite("borealis-1", "total_params")] == [(1e11, inf)]
    assert [(held.low, held.high) for held in aster.cite("aster-2", "released")] == [(None, None)]
    differing = sc.load(write(ASTER.replace("0.8660", "0.9000"))).conflicts("borealis-1")
    assert [(claim.value, claim.low, claim.high) for claim in differing[-1].claims] == [
        ("86.60", 86.6, 86.6), ("0.9000", 90.0, 90.0),
    ]  # fmt: skip


# JSON Lines and Parquet


@pytest.mark.parametrize("name", SHOWN)
def test_json_lines_hold_the_rows(name: str, catalog: sc.Catalog) -> None:
    shown = SHOWN[name](catalog)
    columns, rows = shown.rows()
    lines = [json_reader.loads(line, parse_constant=pytest.fail) for line in shown.to_jsonl().splitlines()]
    assert len(lines) == len(rows)
    assert all(list(line) == columns for line in lines)
    frame = pd.read_json(StringIO(shown.to_jsonl()), lines=True, dtype=False)
    assert list(frame.columns) == columns


@pytest.mark.parametrize("name", SHOWN)
def test_parquet_is_read_back_as_the_rows(name: str, catalog: sc.Catalog) -> None:
    shown = SHOWN[name](catalog)
    columns, rows = shown.rows()
    table = parquet().read_table(BytesIO(shown.to_parquet()))
    assert table.column_names == columns
    assert [list(row.values()) for row in table.to_pylist()] == rows
    assert list(pd.read_parquet(BytesIO(shown.to_parquet())).columns) == columns
    assert shown.to_parquet() == shown.to_parquet()


def test_parquet_keeps_types_and_infinity_apart_from_null(catalog: sc.Catalog) -> None:
    table = parquet().read_table(BytesIO(catalog.compare("aster-2-120b-a12b", "birch-large-122b-a10b").to_parquet()))
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["score"], types["low"], types["leads"], types["noise"]) == ("string", "double", "bool", "double")
    assert inf in table["high"].to_pylist()
    assert None in table["noise"].to_pylist()
    counts = parquet().read_table(BytesIO(catalog.grid().to_parquet()))
    assert str(counts.schema.field("results").type) == "int64"
    assert (
        str(parquet().read_table(BytesIO(catalog.results.to_parquet())).schema.field("standard_error").type) == "null"
    )


class Odd:
    """Rows as nobody should make them."""

    def rows(self) -> Any:
        return ["a", "a", "", "a (2)"], [[1, True, "x\ud800\u202e", None], [2.5, None, 7, 2**70]]


def test_columns_of_one_name_and_mixed_types_are_kept_apart() -> None:
    lines = [json_reader.loads(line) for line in render.jsonl(Odd()).splitlines()]
    assert lines[0] == {"a": 1, "a (2)": True, "": "x\ud800\u202e", "a (2) (4)": None}
    assert "\\u202e" in render.jsonl(Odd())
    table = parquet().read_table(BytesIO(render.parquet(Odd())))
    assert table.to_pydict() == {
        "a": [1.0, 2.5], "a (2)": [True, None], "": ["x\\ud800\u202e", "7"], "a (2) (4)": [None, float(2**70)],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "package", "extra"),
    [("to_parquet", "pyarrow", "large"), ("to_xlsx", "xlsxwriter", "xlsx"), ("to_pdf", "playwright", "pdf")],
)
def test_a_missing_package_is_named_with_its_extra(
    catalog: sc.Catalog, monkeypatch: pytest.MonkeyPatch, method: str, package: str, extra: str
) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ModuleNotFoundError(f"No module named {package!r}")
        return real(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        sc.MissingExtraError, match=rf'needs {package}; install it: pip install "stackcompare\[{extra}\]"'
    ) as caught:
        getattr(catalog.sources, method)()
    assert (caught.value.extra, caught.value.name) == (extra, package)
    assert isinstance(caught.value, sc.StackcompareError)
