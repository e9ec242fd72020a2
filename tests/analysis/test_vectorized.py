from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from math import inf, isnan, nan
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stackcompare.analysis import vectorized
from stackcompare.analysis.decision import Decision, decide
from stackcompare.analysis.large import decide_frame, decide_parquet
from stackcompare.analysis.noise import quantile
from stackcompare.analysis.scores import Items, Score
from stackcompare.analysis.vectorized import OUTCOMES, Decisions, decide_groups
from stackcompare.records import Benchmark, Interval, Result

Z = quantile(0.95)


class Row(NamedTuple):
    """A score in short: as written, its standard error or published interval, its items."""

    group: int
    score: str
    error: str | None = None
    arms: tuple[str, str] | None = None
    items: float | None = None


def benchmark(unit: str, better: str) -> Benchmark:
    return Benchmark.model_validate({"name": "B", "domain": "d", "metric": "m", "unit": unit, "better": better})


def small_case(rows: list[Row], test: Benchmark) -> dict[int, Decision]:
    scores: dict[int, list[Score]] = {}
    for place, row in enumerate(rows):
        stated: dict[str, Any] = {"model": f"m{place:04}", "benchmark": "b", "source": "s", "score": row.score}
        if row.error is not None:
            stated["standard_error"] = row.error
        if row.arms is not None:
            stated["interval"] = row.arms
        result = Result.model_validate(stated)
        interval = result.score.interval(0.5)
        items = None if row.items is None else Items(row.items, ())
        scores.setdefault(row.group, []).append(Score(stated["model"], result, "independent", interval, items, ()))
    return {group: decide(members, test, Z) for group, members in sorted(scores.items())}


def arrays(rows: list[Row], test: Benchmark) -> Decisions:
    intervals, errors, above = [], [], []
    for row in rows:
        result = Result.model_validate({"model": "m", "benchmark": "b", "source": "s", "score": row.score})
        intervals.append(result.score.interval(0.5))
        error = upper = nan
        if row.error is not None:
            error = upper = float(row.error)
        elif row.arms is not None:
            error, upper = (
                (result.score.value - float(row.arms[0])) / Z,
                (float(row.arms[1]) - result.score.value) / Z,
            )
        errors.append(error)
        above.append(upper)
    columns: dict[str, Any] = {
        "standard_error": np.array(errors), "standard_error_above": np.array(above),
        "low_open": np.array([i.low_open for i in intervals]), "high_open": np.array([i.high_open for i in intervals]),
    }  # fmt: skip
    if test.scale is not None:
        columns |= {"items": [nan if row.items is None else row.items for row in rows], "scale": test.scale}
    return decide_groups(
        [row.group for row in rows], [i.low for i in intervals], [i.high for i in intervals], better=test.better,
        **columns,
    )  # fmt: skip


def assert_same(rows: list[Row], test: Benchmark) -> None:
    expected, found = small_case(rows, test), arrays(rows, test)
    assert found.group.tolist() == list(expected)
    for place, decision in enumerate(expected.values()):
        assert OUTCOMES[found.outcome[place]] == decision.outcome, decision
        tied = [f"m{row:04}" for at, row in found.tied.tolist() if at == place]
        leader = found.leader[place]
        assert tied or ([f"m{leader:04}"] if leader >= 0 else []) == list(decision.leaders)
        assert found.leaders[place] == len(decision.leaders)
        if tied:
            assert tuple(tied) == decision.leaders
            assert f"m{leader:04}" == tied[0]
        second = found.runner_up[place]
        assert (f"m{second:04}" if second >= 0 else None) == decision.runner_up
        if decision.margin is None:
            assert isnan(found.margin_low[place])
            assert isnan(found.margin_high[place])
        else:
            ends = (found.margin_low[place], found.margin_high[place])
            assert ends == pytest.approx((decision.margin.low, decision.margin.high), abs=1e-9)
            opens = (found.margin_low_open[place], found.margin_high_open[place])
            assert opens == (decision.margin.low_open, decision.margin.high_open)
        noise = found.noise[place]
        assert decision.noise is None if isnan(noise) else decision.noise == pytest.approx(noise, abs=1e-9)


