"""Millions of scores decided at once: `decide` of `winners`, for arrays.

Three passes over the rows, each in pieces that stay in the processor's cache, and no sort of the whole:

1. for each group, a worst end that two of its rows reach and few more;
2. the few rows that may lead or come second, ranked group by group;
3. the rows that come within reach of the leader's noise, each tested exactly.

Time grows linearly with the rows; memory holds a few numbers for each group and the rows of step 2.
Formulas: `noise` (Wilson 1927; Newcombe 1998, method 10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf, isfinite
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

        outcome = pd.Categorical.from_codes(self.outcome, categories=pd.Index(OUTCOMES))
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
            f"group wants codes from 0 on in one dimension, not {codes.dtype} in {codes.ndim}; factorize ids first"
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
        row = int(np.argmax(codes < 0))
        raise ValueError(f"group wants codes from 0 on, and row {row} has {codes[row]}; leave such rows out")
    names: Any = None
    size = int(codes.max()) + 1 if count else 0
    if size > 4 * count + _PIECE:
        names, codes = np.unique(codes, return_inverse=True)
        size = len(names)

    def rows(_: bool) -> Iterator[_Piece]:
        room = np.empty((2, _PIECE)) if better == "lower" else None
        for start in range(0, count, _PIECE):
            part = slice(start, start + _PIECE)
            cut = {name: None if column is None else column[part] for name, column in columns.items()}
            yield _piece(start, codes[part], room, **cut)

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

    The file is read up to four times, one row group after another; memory holds one of them and a few numbers for
    each combination of groups, of which there may be 134 million at most, those between whole numbers counted. Needs
    pyarrow: `pip install 'stackcompare[large]'`.

    Raises `ImportError` without pyarrow, `OSError` for a file that cannot be read, and `ValueError` as `decide_frame`.
    """
    import numpy as np

    try:
        import pyarrow.parquet as parquet  # type: ignore[import-untyped]
    except ImportError as error:
        raise ImportError(
            "reading Parquet needs pyarrow; install it with: pip install 'stackcompare[large]'"
        ) from error
    z = quantile(confidence)
    _check_choices(scale, items is not None, better)
    keys = [by] if isinstance(by, str) else list(by)
    with parquet.ParquetFile(path) as file:
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
        roles_named = {role: name for role, name in roles.items() if name is not None}
        _check_columns([*keys, *roles_named.values(), *([model] if model else [])], present, keys)
        kept = [_distinct(file, name) for name in keys]
        size = 1
        for values in kept:
            size *= len(values)
        if size > _MOST_TABLE:
            raise ValueError(f"{size:,} combinations of groups are too many for a table; name fewer columns in `by`")

        def rows(named: bool) -> Iterator[_Piece]:
            room = np.empty((2, _PIECE)) if better == "lower" else None
            start, model_too = 0, model if named else None
            columns = [*keys, *roles_named.values(), *([model_too] if model_too else [])]
            for batch in _batches(file, columns):
                codes: Whole = np.zeros(len(batch), dtype=np.int64)
                for name, values in zip(keys, kept, strict=True):
                    codes *= max(len(values), 1)
                    codes += _codes(batch.column(name), values)
                cut = {role: _column(batch.column(name), name, role) for role, name in roles_named.items()}
                yield _piece(start, codes, room, names=batch.column(model_too) if model_too else None, **cut)
                start += len(batch)

        decided, found = _decided(rows, size, z, scale)
    return _framed(decided, keys, kept, None if found is None else lambda rows: [found[row] for row in rows])


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


def _floats(name: str, given: ArrayLike | None, count: int, *, spread: bool = True) -> Any:
    import numpy as np

    if given is None:
        return None
    try:
        column = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} wants numbers; write NaN for a missing one") from error
    return _fitted(name, column, count, spread)


def _flags(name: str, given: ArrayLike | None, count: int) -> Any:
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
    """Whether they were turned."""
    error_down: Floats | None
    """Standard error towards worse scores: that of a leader."""
    error_up: Floats | None
    """Standard error towards better scores: that of a rival."""
    items: Floats | None
    low_open: Flags | None
    high_open: Flags | None
    names: Any
    """Names of the rows, as an arrow array or a list."""

    def picked(self, places: Whole) -> _Piece:
        """Return only the rows at some places."""
        columns: dict[str, Any] = {
            name: None if (held := getattr(self, name)) is None else held[places] for name in _COLUMNS
        }
        names = None
        if self.names is not None:
            import pyarrow as pa

            names = self.names.take(pa.array(places)).to_pylist()
        columns["group"] = columns["group"].astype("int64", copy=False)
        return self._replace(**columns, names=names)


