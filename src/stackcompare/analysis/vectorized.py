"""Millions of scores decided at once: `decide` of `winners`, for arrays.

Three passes over the rows, each in pieces that stay in the processor's cache, and no sort of the whole:

1. the best worst end of each group, and one that at most one row of the group surely beats;
2. the few rows that may lead or come second, ranked group by group;
3. the rows that come within reach of the leader's noise, each tested exactly.

Time grows linearly with the rows; memory holds a few numbers for each group and the rows of step 2.
Formulas: `noise` (Wilson 1927; Newcombe 1998, method 10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from stackcompare.analysis.noise import quantile

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Whole = NDArray[np.int64]

OUTCOMES: Final = ("win", "lead", "tie", "undecided", "uncontested")
"""Outcomes in the order of their codes."""
WIN, LEAD, TIE, UNDECIDED, UNCONTESTED = range(5)

_PIECE: Final = 1 << 16
"""Rows taken at once: fewer cost more calls, more fall out of the cache."""
_MOST_TABLE: Final = 1 << 27
"""Group codes beyond which a table by code is not laid out."""


class Decisions(NamedTuple):
    """One decision for each group, in order of its code; every array has one entry a group, save `tied`."""

    group: Whole
    """Codes of the groups that have rows, ascending."""
    outcome: NDArray[np.int8]
    """Places in `OUTCOMES`."""
    leader: Whole
    """Row of the leader, of a tie the first; -1 where nobody leads."""
    runner_up: Whole
    """Row that comes next; -1 unless the outcome is a win or a lead."""
    margin_low: Floats
    """Least lead over the runner-up, in the unit of the scores; NaN where nobody leads alone, 0 for a tie."""
    margin_high: Floats
    """Greatest lead, infinite for a bound."""
    margin_low_open: Flags
    """Whether the least lead itself is out of reach."""
    margin_high_open: Flags
    """Whether the greatest lead itself is out of reach."""
    noise: Floats
    """How large the lead must be to lie beyond noise; NaN where that is unknown or nobody leads alone."""
    tied: Whole
    """Every leader of every tie, one a line: place of the group in these arrays, row."""

    @property
    def outcomes(self) -> list[str]:
        """The outcomes in words."""
        return [OUTCOMES[code] for code in self.outcome.tolist()]

    @property
    def leaders(self) -> Whole:
        """Number of leaders: none where undecided, several for a tie."""
        import numpy as np

        count = (self.leader >= 0).astype(np.int64)
        places, tied = np.unique(self.tied[:, 0], return_counts=True)
        count[places] = tied
        return count

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group: outcome in words, leader and runner-up as rows, margin and noise."""
        import pandas as pd

        outcome = pd.Categorical.from_codes(self.outcome, categories=list(OUTCOMES))
        return pd.DataFrame({
            "group": self.group, "outcome": outcome, "leaders": self.leaders, "leader": self.leader,
            "runner_up": self.runner_up, "margin_low": self.margin_low, "margin_high": self.margin_high,
            "noise": self.noise,
        })  # fmt: skip