@st.composite
def row_lists(draw: st.DrawFn, top: int) -> list[Row]:
    """Groups of scores within 0 to `top`, near each other and often equal; a few bounds, a few out of range."""
    steps = draw(st.sampled_from([2, 10, 40, 400]))
    rows = []
    for _ in range(draw(st.integers(1, 40))):
        value = draw(st.integers(0, steps)) * top / steps
        text = f"{value:.4f}"
        kind = draw(st.sampled_from(["point"] * 12 + ["~", ">", ">=", "<", "<=", "interval", "error", "beyond"]))
        error, arms = None, None
        if kind in ("~", ">", ">=", "<", "<="):
            text = kind + text
        elif kind == "beyond":
            text = f"{value + top:.4f}"
        if kind == "interval":
            half = st.integers(1, 3000)
            arms = (f"{value - draw(half) * top / 1e4:.4f}", f"{value + draw(half) * top / 1e4:.4f}")
        elif kind == "error" or draw(st.integers(0, 3)) == 0:
            error = f"{draw(st.integers(1, 1000)) * top / 1e4:.4f}"
        items = draw(st.sampled_from([None, 1.0, 30.0, 198.0, 12032.0, 1e6]))
        rows.append(Row(draw(st.sampled_from([0, 1, 1, 2, 70_000])), text, error, arms, items))
    return rows


@given(
    st.sampled_from([("percent", 100), ("fraction", 1), ("Elo", 100)]).flatmap(
        lambda pair: st.tuples(st.just(pair[0]), row_lists(pair[1]))
    ),
    st.sampled_from(["higher", "lower"]),
)
@example(("percent", [Row(0, "80"), Row(0, ">80")]), "higher")
@example(("percent", [Row(0, "80"), Row(0, "80"), Row(0, "80"), Row(0, "79", "0.01")]), "higher")
@example(("Elo", [Row(0, "1400", "5"), Row(0, "1300", "5"), Row(0, "10")]), "higher")
@example(("Elo", [Row(0, "1400", "5"), Row(0, "1300", "5"), Row(0, "10", "900")]), "higher")
@settings(max_examples=400)
def test_decides_as_the_small_case_does(given_rows: tuple[str, list[Row]], better: str) -> None:
    unit, rows = given_rows
    assert_same(rows, benchmark(unit, better))