_COLUMNS: Final = ("group", "low", "high", "error_down", "error_up", "items", "low_open", "high_open")


def _piece(
    start: int, group: Any, room: Floats | None, *, low: Any, high: Any, error: Any = None, error_above: Any = None,
    items: Any = None, low_open: Any = None, high_open: Any = None, names: Any = None,
) -> _Piece:  # fmt: skip
    """Return a piece, turned in `room` where there is any: until the next piece is turned there."""
    import numpy as np

    above = error if error_above is None else error_above
    if room is None:
        return _Piece(start, group, low, high, False, error, above, items, low_open, high_open, names)
    least, most = room[:, : len(group)]
    np.negative(high, out=least)
    np.negative(low, out=most)
    return _Piece(start, group, least, most, True, above, error, items, high_open, low_open, names)


def _joined(pieces: list[_Piece]) -> _Piece:
    """Return several pieces as one; there is at least one."""
    import numpy as np

    columns: dict[str, Any] = {
        name: None if getattr(pieces[0], name) is None else np.concatenate([getattr(piece, name) for piece in pieces])
        for name in _COLUMNS
    }
    names = None if pieces[0].names is None else [name for piece in pieces for name in piece.names]
    return pieces[0]._replace(**columns, names=names)


# The three passes


def _decided(
    rows: Callable[[bool], Iterator[_Piece]], size: int, z: float, scale: float | None
) -> tuple[Decisions, dict[int, Any] | None]:
    """Return the decisions, and the names of the rows in them where pieces carry names.

    `rows` yields all rows in pieces, as often as it is called, with or without names.
    """
    import numpy as np

    if not size:
        whole, real, flag = np.empty(0, np.int64), np.empty(0, np.float64), np.empty(0, np.bool_)
        codes, pairs = np.empty(0, np.int8), np.empty((0, 2), np.int64)
        return Decisions(whole, codes, whole, whole, real, real, flag, flag, real, pairs), None
    bounds = _bounds(rows(False), size)
    held, numbers = _contenders(rows(True), bounds)
    ranking = _ranked(held, size)
    first, second = ranking.first, ranking.second
    group = held.group[first]
    single = ranking.contending == 1
    ahead = single & (ranking.rows > 1)
    tie = ~single & ranking.points

    down = _arms(held, first, held.low[first], z, scale, up=False)
    need = np.hypot(down, _arms(held, second, held.high[second], z, scale, up=True))
    with np.errstate(invalid="ignore"):  # equal infinite ends have no difference, and no leader either
        least, greatest = held.low[first] - held.high[second], held.high[first] - held.low[second]
    beyond: Flags = ahead & (least > need)
    if beyond.any():
        reach = _Reach(group, numbers[first], held.low[first], down, beyond)
        beyond &= ~_denied(rows(False), reach, bounds, size, z, scale)

    outcome = np.full(len(group), UNDECIDED, dtype=np.int8)
    outcome[single], outcome[tie], outcome[ahead], outcome[beyond] = UNCONTESTED, TIE, LEAD, WIN
    blank = np.where(tie, 0.0, np.nan)
    shut = np.zeros(len(held.group), dtype=np.bool_)
    low_open = shut if held.low_open is None else held.low_open
    high_open = shut if held.high_open is None else held.high_open
    at, of = np.nonzero(tie[ranking.place] & ranking.contends)[0], ranking.place
    decisions = Decisions(
        group=group,
        outcome=outcome,
        leader=np.where(single | tie, numbers[first], -1),
        runner_up=np.where(ahead, numbers[second], -1),
        margin_low=np.where(ahead, _clean(least), blank),
        margin_high=np.where(ahead, _clean(greatest), blank),
        margin_low_open=ahead & (low_open[first] | high_open[second]),
        margin_high_open=ahead & (high_open[first] | low_open[second]),
        noise=np.where(ahead, _clean(need), np.nan),
        tied=np.stack([of[at], numbers[ranking.order[at]]], axis=1),
    )
    if held.names is None:
        return decisions, None
    return decisions, {int(numbers[at]): held.names[at] for at in np.concatenate([first, second])}


