"""Names without what people write differently: case, spaces, separators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from stackcompare.records.base import Record

_SEPARATORS: Final = re.compile(r"[^\w.+]+|_+").sub


def folded(name: str) -> str:
    """Return a name without case and separators: `Aster-2 BF16` and `aster2bf16` fold to one.

    >>> folded("Aster-2 BF16"), folded("cygnus r-1.5")
    ('aster2bf16', 'cygnusr1.5')
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    return _SEPARATORS("", plain.casefold())


def names_of(record: Record) -> Iterator[str]:
    """Yield the names that a record goes by, besides its id."""
    for field in ("name", "title", "topic"):
        if name := getattr(record, field, None):
            yield name
    for field in ("aliases", "variants"):
        yield from getattr(record, field, ())