@given(st.integers(0, 2**32 - 1), st.sampled_from(["higher", "lower"]), st.sampled_from([1, 7, 64]))
@settings(max_examples=60)
def test_pieces_and_their_borders_change_nothing(seed: int, better: Any, piece: int) -> None:
    rng = np.random.default_rng(seed)
    count = 300
    group, low = rng.integers(0, 12, count), rng.integers(0, 60, count) / 60
    high = low + rng.choice([0, 0, 0, 0.05], count)
    given_columns: Mapping[str, Any] = {
        "standard_error": rng.choice([0.001, 0.01, 0.1, nan], count, p=[0.5, 0.3, 0.1, 0.1]),
        "items": rng.choice([30, 500], count), "scale": 1, "better": better,
    }  # fmt: skip
    whole = decide_groups(group, low, high, **given_columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectorized, "PIECE_ROWS", piece + piece % 2)
        cut = decide_groups(group, low, high, **given_columns)
    for one, other in zip(whole, cut, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_far_row_with_a_wide_error_denies_the_win() -> None:
    count = 200_000
    low = np.linspace(0, 50, count)
    low[-1] = 90
    errors = np.full(count, 0.1)
    group = np.zeros(count, dtype=np.int8)
    assert decide_groups(group, low, low, standard_error=errors).outcomes == ["win"]
    errors[17] = 60
    assert decide_groups(group, low, low, standard_error=errors).outcomes == ["lead"]
    errors[17] = nan
    assert decide_groups(group, low, low, standard_error=errors).outcomes == ["lead"]
    assert decide_groups(group, low, low, standard_error=errors, items=10**6, scale=100).outcomes == ["win"]


def test_sparse_codes_and_many_groups_keep_their_codes() -> None:
    codes = np.array([10**15, 7, 10**15, 7, 3])
    found = decide_groups(codes, [1.0, 2, 3, 4, 5], [1.0, 2, 3, 4, 5])
    assert found.group.tolist() == [3, 7, 10**15]
    assert found.leader.tolist() == [4, 3, 2]
    many = np.repeat(np.arange(200_000, dtype=np.int32)[::-1], 2)
    score = np.tile([1.0, 2.0], 200_000)
    found = decide_groups(many, score, score, standard_error=0.1)
    assert (found.group == np.arange(200_000)).all()
    assert set(found.outcomes) == {"win"}


def test_nothing_decides_nothing() -> None:
    found = decide_groups([], [], [])
    assert len(found.group) == len(found.to_frame()) == len(found.leaders) == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"group": [0, -1]}, "row 1 has -1"),
        ({"group": [0.0, 1.0]}, "factorize"),
        ({"group": ["a", "b"]}, "factorize"),
        ({"group": [[0, 1]]}, "one dimension"),
        ({"low": [1.0]}, r"low has shape (1,) and group (2,); give one entry a row"),
        ({"low": 1.0}, "low has shape"),
        ({"low": ["a", "b"]}, "low wants numbers"),
        ({"low": [1.0, nan]}, "row 1 leave no score possible"),
        ({"high": [nan, 2.0]}, "row 0 leave no score possible"),
        ({"high": [0.5, 2.0]}, "low 1 and high 0.5 in row 0"),
        ({"low": [inf, 1.0], "high": [inf, 2.0]}, "row 0"),
        ({"low": [-inf, 1.0], "high": [-inf, 2.0]}, "row 0"),
        ({"standard_error": [0.0, 1.0]}, "standard_error 0 in row 0 is no number above zero; give NaN"),
        ({"standard_error": [nan, -1.0]}, "standard_error -1 in row 1"),
        ({"standard_error": [1.0, inf]}, "standard_error inf in row 1"),
        ({"standard_error": [1.0]}, "standard_error has shape"),
        ({"standard_error_above": [1.0, 1.0]}, "stands beside"),
        ({"items": 0, "scale": 100}, "items 0 in row 0"),
        ({"items": 198}, "give its scale"),
        ({"scale": 10}, "scale is 1 for fractions or 100"),
        ({"better": "up"}, "better is 'higher' or 'lower'"),
        ({"confidence": 1.0}, "confidence"),
        ({"low_open": [0, 1]}, "low_open wants True or False"),
        ({"low_open": [True]}, "low_open has shape"),
    ],
)
def test_what_is_refused_says_what_to_give(change: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"group": [0, 0], "low": [1.0, 2.0], "high": [1.0, 2.0]} | change
    with pytest.raises(ValueError, match=re.escape(message)):
        decide_groups(**arguments)


def test_wrong_interval_of_lower_is_better_is_told_as_given() -> None:
    with pytest.raises(ValueError, match="low 3 and high 2 in row 0"):
        decide_groups([0], [3.0], [2.0], better="lower")


FRAME = pd.DataFrame({
    "benchmark": ["hle", "gpqa", "gpqa", "gpqa", "hle", "aime", "aime"], "tools": ["none"] * 5 + ["python"] * 2,
    "length": [1, 1, 1, 1, 2, 1, 1], "model": list("abcabab"),
    "low": [18.3, 86.6, 79.2, 80.1, 91.0, 50.0, 50.0], "high": [18.3, 86.6, 79.2, 80.1, 91.0, 50.0, 50.0],
    "standard_error": [1.0, 0.5, 0.5, nan, 1, 1, 1],
})  # fmt: skip