def decide_groups(
    group: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    standard_error: ArrayLike | None = None,
    standard_error_above: ArrayLike | None = None,
    items: ArrayLike | None = None,
    scale: float | None = None,
    better: Literal["higher", "lower"] = "higher",
    confidence: float = 0.95,
    low_open: ArrayLike | None = None,
    high_open: ArrayLike | None = None,
) -> Decisions:
    """Decide each group of scores by their intervals and their noise, as `winners.decide` does for one.

    `group` holds a code from 0 on for each row; `low` and `high` the ends of its score's interval, equal for a
    point, infinite for a bound, and open where `low_open` and `high_open` say so. All are one-dimensional and of
    one length, in one unit and one direction: call once for each unit and direction.

    The leader is the row whose every possible score is above every possible score of each other (below, where
    `better` is "lower"). It wins where that is still so by more than the noise of the difference. Noise comes from
    `standard_error`, in the unit of the scores, NaN where unknown; where it is unknown, from Wilson's interval over
    `items` of a rate, which `scale` says to run to 1 or to 100; else it is unknown, and the outcome is a lead. One
    number may stand for all rows. For a published interval that is not even, give its arms over 1.96: the lower one
    as `standard_error`, the upper one as `standard_error_above`.

    Of rows that come second alike, the last is named: sort rows by model, and it is the one that `decide` names.

    Raises `ValueError`, saying what to give, for lengths that differ, codes that are no whole numbers from 0 on, ends
    that are NaN or in wrong order, standard errors and items that are not above zero, a scale that is neither 1 nor
    100, and a level of confidence outside 0 to 1.

    >>> decided = decide_groups([0, 0, 1, 1, 1, 2], [86.6, 79.2, 92.5, 90.4, 90.2, 18.3],
    ...                         [86.6, 79.2, 92.5, 90.4, 90.2, 18.3], standard_error=[1, 1, 5, 5, 5, 1])
    >>> decided.outcomes
    ['win', 'lead', 'uncontested']
    >>> decided.leader.tolist(), decided.runner_up.tolist(), decided.margin_low.tolist()
    ([0, 2, 5], [1, 3, -1], [7.4, 2.1, nan])
    """
    import numpy as np

    z = quantile(confidence)
    _check_choices(scale, items is not None, better)
    codes = np.asarray(group)
    if codes.ndim != 1 or (codes.dtype.kind not in "iu" and codes.size):
        raise ValueError(
            f"group wants whole numbers from 0 on in one dimension, not {codes.dtype} in {codes.ndim}; factorize other ids first"
        )
    count = len(codes)
    if not count:
        codes = codes.astype(np.int64)
    columns = {
        "low": _floats("low", low, count, spread=False), "high": _floats("high", high, count, spread=False),
        "error": _floats("standard_error", standard_error, count),
        "error_above": _floats("standard_error_above", standard_error_above, count),
        "items": _floats("items", items, count),
        "low_open": _flags("low_open", low_open, count), "high_open": _flags("high_open", high_open, count),
    }  # fmt: skip
    if standard_error is None and standard_error_above is not None:
        raise ValueError("standard_error_above stands beside standard_error; give both, or only the latter")
    if count and codes.min() < 0:
        raise ValueError(
            f"group wants codes from 0 on, and row {int(np.argmax(codes < 0))} has {codes.min()}; leave rows without a group out"
        )
    names: Any = None
    size = int(codes.max()) + 1 if count else 0
    if size > 4 * count + _PIECE:
        names, codes = np.unique(codes, return_inverse=True)
        size = len(names)

    def rows() -> Iterator[_Piece]:
        for start in range(0, count, _PIECE):
            part = slice(start, start + _PIECE)
            cut = {name: None if column is None else column[part] for name, column in columns.items()}
            yield _piece(start, codes[part], better, **cut)

    decided, _ = _decided(rows, size, z, scale)
    return decided if names is None else decided._replace(group=names[decided.group].astype(np.int64))