class _Bounds(NamedTuple):
    """What the first pass learns."""

    second: Floats
    """For each group a worst end that at least two rows reach, if it has two rows, and few more than two."""
    largest_error: float
    """Largest standard error of a rival; 0 where there is none."""
    fewest_items: float
    """Fewest items behind a row; infinite where no row has any."""
    some_unsaid: bool
    """Whether some row has no standard error."""


def _bounds(pieces: Iterator[_Piece], size: int) -> _Bounds:
    """Take the first pass, and refuse what is no interval or no noise."""
    import numpy as np

    # The best of a group's rows in even places, and of those in odd ones: two rows reach the lesser of them.
    best = np.full(2 * size, -inf)
    parity = np.arange(_PIECE, dtype=np.intp) & 1
    slots, flags = np.empty(_PIECE, dtype=np.intp), np.empty(_PIECE, dtype=np.bool_)
    largest, fewest, unsaid = 0.0, inf, False
    for piece in pieces:
        count = len(piece.group)
        ordered = np.less_equal(piece.low, piece.high, out=flags[:count])
        if not (ordered.all() and piece.low.max() < inf and piece.high.min() > -inf):
            _refuse_interval(piece)
        if piece.error_up is None:
            unsaid = True
        else:
            largest = max(largest, _largest("standard_error", piece, piece.error_up))
            if piece.error_down is not piece.error_up:
                _largest("standard_error", piece, piece.error_down)
            unsaid = unsaid or bool(np.isnan(piece.error_up.max()))
        if piece.items is not None:
            _largest("items", piece, piece.items)
            fewest = min(fewest, float(np.fmin.reduce(piece.items, initial=inf)))
        slot = slots[:count]
        np.copyto(slot, piece.group, casting="unsafe")
        np.left_shift(slot, 1, out=slot)
        np.bitwise_or(slot, parity[:count], out=slot)
        np.maximum.at(best, slot, piece.low)
    return _Bounds(np.minimum(best[::2], best[1::2]), largest, fewest, unsaid)


def _largest(name: str, piece: _Piece, column: Any) -> float:
    """Return the largest known value of a column, 0 where none is known, if all are finite and above zero."""
    import numpy as np

    least, most = float(column.min()), float(column.max())
    if most != most:
        least, most = float(np.fmin.reduce(column, initial=inf)), float(np.fmax.reduce(column, initial=0.0))
    if least <= 0 or most == inf:
        place = int(np.argmax((column <= 0) | (column == inf)))
        row = piece.start + place
        raise ValueError(f"{name} {column[place]:g} in row {row} is no number above zero; give NaN where it is unknown")
    return most


def _refuse_interval(piece: _Piece) -> None:
    import numpy as np

    place = int(np.argmax(~((piece.low <= piece.high) & (piece.low < inf) & (piece.high > -inf))))
    low, high = piece.low[place], piece.high[place]
    if piece.mirror:
        low, high = -high, -low
    raise ValueError(
        f"low {low:g} and high {high:g} in row {piece.start + place} leave no score possible; give low <= high, equal "
        "for a point, one of them infinite for a bound, and leave rows without a score out"
    )


def _contenders(pieces: Iterator[_Piece], bounds: _Bounds) -> tuple[_Piece, Whole]:
    """Take the second pass: return the rows that may lead, contend or come second, and their numbers."""
    import numpy as np

    least, flags = np.empty(_PIECE), np.empty(_PIECE, dtype=np.bool_)
    found: list[_Piece] = []
    numbers: list[Whole] = []
    for piece in pieces:
        count = len(piece.group)
        np.take(bounds.second, piece.group, out=least[:count], mode="clip")  # in range: clip only spares a copy
        places = np.greater_equal(piece.high, least[:count], out=flags[:count]).nonzero()[0]
        if len(places) or not found:
            found.append(piece.picked(places))
            numbers.append(places + piece.start)
    return _joined(found), np.concatenate(numbers)


class _Ranking(NamedTuple):
    """Contenders group by group; groups stand in order of their codes."""

    order: Whole
    """Places of the contenders, group by group."""
    place: Whole
    """For each of these, the place of its group."""
    contends: Flags
    """For each of these, whether nothing surely beats it."""
    first: Whole
    """For each group, its leader's place among the contenders."""
    second: Whole
    """For each group, the place of the next; the leader's where there is none."""
    rows: Whole
    """For each group, how many rows were looked at: one only where it has one."""
    contending: Whole
    """For each group, how many rows nothing surely beats."""
    points: Flags
    """For each group, whether all of those are points."""