def test_frame_names_groups_leaders_and_runners_up() -> None:
    found = decide_frame(FRAME, ["benchmark", "length", "tools"], model="model")
    assert found[["benchmark", "length", "tools", "outcome"]].to_numpy().tolist() == [
        ["aime", 1, "python", "tie"], ["gpqa", 1, "none", "lead"],
        ["hle", 1, "none", "uncontested"], ["hle", 2, "none", "uncontested"],
    ]  # fmt: skip
    assert found["leader"].tolist() == ["a", "b", "a", "b"]
    assert found["runner_up"].fillna("nobody").tolist() == ["nobody", "a", "nobody", "nobody"]
    assert found["leaders"].tolist() == [2, 1, 1, 1]
    assert found["margin_low"].tolist()[:2] == [0.0, 6.5]
    known = decide_frame(FRAME.fillna({"standard_error": 0.5}), "benchmark").set_index("benchmark")
    assert known.loc["gpqa", "outcome"] == "win"
    assert known.loc["gpqa", ["leader", "runner_up"]].tolist() == [1, 3]


def test_frame_reads_categories_and_keeps_its_index_out_of_it() -> None:
    categories = FRAME.astype({"benchmark": "category"}).set_index("model", drop=False)
    plain = decide_frame(FRAME, ["benchmark", "tools"], model="model")
    found = decide_frame(categories, ["benchmark", "tools"], model="model")
    assert found["benchmark"].astype(str).tolist() == plain["benchmark"].tolist()
    pd.testing.assert_frame_equal(found.drop(columns="benchmark"), plain.drop(columns="benchmark"))


@pytest.mark.parametrize(
    ("by", "change", "message"),
    [
        ("bench", {}, "no column 'bench'; there are 'benchmark'"),
        ([], {}, "no columns to group by"),
        ("benchmark", {"benchmark": ["hle", None, "x", "x", "x", "x", "x"]}, "benchmark is missing in row 1"),
        ("benchmark", {"low": list("abcdefg")}, "low wants numbers"),
    ],
)
def test_frames_refused_say_what_to_do(by: Any, change: dict[str, Any], message: str, tmp_path: Path) -> None:
    frame = FRAME.copy()
    for name, values in change.items():
        frame[name] = values
    with pytest.raises(ValueError, match=re.escape(message)):
        decide_frame(frame, by)
    pytest.importorskip("pyarrow", reason="Parquet needs the extra large")
    frame.to_parquet(tmp_path / "scores.parquet")
    with pytest.raises(ValueError, match=re.escape(re.sub("row 1|numbers", "", message).strip())):
        decide_parquet(tmp_path / "scores.parquet", by)


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_parquet_is_decided_as_the_frame_is(tmp_path: Path, better: Any) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra large")
    rng = np.random.default_rng(3)
    count = 200_000
    low = rng.random(count).round(3) * 100
    frame = pd.DataFrame({
        "model": rng.choice([f"model {n}" for n in range(40)], count), "benchmark": rng.choice(["x", "y", "z"], count),
        "setting": rng.integers(-3, 900, count).astype(np.int16), "low": low,
        "high": low + rng.choice([0, 0.3], count),
        "standard_error": rng.choice([0.5, 5, nan], count, p=[0.9, 0.01, 0.09]),
        "items": rng.choice([300, 9000], count), "open": rng.random(count) < 0.5,
    })  # fmt: skip
    path = tmp_path / "scores.parquet"
    frame.astype({"benchmark": "category"}).to_parquet(path, row_group_size=70_000)
    options: Mapping[str, Any] = {
        "model": "model", "items": "items", "scale": 100, "better": better, "low_open": "open", "high_open": "open",
    }  # fmt: skip
    expected = decide_frame(frame, ["benchmark", "setting"], **options)
    found = decide_parquet(path, ["benchmark", "setting"], **options)
    assert set(expected["outcome"]) >= {"lead", "tie", "undecided"}
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_numpy_stays_out_until_asked_for() -> None:
    code = "import sys, stackcompare.analysis.large; print({'numpy', 'pandas', 'pyarrow'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_missing_pyarrow_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ImportError, match=re.escape("pip install 'stackcompare[large]'")):
        decide_parquet("scores.parquet", "benchmark")


def test_interval_mirrors_what_it_should() -> None:
    assert Interval(1, 2, True, False).mirrored() == Interval(-2, -1, False, True)