def decide_frame(
    frame: pd.DataFrame,
    by: str | Sequence[str],
    *,
    low: str = "low",
    high: str = "high",
    standard_error: str | None = None,
    items: str | None = None,
    low_open: str | None = None,
    high_open: str | None = None,
    model: str | None = None,
    scale: float | None = None,
    better: Literal["higher", "lower"] = "higher",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return one row for each combination of the columns `by` that has scores: who leads, and by how much.

    The other names are those of columns, which hold what `decide_groups` wants; without `standard_error`, a column of
    that name counts where there is one. `leader` and `runner_up` are values of the column `model`, or row positions
    where none is named.

    Raises `ValueError` for a missing column or group, and as `decide_groups`.

    >>> import pandas as pd
    >>> scores = pd.DataFrame({"benchmark": ["gpqa", "gpqa", "hle"], "model": ["a", "b", "a"],
    ...                        "low": [86.6, 79.2, 18.3], "high": [86.6, 79.2, 18.3]})
    >>> decide_frame(scores, "benchmark", model="model")[["benchmark", "outcome", "leader"]].values.tolist()
    [['gpqa', 'lead', 'a'], ['hle', 'uncontested', 'a']]
    """
    import numpy as np
    import pandas as pd

    keys = [by] if isinstance(by, str) else list(by)
    if standard_error is None and "standard_error" in frame.columns:
        standard_error = "standard_error"
    wanted = [*keys, low, high, standard_error, items, low_open, high_open, model]
    _check_columns([name for name in wanted if name is not None], [str(name) for name in frame.columns], keys)
    codes: Whole = np.zeros(len(frame), dtype=np.int64)
    kept: list[Any] = []
    size = 1
    for name in keys:
        # sorted, so that the answer comes in the order of the keys
        part, values = pd.factorize(frame[name], sort=True)
        if len(part) and part.min() < 0:
            raise ValueError(f"{name} is missing in row {int(np.argmax(part < 0))}; fill it, or leave the row out")
        size *= max(len(values), 1)
        if size > 2**62:
            raise ValueError("too many combinations of groups; name fewer columns in `by`")
        codes *= max(len(values), 1)
        codes += part
        kept.append(values)
    column: Callable[[str | None], Any] = lambda name: None if name is None else frame[name].to_numpy()  # noqa: E731
    decided = decide_groups(
        codes, column(low), column(high), standard_error=column(standard_error), items=column(items), scale=scale,
        better=better, confidence=confidence, low_open=column(low_open), high_open=column(high_open),
    )  # fmt: skip
    return _framed(decided, keys, kept, None if model is None else lambda rows: frame[model].take(rows))


def decide_parquet(
    path: str | Path,
    by: str | Sequence[str],
    *,
    low: str = "low",
    high: str = "high",
    standard_error: str | None = None,
    items: str | None = None,
    low_open: str | None = None,
    high_open: str | None = None,
    model: str | None = None,
    scale: float | None = None,
    better: Literal["higher", "lower"] = "higher",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return what `decide_frame` does, for a Parquet file larger than memory.

    The file is read up to four times, piece by piece; memory grows with the number of groups, not of rows. Needs
    pyarrow: `pip install 'stackcompare[large]'`.

    Raises `ImportError` without pyarrow, `OSError` for a file that cannot be read, and `ValueError` as `decide_frame`.
    """
    import numpy as np

    try:
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ImportError(
            "reading Parquet needs pyarrow; install it with: pip install 'stackcompare[large]'"
        ) from error
    z = quantile(confidence)
    _check_choices(scale, items is not None, better)
    keys = [by] if isinstance(by, str) else list(by)
    with parquet.ParquetFile(path, memory_map=True) as file:
        present = file.schema_arrow.names
        if standard_error is None and "standard_error" in present:
            standard_error = "standard_error"
        roles = {
            "low": low,
            "high": high,
            "error": standard_error,
            "items": items,
            "low_open": low_open,
            "high_open": high_open,
        }
        named = {role: name for role, name in roles.items() if name is not None}
        _check_columns([*keys, *named.values(), *([model] if model else [])], present, keys)
        kept = [_distinct(file, name) for name in keys]
        size = 1
        for values in kept:
            size *= max(len(values), 1)
        if size > _MOST_TABLE:
            raise ValueError(f"{size:,} combinations of groups are too many for a table; name fewer columns in `by`")

        def rows() -> Iterator[_Piece]:
            start = 0
            columns = list(dict.fromkeys([*keys, *named.values(), *([model] if model else [])]))
            for batch in file.iter_batches(batch_size=_PIECE, columns=columns):
                codes: Whole = np.zeros(len(batch), dtype=np.int64)
                for name, values in zip(keys, kept, strict=True):
                    codes *= max(len(values), 1)
                    codes += _codes(batch.column(name), values)
                cut = {role: _column(batch.column(name), name, role) for role, name in named.items()}
                yield _piece(start, codes, better, names=batch.column(model) if model else None, **cut)
                start += len(batch)

        decided, found = _decided(rows, size, z, scale)
    return _framed(decided, keys, kept, None if found is None else lambda rows: found[rows])


# What is given


def _check_choices(scale: float | None, has_items: bool, better: str) -> None:
    if scale is not None and scale not in (1, 100):
        raise ValueError(
            f"scale is 1 for fractions or 100 for percentages, not {scale}; leave it out for scores that are no rate"
        )
    if has_items and scale is None:
        raise ValueError("items tell the noise of a rate only; give its scale, 1 or 100, or leave items out")
    if better not in ("higher", "lower"):
        raise ValueError(f"better is 'higher' or 'lower', not {better!r}")


def _check_columns(wanted: Sequence[str], present: Sequence[str], keys: Sequence[str]) -> None:
    if not keys:
        raise ValueError("no columns to group by; name at least one in `by`")
    missing = [name for name in wanted if name not in present]
    if missing:
        raise ValueError(f"no column {missing[0]!r}; there are {', '.join(map(repr, present))}")


def _floats(name: str, given: ArrayLike | None, count: int, *, spread: bool = True) -> Floats | None:
    import numpy as np

    if given is None:
        return None
    try:
        column = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} wants numbers; write NaN for a missing one") from error
    return _fitted(name, column, count, spread)


