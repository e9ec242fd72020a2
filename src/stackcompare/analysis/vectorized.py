"""Millions of scores decided at once: `decide` of `winners`, for arrays.

Three passes over the rows, each in pieces that stay in the processor's cache, and no sort of the whole:

1. for each group, a worst end that two of its rows reach and few more;
2. the few rows that may lead or come second, ranked group by group;
3. the rows that come within reach of the leader's noise, each tested exactly.

Time grows linearly with the rows; memory holds a few numbers for each group and the rows of step 2.
Formulas: `noise` (Wilson 1927; Newcombe 1998, method 10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from stackcompare.analysis.noise import quantile
from stackcompare.analysis.pieces import PIECE_ROWS, Piece, check_choices, flags, floats, joined, piece_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from stackcompare.analysis.pieces import Flags, Floats, Whole

OUTCOMES: Final = ("win", "lead", "tie", "undecided", "uncontested")
"""Outcomes in the order of their codes."""
WIN, LEAD, TIE, UNDECIDED, UNCONTESTED = range(5)


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

    def _repr_html_(self) -> str:
        """Return the first and the last groups, as pandas shows them."""
        return str(self.to_frame()._repr_html_())  # type: ignore[operator]  # every frame has it

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
    check_choices(scale, items is not None, better)
    codes = np.asarray(group)
    if codes.ndim != 1 or (codes.dtype.kind not in "iu" and codes.size):
        raise ValueError(
            f"group wants codes from 0 on in one dimension, not {codes.dtype} in {codes.ndim}; factorize ids first"
        )
    count = len(codes)
    if not count:
        codes = codes.astype(np.int64)
    columns = {
        "low": floats("low", low, count, spread=False), "high": floats("high", high, count, spread=False),
        "error": floats("standard_error", standard_error, count),
        "error_above": floats("standard_error_above", standard_error_above, count),
        "items": floats("items", items, count),
        "low_open": flags("low_open", low_open, count), "high_open": flags("high_open", high_open, count),
    }  # fmt: skip
    if standard_error is None and standard_error_above is not None:
        raise ValueError("standard_error_above stands beside standard_error; give both, or only the latter")
    if count and codes.min() < 0:
        row = int(np.argmax(codes < 0))
        raise ValueError(f"group wants codes from 0 on, and row {row} has {codes[row]}; leave such rows out")
    names: Any = None
    size = int(codes.max()) + 1 if count else 0
    if size > 4 * count + PIECE_ROWS:
        names, codes = np.unique(codes, return_inverse=True)
        size = len(names)

    def rows(_: bool) -> Iterator[Piece]:
        room = np.empty((2, PIECE_ROWS)) if better == "lower" else None
        for start in range(0, count, PIECE_ROWS):
            part = slice(start, start + PIECE_ROWS)
            cut = {name: None if column is None else column[part] for name, column in columns.items()}
            yield piece_of(start, codes[part], room, **cut)

    decided, _ = decided_of(rows, size, z, scale)
    return decided if names is None else decided._replace(group=names[decided.group].astype(np.int64))


def decided_of(
    rows: Callable[[bool], Iterator[Piece]], size: int, z: float, scale: float | None
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


def _bounds(pieces: Iterator[Piece], size: int) -> _Bounds:
    """Take the first pass, and refuse what is no interval or no noise."""
    import numpy as np

    # The best of a group's rows in even places, and of those in odd ones: two rows reach the lesser of them.
    best = np.full(2 * size, -inf)
    parity = np.arange(PIECE_ROWS, dtype=np.intp) & 1
    slots, flags = np.empty(PIECE_ROWS, dtype=np.intp), np.empty(PIECE_ROWS, dtype=np.bool_)
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


def _largest(name: str, piece: Piece, column: Any) -> float:
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


def _refuse_interval(piece: Piece) -> None:
    import numpy as np

    place = int(np.argmax(~((piece.low <= piece.high) & (piece.low < inf) & (piece.high > -inf))))
    low, high = piece.low[place], piece.high[place]
    if piece.mirror:
        low, high = -high, -low
    raise ValueError(
        f"low {low:g} and high {high:g} in row {piece.start + place} leave no score possible; give low <= high, equal "
        "for a point, one of them infinite for a bound, and leave rows without a score out"
    )


def _contenders(pieces: Iterator[Piece], bounds: _Bounds) -> tuple[Piece, Whole]:
    """Take the second pass: return the rows that may lead, contend or come second, and their numbers."""
    import numpy as np

    least, flags = np.empty(PIECE_ROWS), np.empty(PIECE_ROWS, dtype=np.bool_)
    found: list[Piece] = []
    numbers: list[Whole] = []
    for piece in pieces:
        count = len(piece.group)
        np.take(bounds.second, piece.group, out=least[:count], mode="clip")  # in range: clip only spares a copy
        places = np.greater_equal(piece.high, least[:count], out=flags[:count]).nonzero()[0]
        if len(places) or not found:
            found.append(piece.picked(places))
            numbers.append(places + piece.start)
    return joined(found), np.concatenate(numbers)


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


def _ranked(held: Piece, size: int) -> _Ranking:
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


def _denied(pieces: Iterator[Piece], reach: _Reach, bounds: _Bounds, size: int, z: float, scale: float | None) -> Flags:
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
    limit, flags = np.empty(PIECE_ROWS), np.empty(PIECE_ROWS, dtype=np.bool_)
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


def _unknown(piece: Piece, scale: float | None) -> Flags:
    """Return the rows whose noise as a rival nothing tells."""
    import numpy as np

    unsaid = np.ones(len(piece.group), dtype=np.bool_) if piece.error_up is None else np.isnan(piece.error_up)
    if piece.items is None or scale is None:
        return unsaid
    score = -piece.high if piece.mirror else piece.high
    unsaid &= ~((score >= 0) & (score <= scale) & (piece.items > 0))
    return unsaid


def _arms(piece: Piece, places: Whole, value: Floats, z: float, scale: float | None, *, up: bool) -> Floats:
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
