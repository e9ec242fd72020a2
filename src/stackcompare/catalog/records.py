"""Records by id, with conditions, search and frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from stackcompare.catalog.matching import Answer, Condition
from stackcompare.errors import SelectionError, UnknownError
from stackcompare.records import SECTIONS, Claim, Fact, Quantity
from stackcompare.records.base import Record
from stackcompare.records.claim import shown
from stackcompare.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from stackcompare.catalog.catalog import Catalog

R = TypeVar("R", bound=Record)


class Records(Shown, Mapping[str, R], Generic[R]):
    """The records of one kind, by id: a mapping that can be asked.

    `records["some-id"]` gives a record; `where`, `search` and `to_frame` give selections and frames.
    """

    def __init__(
        self,
        catalog: Catalog,
        section: str,
        ids: Sequence[str] | None = None,
        cannot_tell: Sequence[str] = (),
    ) -> None:
        self.catalog = catalog
        self.section = section
        self._ids: dict[str, None] = dict.fromkeys(catalog.store.ids(section) if ids is None else ids)
        self._cannot_tell = tuple(cannot_tell)

    def __getitem__(self, key: str) -> R:
        """Return the record with an id; raise `UnknownError` (a `KeyError`) naming the nearest otherwise."""
        if key not in self._ids:
            if not isinstance(key, str):
                raise UnknownError(f"an id is a text, not {key!r}")
            if self.catalog.store.has(self.section, key):
                raise UnknownError(f"{key!r} is not in this selection")
            try:
                hint = f"did you mean {self.catalog.find(self.section, key)!r}?"
            except SelectionError as error:
                hint = str(error)
            raise UnknownError(f"no id {key[:80]!r} here; {hint}")
        return cast("R", self.catalog.store.record(self.section, key))

    def __contains__(self, key: object) -> bool:
        """Return whether a record has this id."""
        return key in self._ids

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids, in order."""
        return iter(self._ids)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._ids)

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that conditions can ask about."""
        return tuple(SECTIONS[self.section].model_fields)

    @property
    def cannot_tell(self) -> Records[R]:
        """The records about which the conditions that made this selection could not be decided."""
        return Records(self.catalog, self.section, self._cannot_tell)

    def where(self, **conditions: Any) -> Records[R]:
        """Return the records for which every condition surely holds.

        A condition is a field's name, alone or with `__lt`, `__le`, `__gt`, `__ge`, `__in`, `__contains`.
        Quantities compare as intervals, by the chosen claim: where a bound or a missing value leaves the answer
        open, the record is neither in the selection nor refused, but listed in `.cannot_tell`.
        Raises `SelectionError` for a field or operator that does not exist.

        >>> small = catalog.models.where(total_params__le="100B")
        >>> list(small), list(small.cannot_tell)
        (['aster-mini'], ['cygnus'])
        """
        asked = [Condition(keyword, wanted, self.fields) for keyword, wanted in conditions.items()]
        yes: list[str] = []
        open_: list[str] = []
        for key in self._ids:
            record = self.catalog.store.record(self.section, key)
            answers = {condition.of(getattr(record, condition.name)) for condition in asked}
            if Answer.NO in answers:
                continue
            (open_ if Answer.CANNOT_TELL in answers else yes).append(key)
        return Records(self.catalog, self.section, yes, open_)

    def search(self, text: str) -> Records[R]:
        """Return the records whose id, name or aliases hold every word of `text`, nearly so spelt; best first."""
        found = self.catalog.names(self.section).search(text)
        return Records(self.catalog, self.section, [key for key in found if key in self._ids])

    def to_frame(self) -> pd.DataFrame:
        """Return one row a record: plain pandas, indexed by id.

        A fact has its chosen value as text, `<field>_source` and `<field>_locator`; a number also `<field>_low`
        and `<field>_high`. Columns without any value are left out.
        """
        import pandas as pd

        rows = [_flat(self[key]) for key in self]
        frame = pd.DataFrame(rows, index=pd.Index(list(self), name="id"))
        return frame.dropna(axis="columns", how="all")

    def claims(self) -> pd.DataFrame:
        """Return one row a claim: its field, value and interval, who says so where and when, whether it is chosen."""
        import pandas as pd

        columns = [
            "id",
            "field",
            "value",
            "low",
            "high",
            "source",
            "locator",
            "date",
            "note",
            "confidence",
            "derived",
            "chosen",
        ]
        rows = []
        for key in self:
            for field, fact in facts_of(self[key]):
                for claim in fact.claims:
                    low, high = ends(claim.value)
                    rows.append((
                        key, field, shown(claim.value), low, high, claim.source, claim.locator,
                        None if claim.date is None else str(claim.date), claim.note, claim.confidence, claim.derived,
                        claim is fact.chosen,
                    ))  # fmt: skip
        return pd.DataFrame(rows, columns=columns)


def facts_of(record: Record) -> Iterator[tuple[str, Fact[Any]]]:
    """Yield the name and the fact of every field that holds one; `layers.total` for one inside a mapping.

    A list of claims, such as a benchmark's known problems, counts as a fact of several claims.
    """
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Fact):
            yield name, value
        elif isinstance(value, tuple) and value and all(isinstance(item, Claim) for item in value):
            yield name, Fact.model_construct(value)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if isinstance(inner, Fact):
                    yield f"{name}.{key}", inner
                elif isinstance(inner, Mapping):
                    for last, fact in inner.items():
                        if isinstance(fact, Fact):
                            yield f"{name}.{key}.{last}", fact


def ends(value: Any) -> tuple[float | None, float | None]:
    """Return the ends of a quantity's interval; `None` twice for anything else."""
    if not isinstance(value, Quantity):
        return None, None
    interval = value.interval()
    return interval.low, interval.high


def _flat(record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value is None or isinstance(value, Fact) or (isinstance(value, Mapping) and value):
            continue
        if isinstance(value, (str, bool, int)):
            row[name] = str(value) if isinstance(value, str) else value
        elif isinstance(value, tuple) and value and all(isinstance(item, str) for item in value):
            row[name] = shown(value)
    for name, fact in facts_of(record):
        row[name] = shown(fact.value)
        if isinstance(fact.value, Quantity):
            row[f"{name}_low"], row[f"{name}_high"] = ends(fact.value)
        row[f"{name}_source"] = fact.source
        row[f"{name}_locator"] = fact.locator
    return row