def _ranked(held: _Piece, size: int) -> _Ranking:
    """Rank each group as `winners.decide` does."""
    import numpy as np

    order = _in_groups(held.group, size)
    group, low, high = held.group[order], held.low[order], held.high[order]
    shut = np.zeros(len(order), dtype=np.bool_)
    low_open = shut if held.low_open is None else held.low_open[order]
    high_open = shut if held.high_open is None else held.high_open[order]
    starts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    rows = np.diff(starts, append=len(group))
    place = np.repeat(np.arange(len(starts)), rows)

    def greatest(values: Any, among: Flags) -> Flags:
        """Return the rows of each group that are greatest among some of it."""
        most = np.maximum.reduceat(np.where(among, values, -inf), starts)
        reached: Flags = among & (values == most[place])
        return reached

    here = np.arange(len(order))
    top = greatest(low, np.ones(len(order), dtype=np.bool_))
    if held.low_open is not None:
        top = greatest(low_open.astype(np.float64), top)
    top = greatest(high, top)
    first = np.minimum.reduceat(np.where(top, here, len(order)), starts)
    lead = first[place]
    others = here != lead
    beaten = (high < low[lead]) | ((high == low[lead]) & (high_open | low_open[lead]))
    contends = ~(beaten & others)
    next_ = greatest(low, greatest(high, others))
    second = np.maximum.reduceat(np.where(next_, here, -1), starts)
    second = np.where(second < 0, first, second)
    return _Ranking(
        order, place, contends, order[first], order[second], rows, np.add.reduceat(contends.astype(np.int64), starts),
        np.logical_and.reduceat(~contends | (low == high), starts),
    )  # fmt: skip


def _in_groups(group: Whole, size: int) -> Whole:
    """Return the places that bring codes below `size` in order, equal ones as they stand: 16 bits at a time."""
    import numpy as np

    order = np.argsort((group & 0xFFFF).astype(np.uint16), kind="stable")
    for shift in range(16, max(size - 1, 0).bit_length(), 16):
        order = order[np.argsort((group[order] >> shift & 0xFFFF).astype(np.uint16), kind="stable")]
    return order


class _Reach(NamedTuple):
    """For each group, what its leader needs to win."""

    group: Whole
    leader: Whole
    top: Floats
    down: Floats
    wanted: Flags
    """Whether the leader may still win."""


def _denied(
    pieces: Iterator[_Piece], reach: _Reach, bounds: _Bounds, size: int, z: float, scale: float | None
) -> Flags:
    """Take the third pass: return the groups in which some row lies within the noise, or its noise is unknown."""
    import numpy as np

    # No rival's arm is longer than this, so rows that are farther below need no look.
    longest = z * bounds.largest_error
    if scale is not None and isfinite(bounds.fewest_items):
        longest = max(longest, scale * _longest_arm(bounds.fewest_items, z))
    limits, place_of = np.full(size, inf), np.zeros(size, dtype=np.intp)
    near = reach.top - np.hypot(reach.down, longest) * (1 + 1e-9)
    limits[reach.group[reach.wanted]] = near[reach.wanted] - np.abs(near[reach.wanted]) * 1e-9
    place_of[reach.group] = np.arange(len(reach.group))
    denied = np.zeros(len(reach.group), dtype=np.bool_)
    limit, flags = np.empty(_PIECE), np.empty(_PIECE, dtype=np.bool_)
    for piece in pieces:
        count = len(piece.group)
        np.take(limits, piece.group, out=limit[:count], mode="clip")
        close = np.greater_equal(piece.high, limit[:count], out=flags[:count])
        if bounds.some_unsaid:
            close |= _unknown(piece, scale)
        places = close.nonzero()[0]
        if not len(places):
            continue
        at, high = place_of[piece.group[places]], piece.high[places]
        arms = _arms(piece, places, high, z, scale, up=True)
        enough = reach.top[at] - high > np.hypot(reach.down[at], arms)
        denied[at[~enough & (reach.leader[at] != places + piece.start)]] = True
    return denied


def _unknown(piece: _Piece, scale: float | None) -> Flags:
    """Return the rows whose noise as a rival nothing tells."""
    import numpy as np

    unsaid = np.ones(len(piece.group), dtype=np.bool_) if piece.error_up is None else np.isnan(piece.error_up)
    if piece.items is None or scale is None:
        return unsaid
    score = -piece.high if piece.mirror else piece.high
    unsaid &= ~((score >= 0) & (score <= scale) & (piece.items > 0))
    return unsaid