def _flags(name: str, given: ArrayLike | None, count: int) -> Flags | None:
    import numpy as np

    if given is None:
        return None
    column = np.asarray(given)
    if column.dtype != np.bool_ and column.size:
        raise ValueError(f"{name} wants True or False for each row, not {column.dtype}")
    return _fitted(name, column.astype(np.bool_, copy=False), count, spread=True)


def _fitted(name: str, column: Any, count: int, spread: bool) -> Any:
    import numpy as np

    if column.ndim == 0 and spread:
        return np.broadcast_to(column, count)
    if column.shape != (count,):
        raise ValueError(f"{name} has shape {column.shape} and group ({count},); give one entry a row")
    return column


class _Piece(NamedTuple):
    """Some rows, turned so that more is better."""

    start: int
    group: Whole
    low: Floats
    high: Floats
    mirror: bool
    error_down: Floats | None
    """Standard error towards worse scores: that of a leader."""
    error_up: Floats | None
    """Standard error towards better scores: that of a rival."""
    items: Floats | None
    low_open: Flags | None
    high_open: Flags | None
    names: Any

    def picked(self, places: Whole) -> _Piece:
        """Return some of these rows; their starts are row numbers from here on, in `group`'s stead none is lost."""
        pick: Callable[[Any], Any] = lambda column: None if column is None else column[places]  # noqa: E731
        names = None if self.names is None else self.names.take(_arrow(places)).to_pylist()
        return self._replace(
            group=pick(self.group), low=pick(self.low), high=pick(self.high), error_down=pick(self.error_down),
            error_up=pick(self.error_up), items=pick(self.items), low_open=pick(self.low_open),
            high_open=pick(self.high_open), names=names,
        )  # fmt: skip


def _arrow(places: Whole) -> Any:
    import pyarrow

    return pyarrow.array(places)


def _piece(
    start: int, group: Any, better: str, *, low: Any, high: Any, error: Any = None, error_above: Any = None,
    items: Any = None, low_open: Any = None, high_open: Any = None, names: Any = None,
) -> _Piece:  # fmt: skip
    above = error if error_above is None else error_above
    if better == "lower":
        return _Piece(start, group, -high, -low, True, above, error, items, high_open, low_open, names)
    return _Piece(start, group, low, high, False, error, above, items, low_open, high_open, names)


# The three passes


class _Bounds(NamedTuple):
    """What the first pass learns."""

    top: Floats
    """Greatest worst end of each group."""
    second: Floats
    """A worst end of each group that is at most the second greatest, and near it."""
    largest_error: float
    """Largest standard error of a rival, 0 where there is none."""
    fewest_items: float
    """Fewest items of any row, infinite where there are none."""
    some_unsaid: bool
    """Whether some row has no standard error."""


