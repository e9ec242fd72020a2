"""A date as far as it is known: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_PATTERN: Final = r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"
_MATCH: Final = re.compile(_PATTERN, re.ASCII).fullmatch


class PartialDate(str):
    """A date written `2026`, `2026-03` or `2026-03-11`; it covers every day that it may mean.

    >>> PartialDate("2026-02").earliest, PartialDate("2026-02").latest
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> PartialDate("2026-02").before(PartialDate("2026-03-01"))
    True

    Raises `ValueError` for anything that is no such date.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> PartialDate:
        """Check the text and keep it as written."""
        match = _MATCH(text) if len(text) <= 10 else None
        if match is None:
            raise ValueError(f"{text[:40]!r} is no date; write 2026, 2026-03 or 2026-03-11")
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            date(year or 0, month or 1, day or 1)
        except ValueError as error:
            raise ValueError(f"{text!r} is no day of the calendar ({error})") from error
        return super().__new__(cls, text)

    def _parts(self) -> tuple[int, int | None, int | None]:
        numbers = [int(part) for part in self.split("-")]
        return numbers[0], numbers[1] if len(numbers) > 1 else None, numbers[2] if len(numbers) > 2 else None

    @property
    def earliest(self) -> date:
        """The first day that this may mean."""
        year, month, day = self._parts()
        return date(year, month or 1, day or 1)

    @property
    def latest(self) -> date:
        """The last day that this may mean."""
        year, month, day = self._parts()
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])

    def before(self, other: PartialDate) -> bool:
        """Return whether this is surely earlier than `other`."""
        return self.latest < other.earliest

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate from text (or a bare year), serialise as text."""
        return core_schema.no_info_plain_validator_function(
            _validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the text for editors; a bare year may stand as a number."""
        return {"anyOf": [{"type": "string", "pattern": f"^{_PATTERN}$"}, {"type": "integer"}]}


def _validate(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return PartialDate(str(value))
    raise ValueError("a date is wanted here; write 2026, 2026-03 or 2026-03-11")
