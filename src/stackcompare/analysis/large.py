"""Millions of scores in a frame, or in a Parquet file larger than memory, decided by `vectorized`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from stackcompare.analysis.noise import quantile
from stackcompare.analysis.pieces import PIECE_ROWS, Piece, check_choices, piece_of
from stackcompare.analysis.vectorized import Decisions, decide_groups, decided_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from stackcompare.analysis.pieces import Whole

_MOST_TABLE: Final = 1 << 27
"""Group codes beyond which a table by code is not laid out."""


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
    >>> scores = pd.DataFrame({"benchmark": ["quiz", "quiz", "exam"], "model": ["a", "b", "a"],
    ...                        "low": [86.6, 79.2, 18.3], "high": [86.6, 79.2, 18.3]})
    >>> decide_frame(scores, "benchmark", model="model")[["benchmark", "outcome", "leader"]].values.tolist()
    [['exam', 'uncontested', 'a'], ['quiz', 'lead', 'a']]
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

    def column(name: str | None) -> Any:
        return None if name is None else frame[name].to_numpy()

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
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise ImportError(
            "reading Parquet needs pyarrow; install it with: pip install 'stackcompare[large]'"
        ) from error
    z = quantile(confidence)
    check_choices(scale, items is not None, better)
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

        def rows(named: bool) -> Iterator[Piece]:
            room = np.empty((2, PIECE_ROWS)) if better == "lower" else None
            start, model_too = 0, model if named else None
            columns = [*keys, *roles_named.values(), *([model_too] if model_too else [])]
            for batch in _batches(file, columns):
                codes: Whole = np.zeros(len(batch), dtype=np.int64)
                for name, values in zip(keys, kept, strict=True):
                    codes *= max(len(values), 1)
                    codes += _codes(batch.column(name), values)
                cut = {role: _column(batch.column(name), name, role) for role, name in roles_named.items()}
                yield piece_of(start, codes, room, names=batch.column(model_too) if model_too else None, **cut)
                start += len(batch)

        decided, found = decided_of(rows, size, z, scale)
    return _framed(decided, keys, kept, None if found is None else lambda rows: [found[row] for row in rows])


def _check_columns(wanted: Sequence[str], present: Sequence[str], keys: Sequence[str]) -> None:
    if not keys:
        raise ValueError("no columns to group by; name at least one in `by`")
    missing = [name for name in wanted if name not in present]
    if missing:
        raise ValueError(f"no column {missing[0]!r}; there are {', '.join(map(repr, present))}")


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
        yield from file.iter_batches(batch_size=PIECE_ROWS, row_groups=[group], columns=wanted)


def _distinct(file: Any, name: str) -> Any:
    """Return the values that a column of a Parquet file may hold, in order: a range of whole numbers, or each."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

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
