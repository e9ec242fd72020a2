"""Rows of scores as arrays: checked as given, then taken in pieces that stay in the processor's cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Whole = NDArray[np.int64]

PIECE_ROWS: Final = 1 << 16
"""Rows taken at once: fewer cost more calls, more fall out of the cache."""


def check_choices(scale: float | None, has_items: bool, better: str) -> None:
    """Raise `ValueError` for a scale or a direction that there is not, and for items of what is no rate."""
    if scale is not None and scale not in (1, 100):
        raise ValueError(
            f"scale is 1 for fractions or 100 for percentages, not {scale}; leave it out for scores that are no rate"
        )
    if has_items and scale is None:
        raise ValueError("items tell the noise of a rate only; give its scale, 1 or 100, or leave items out")
    if better not in ("higher", "lower"):
        raise ValueError(f"better is 'higher' or 'lower', not {better!r}")


def floats(name: str, given: ArrayLike | None, count: int, *, spread: bool = True) -> Any:
    """Return a column of numbers, one for all rows spread over them where it may be; raise `ValueError` for others."""
    import numpy as np

    if given is None:
        return None
    try:
        column = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} wants numbers; write NaN for a missing one") from error
    return _fitted(name, column, count, spread)


def flags(name: str, given: ArrayLike | None, count: int) -> Any:
    """Return a column of truths; raise `ValueError` for others."""
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


class Piece(NamedTuple):
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

    def picked(self, places: Whole) -> Piece:
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


def piece_of(
    start: int, group: Any, room: Floats | None, *, low: Any, high: Any, error: Any = None, error_above: Any = None,
    items: Any = None, low_open: Any = None, high_open: Any = None, names: Any = None,
) -> Piece:  # fmt: skip
    """Return a piece, turned in `room` where there is any: until the next piece is turned there."""
    import numpy as np

    above = error if error_above is None else error_above
    if room is None:
        return Piece(start, group, low, high, False, error, above, items, low_open, high_open, names)
    least, most = room[:, : len(group)]
    np.negative(high, out=least)
    np.negative(low, out=most)
    return Piece(start, group, least, most, True, above, error, items, high_open, low_open, names)


def joined(pieces: list[Piece]) -> Piece:
    """Return several pieces as one; there is at least one."""
    import numpy as np

    columns: dict[str, Any] = {
        name: None if getattr(pieces[0], name) is None else np.concatenate([getattr(piece, name) for piece in pieces])
        for name in _COLUMNS
    }
    names = None if pieces[0].names is None else [name for piece in pieces for name in piece.names]
    return pieces[0]._replace(**columns, names=names)
