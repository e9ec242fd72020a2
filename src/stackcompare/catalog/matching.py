"""Conditions such as `active_params__le="12B"`: yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final

from stackcompare.errors import SelectionError, did_you_mean, one_of
from stackcompare.records import Fact, Interval, PartialDate, Quantity

OPERATORS: Final = ("lt", "le", "gt", "ge", "in", "contains")
_TRUE: Final = {"true": True, "yes": True, "false": False, "no": False}


class Answer(Enum):
    """What a condition says of a record."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"


class Condition:
    """One condition: a field, an operator, and what it is held against."""

    def __init__(self, keyword: str, wanted: Any, known: Iterable[str]) -> None:
        self.name, underscores, operator = keyword.partition("__")
        self.operator = operator or "is"
        self.wanted = wanted
        names = list(known)
        if self.name not in names:
            hint = did_you_mean(self.name, names) or f"; fields are {one_of(names, 60)}"
            raise SelectionError(f"no field {self.name[:80]!r} to ask about{hint}")
        if underscores and operator not in OPERATORS:
            known_operators = one_of(f"__{each}" for each in OPERATORS)
            raise SelectionError(f"no operator {operator!r} in {keyword!r}; it is one of {known_operators}")
        if wanted is None:
            raise SelectionError(f"{keyword} wants a value; what is not reported is listed in `.cannot_tell`")
        if operator == "in" and (isinstance(wanted, (str, Mapping)) or not isinstance(wanted, Iterable)):
            raise SelectionError(f"{keyword} wants several values: {keyword}=[{wanted!r}]")
        if operator == "in":
            self.wanted = tuple(wanted)

    def of(self, value: Any) -> Answer:
        """Return what the condition says of a field's value; a value that is not reported cannot be told."""
        if isinstance(value, Fact):
            value = value.value
        if value is None:
            return Answer.CANNOT_TELL
        match self.operator:
            case "is":
                return _equals(value, self.wanted)
            case "in":
                return _any(_equals(value, wanted) for wanted in self.wanted)
            case "contains":
                return self._contains(value)
            case _:
                return self._compares(value)

    def _contains(self, value: Any) -> Answer:
        if isinstance(value, str):
            return _answer(str(self.wanted).casefold() in value.casefold())
        if isinstance(value, Mapping):
            return _answer(str(self.wanted) in value)
        if isinstance(value, tuple):
            return _answer(_folded(str(self.wanted)) in {_folded(str(item)) for item in value})
        raise SelectionError(f"{self.name}__contains asks of texts and lists; use an operator such as __ge")

    def _compares(self, value: Any) -> Answer:
        if isinstance(value, PartialDate):
            # A period stands for its first day with `ge` and `lt`, for its last with `gt` and `le`.
            date = _date(self.wanted)
            day = (date.earliest if self.operator in ("ge", "lt") else date.latest).toordinal()
            have, want = Interval(value.earliest.toordinal(), value.latest.toordinal()), Interval(day, day)
        elif isinstance(value, Quantity):
            have, want = value.interval(), _quantity(self.wanted).interval()
        elif isinstance(value, int) and not isinstance(value, bool):
            have, want = Interval(value, value), _quantity(self.wanted).interval()
        else:
            raise SelectionError(f"{self.name!r} has no order; ask with =, __in or __contains")
        return _ORDER[self.operator](have, want)


def _any(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    return Answer.YES if Answer.YES in found else Answer.CANNOT_TELL if Answer.CANNOT_TELL in found else Answer.NO


def _answer(condition: bool) -> Answer:
    return Answer.YES if condition else Answer.NO


def _equals(value: Any, wanted: Any) -> Answer:
    if isinstance(value, bool):
        return _answer(value is (_TRUE.get(wanted.casefold()) if isinstance(wanted, str) else wanted))
    if isinstance(value, (Quantity, int)):
        have = value.interval() if isinstance(value, Quantity) else Interval(value, value)
        want = _quantity(wanted).interval()
        if have.is_point and want.is_point:
            return _answer(have == want)
        return Answer.CANNOT_TELL if have.overlaps(want) else Answer.NO
    if isinstance(value, PartialDate):
        date = _date(wanted)
        if value.before(date) or date.before(value):
            return Answer.NO
        within = date.earliest <= value.earliest and value.latest <= date.latest
        return Answer.YES if within else Answer.CANNOT_TELL
    if isinstance(value, tuple):
        several = (wanted,) if isinstance(wanted, str) or not isinstance(wanted, Iterable) else tuple(wanted)
        return _answer(sorted(_folded(str(item)) for item in value) == sorted(_folded(str(item)) for item in several))
    return _answer(_folded(value) == _folded(wanted))


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _less(have: Interval, want: Interval) -> Answer:
    return Answer.YES if have.below(want) else Answer.NO if want.high <= have.low else Answer.CANNOT_TELL


def _at_most(have: Interval, want: Interval) -> Answer:
    return Answer.YES if have.high <= want.low else Answer.NO if want.below(have) else Answer.CANNOT_TELL


_ORDER: Final[dict[str, Callable[[Interval, Interval], Answer]]] = {
    "lt": _less,
    "le": _at_most,
    "gt": lambda have, want: _less(want, have),
    "ge": lambda have, want: _at_most(want, have),
}


def _date(wanted: Any) -> PartialDate:
    try:
        return PartialDate(str(wanted))
    except ValueError as error:
        raise SelectionError(str(error)) from error


def _quantity(wanted: Any) -> Quantity:
    if isinstance(wanted, Quantity):
        return wanted
    try:
        return Quantity(f"{wanted:.15g}" if isinstance(wanted, float) and abs(wanted) < 1e15 else str(wanted))
    except ValueError as error:
        raise SelectionError(str(error)) from error