def _decided(
    rows: Callable[[], Iterator[_Piece]], size: int, z: float, scale: float | None
) -> tuple[Decisions, dict[int, Any] | None]:
    """Return the decisions, and the names of the rows in them where pieces carry names."""
    import numpy as np

    bounds = _bounds(rows(), size)
    contenders, numbers = _contenders(rows(), bounds, size)
    ranking = _ranked(contenders, size)
    group = contenders.group[ranking.first]
    single = ranking.contending == 1
    alone = single & (ranking.size == 1)
    ahead = single & ~alone
    tie = ~single & ranking.points
    first, second = ranking.first, ranking.second

    top_low, top_high = contenders.low[first], contenders.high[first]
    nan: Floats = np.full(len(group), np.nan)
    margin_low, margin_high, noise = nan.copy(), nan.copy(), nan.copy()
    with np.errstate(invalid="ignore"):  # two infinite ends have no difference, and no lead either
        margin_low[ahead] = _clean((top_low - contenders.high[second])[ahead])
        margin_high[ahead] = _clean((top_high - contenders.low[second])[ahead])
        lead = top_low - contenders.high[second]
    margin_low[tie] = margin_high[tie] = 0.0
    down = _arms(contenders, first, contenders.low[first], z, scale, "down")
    up = _arms(contenders, second, contenders.high[second], z, scale, "up")
    need = np.hypot(down, up)
    noise[ahead] = _clean(need[ahead])
    beyond: Flags = ahead & (lead > need)
    if beyond.any():
        beyond &= ~_within_reach(rows(), bounds, size, group, numbers[first], top_low, down, beyond, z, scale)

    outcome = np.full(len(group), UNDECIDED, dtype=np.int8)
    outcome[alone], outcome[tie], outcome[ahead], outcome[beyond] = UNCONTESTED, TIE, LEAD, WIN
    low_open, high_open = (
        np.zeros(len(contenders.group), dtype=np.bool_) if column is None else column
        for column in (contenders.low_open, contenders.high_open)
    )
    decisions = Decisions(
        group.astype(np.int64), outcome,
        np.where(single | tie, numbers[first], -1), np.where(ahead, numbers[second], -1), margin_low, margin_high,
        ahead & (low_open[first] | high_open[second]), ahead & (high_open[first] | low_open[second]), noise,
        _tied(ranking, tie, numbers),
    )  # fmt: skip
    if contenders.names is None:
        return decisions, None
    concerned = np.unique(np.concatenate([first, second]))
    return decisions, {int(numbers[place]): contenders.names[place] for place in concerned}


def _bounds(pieces: Iterator[_Piece], size: int) -> _Bounds:
    """Take the first pass, and refuse what is no interval or no noise."""
    import numpy as np

    # A group's even and odd rows apart: the lesser of the two bests is a worst end that one row at most surely beats.
    best = np.full(2 * size, -inf)
    parity: Whole = np.arange(_PIECE, dtype=np.intp) & 1
    key: Whole = np.empty(_PIECE, dtype=np.intp)
    ordered: Flags = np.empty(_PIECE, dtype=np.bool_)
    largest, fewest, unsaid, started = 0.0, inf, False, False
    for piece in pieces:
        count, started = len(piece.group), True
        right = np.less_equal(piece.low, piece.high, out=ordered[:count])
        if not (right.all() and piece.low.max() < inf and piece.high.min() > -inf):
            _refuse_interval(piece)
        for error in (piece.error_down, piece.error_up):
            if error is None or (error is piece.error_up and error is piece.error_down and error is not piece.error_up):
                continue
            least, most = float(error.min()), float(error.max())
            if most != most:
                unsaid = True
                least, most = float(np.fmin.reduce(error)), float(np.fmax.reduce(error))
            if least <= 0 or most == inf:
                _refuse_positive("standard_error", piece, error)
            if error is piece.error_up and most == most:
                largest = max(largest, most)
        if piece.items is not None:
            least, most = float(np.fmin.reduce(piece.items)), float(np.fmax.reduce(piece.items))
            if least <= 0 or most == inf:
                _refuse_positive("items", piece, piece.items)
            fewest = min(fewest, least) if least == least else fewest
        unsaid = unsaid or piece.error_up is None
        place = np.left_shift(piece.group, 1, out=key[:count], casting="unsafe")
        np.bitwise_or(place, parity[:count], out=place)
        np.maximum.at(best, place, piece.low)
    best = best.reshape(size, 2)
    return _Bounds(
        best.max(axis=1, initial=-inf), best.min(axis=1, initial=inf), largest, fewest, unsaid or not started
    )
