"""Conditions such as `active_params__le="12B"`: yes, no, or cannot tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Final

from stackcompare.errors import SelectionError, did_you_mean, one_of
from stackcompare.records import Fact, Interval, PartialDate, Quantity

OPERATORS: Final = ("lt", "le", "gt", "ge", "in", "contains")


class Answer(Enum):
    """What a condition says of a record."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"


class Condition:
    """One condition: a field, an operator, and what it is held against."""

    def __init__(self, keyword: str, wanted: Any, known: Iterable[str]) -> None:
        name, _, operator = keyword.partition("__")
        self.name = name
        self.operator = operator or "is"
        self.wanted = wanted
        names = list(known)
        if name not in names:
            raise SelectionError(
                f"no field {name!r} to ask about{did_you_mean(name, names) or '; fields are ' + one_of(names, 60)}"
            )
        if operator and operator not in OPERATORS:
            raise SelectionError(
                f"no operator {operator!r} in {keyword!r}; it is one of {one_of('__' + o for o in OPERATORS)}"
            )
        if operator == "in" and (isinstance(wanted, str) or not isinstance(wanted, Iterable)):
            raise SelectionError(f"{keyword} wants several values: {keyword}=[{wanted!r}]")

    def of(self, value: Any) -> Answer:
        """Return what the condition says of a field's value."""
        if isinstance(value, Fact):
            value = value.value
        if value is None:
            return Answer.CANNOT_TELL if self.operator != "is" or self.wanted is not None else Answer.YES
        match self.operator:
            case "is":
                return _equals(value, self.wanted)
            case "in":
                return _any(_equals(value, wanted) for wanted in self.wanted)
            case "contains":
                return _contains(value, self.wanted)
            case _:
                return _compares(value, self.operator, self.wanted, self.name)


def _any(answers: Iterable[Answer]) -> Answer:
    found = set(answers)
    return Answer.YES if Answer.YES in found else Answer.CANNOT_TELL if Answer.CANNOT_TELL in found else Answer.NO


def _answer(condition: bool) -> Answer:
    return Answer.YES if condition else Answer.NO


def _equals(value: Any, wanted: Any) -> Answer:
    if isinstance(value, Quantity):
        have, want = value.interval(), _quantity(wanted).interval()
        if have.is_point and want.is_point:
            return _answer(have == want)
        return Answer.CANNOT_TELL if have.overlaps(want) else Answer.NO
    if isinstance(value, PartialDate):
        have_date, want_date = value, _date(wanted)
        if have_date.before(want_date) or want_date.before(have_date):
            return Answer.NO
        within = want_date.earliest <= have_date.earliest and have_date.latest <= want_date.latest
        return Answer.YES if within else Answer.CANNOT_TELL
    if isinstance(value, tuple):
        wanted = (wanted,) if isinstance(wanted, str) else tuple(wanted)
        return _answer(sorted(map(_folded, value)) == sorted(map(_folded, wanted)))
    return _answer(_folded(value) == _folded(wanted))


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _contains(value: Any, wanted: Any) -> Answer:
    if isinstance(value, str):
        return _answer(str(wanted).casefold() in value.casefold())
    if isinstance(value, dict):
        return _answer(wanted in value)
    if isinstance(value, tuple):
        return _answer(any(_folded(str(item)) == _folded(str(wanted)) for item in value))
    raise SelectionError("__contains asks of texts and lists; use an operator such as __ge for a number")


def _compares(value: Any, operator: str, wanted: Any, name: str) -> Answer:
    if isinstance(value, PartialDate):
        # A period stands for its first day with `ge` and `lt`, for its last with `gt` and `le`.
        date = _date(wanted)
        day = (date.earliest if operator in ("ge", "lt") else date.latest).toordinal()
        have, want = Interval(value.earliest.toordinal(), value.latest.toordinal()), Interval(day, day)
    elif isinstance(value, Quantity):
        have, want = value.interval(), _quantity(wanted).interval()
    elif isinstance(value, int):
        have, want = Interval(value, value), _quantity(wanted).interval()
    else:
        raise SelectionError(f"{name!r} has no order; ask with =, __in or __contains")
    test = _ORDER[operator]
    return test(have, want)


def _less(have: Interval, want: Interval) -> Answer:
    return Answer.YES if have.below(want) else Answer.NO if _reaches(want, have) else Answer.CANNOT_TELL


def _at_most(have: Interval, want: Interval) -> Answer:
    return Answer.YES if _reaches(have, want) else Answer.NO if want.below(have) else Answer.CANNOT_TELL


def _reaches(one: Interval, other: Interval) -> bool:
    """Return whether everything in `one` is at most everything in `other`."""
    return one.high <= other.low


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
    try:
        return wanted if isinstance(wanted, Quantity) else Quantity(str(wanted))
    except ValueError as error:
        raise SelectionError(str(error)) from error