def _arms(piece: _Piece, places: Whole, value: Floats, z: float, scale: float | None, *, up: bool) -> Floats:
    """Return how far rows with these scores may be off, towards better or worse scores; NaN where nothing tells."""
    import numpy as np

    error = piece.error_up if up else piece.error_down
    arms: Floats = np.full(len(places), np.nan) if error is None else z * error[places]
    if piece.items is None or scale is None:
        return arms
    unsaid = np.flatnonzero(np.isnan(arms))
    rate = (-value[unsaid] if piece.mirror else value[unsaid]) / scale
    items = piece.items[places[unsaid]]
    rate[(rate < 0) | (rate > 1)] = np.nan
    # as `noise.rate_arms`
    square = z * z / items
    centre = (rate + square / 2) / (1 + square)
    half = z * np.sqrt(rate * (1 - rate) / items + square / (4 * items)) / (1 + square)
    if up != piece.mirror:
        arm = np.maximum(np.minimum(centre + half, 1.0) - rate, 0.0)
    else:
        arm = np.maximum(rate - np.maximum(centre - half, 0.0), 0.0)
    arms[unsaid] = arm * scale
    return arms


def _longest_arm(items: float, z: float) -> float:
    """Return what no arm of Wilson's interval over at least so many items exceeds, as a rate."""
    square = z * z / items
    return float((square / 2 + (square / 4 + square * square / 4) ** 0.5) / (1 + square))


def _clean(values: Floats) -> Floats:
    """Return differences without the dust of binary fractions."""
    import numpy as np

    return np.round(values, 10) + 0.0


# Frames and files


def _framed(
    decided: Decisions, keys: Sequence[str], kept: Sequence[Any], names: Callable[[list[int]], Any] | None
) -> pd.DataFrame:
    """Return decisions as a frame with the groups' own keys, and the rows' own names."""
    import numpy as np
    import pandas as pd

    frame = decided.to_frame()
    places = np.unravel_index(decided.group, [max(len(values), 1) for values in kept])
    groups = {key: values.take(place) for key, values, place in zip(keys, kept, places, strict=True)}
    if names is not None:
        for column in ("leader", "runner_up"):
            there = frame[column].to_numpy() >= 0
            named = np.full(len(frame), None, dtype=object)
            named[there] = names(frame[column].to_numpy()[there].tolist())
            frame[column] = named
    return pd.concat([pd.DataFrame(groups), frame.drop(columns="group")], axis=1)


def _batches(file: Any, columns: Sequence[str]) -> Iterator[Any]:
    """Yield a Parquet file in pieces, one row group after another: asked for all, arrow would keep all."""
    wanted = list(dict.fromkeys(columns))
    for group in range(file.num_row_groups):
        yield from file.iter_batches(batch_size=_PIECE, row_groups=[group], columns=wanted)


def _distinct(file: Any, name: str) -> Any:
    """Return the values that a column of a Parquet file may hold, in order: a range of whole numbers, or each."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    kind = file.schema_arrow.field(name).type
    found: set[Any] = set()
    for batch in _batches(file, [name]):
        column = batch.column(name)
        if pa.types.is_integer(kind):
            found |= {end for end in pc.min_max(column).as_py().values() if end is not None}
        else:
            found |= set(
                pc.unique(column.dictionary_decode() if pa.types.is_dictionary(column.type) else column).to_pylist()
            )
        if column.null_count:
            raise ValueError(f"{name} is missing in some row; fill it, or leave the row out")
    if not found:
        return pd.Index([])
    if pa.types.is_integer(kind):
        return pd.RangeIndex(min(found), max(found) + 1, name=name)
    return pd.Index(sorted(found), name=name)


def _codes(column: Any, values: Any) -> Any:
    """Return the place of each value of a column among its distinct values."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(values, pd.RangeIndex):
        return column.to_numpy(zero_copy_only=False) - values.start
    plain = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    return pc.index_in(plain, value_set=pa.array(values, type=plain.type)).to_numpy(zero_copy_only=False)


def _column(column: Any, name: str, role: str) -> Any:
    """Return a column of a batch as floats or flags."""
    values = column.to_numpy(zero_copy_only=False)
    flag = role.endswith("open")
    if values.dtype.kind not in ("b" if flag else "iuf") or (flag and column.null_count):
        raise ValueError(f"{name} wants {'True or False' if flag else 'a number'} for each row, not {column.type}")
    return values if flag else values.astype("float64", copy=False)
