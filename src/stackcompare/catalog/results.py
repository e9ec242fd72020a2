"""Results as a sequence that can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, overload

from stackcompare.catalog.evidence import ORDER
from stackcompare.catalog.matching import Answer, Condition
from stackcompare.records import Result
from stackcompare.records.result import unit_factor
from stackcompare.records.settings import FIELDS as SETTINGS
from stackcompare.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from stackcompare.catalog.catalog import Catalog

_OWN: Final = tuple(name for name in Result.model_fields if name != "settings")
_DERIVED: Final = ("evidence", "developer", "publisher")


class Results(Shown, Sequence[Result]):
    """Scores as printed, one a model, benchmark, setting and document; made when looked at."""

    def __init__(
        self, catalog: Catalog, results: Iterable[Result] | None = None, cannot_tell: Iterable[Result] = ()
    ) -> None:
        self.catalog = catalog
        self._chosen = None if results is None else tuple(results)
        self._cannot_tell = tuple(cannot_tell)

    @property
    def _all(self) -> Sequence[Result]:
        if self._chosen is None:
            self.__dict__["_chosen"] = tuple(self.catalog.store.results())
        return self._chosen or ()

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Results: ...
    def __getitem__(self, index: int | slice) -> Result | Results:
        """Return a result, or a selection of them."""
        return Results(self.catalog, self._all[index]) if isinstance(index, slice) else self._all[index]

    def __len__(self) -> int:
        """Return the number of results."""
        return self.catalog.store.result_count if self._chosen is None else len(self._chosen)

    def __iter__(self) -> Iterator[Result]:
        """Iterate over the results, in order of model and benchmark."""
        return iter(self._all)

    @property
    def cannot_tell(self) -> Results:
        """The results about which the conditions that made this selection could not be decided."""
        return Results(self.catalog, self._cannot_tell)

    def where(self, **conditions: Any) -> Results:
        """Return the results for which every condition surely holds.

        Conditions ask of a result's fields, of its settings by name (`tools="none"`, `subset="diamond"`), and of
        `evidence`, `developer` and `publisher`. An unsaid setting cannot be told: see `.cannot_tell`.
        A model or benchmark may be named by any alias.

        >>> [str(result.score) for result in catalog.results.where(model="Aster 2", benchmark="quiz", tools="none")]
        ['79.20']
        """
        known = (*_OWN, *SETTINGS, *_DERIVED, *sorted(self.catalog.facet_names))
        for section, keyword in (("models", "model"), ("benchmarks", "benchmark")):
            if isinstance(name := conditions.get(keyword), str):
                conditions[keyword] = self.catalog.find(section, name)
            if not isinstance(several := conditions.get(f"{keyword}__in", ""), str):
                conditions[f"{keyword}__in"] = [self.catalog.find(section, name) for name in several]
        if "tools" in conditions and not conditions["tools"]:
            conditions["tools"] = "none"
        asked = [Condition(keyword, wanted, known) for keyword, wanted in conditions.items()]
        model = conditions.get("model")
        whole = self._chosen is None and isinstance(model, str)
        yes: list[Result] = []
        open_: list[Result] = []
        for result in self.catalog.store.results_of(model) if whole and isinstance(model, str) else self:
            answers = {condition.of(self._value(result, condition.name)) for condition in asked}
            if Answer.NO in answers:
                continue
            (open_ if Answer.CANNOT_TELL in answers else yes).append(result)
        return Results(self.catalog, yes, open_)

    def _value(self, result: Result, name: str) -> Any:
        if name in _OWN:
            return getattr(result, name)
        if name == "evidence":
            return self.catalog.evidence(result)
        if name == "developer":
            return self.catalog.models[result.model].developer
        if name == "publisher":
            return self.catalog.sources[result.source].publisher
        value = getattr(result.settings, name) if name in SETTINGS else result.settings.facets.get(name)
        return ("none",) if value == () else value

    def to_frame(self) -> pd.DataFrame:
        """Return one row a result: plain pandas, with settings and provenance as columns.

        `score` is the text as printed; `low` and `high` are its interval in the benchmark's `unit`, infinite
        where the source gives only a bound. Settings that no result here says are left out.
        """
        import pandas as pd

        rows: list[dict[str, Any]] = []
        for result in self:
            benchmark, source = self.catalog.benchmarks[result.benchmark], self.catalog.sources[result.source]
            factor = unit_factor(result, benchmark)
            interval = result.score.interval().scaled(factor)
            rows.append(
                {"model": result.model, "benchmark": result.benchmark}
                | dict.fromkeys(SETTINGS)
                | result.settings.items()
                | {
                    "score": str(result.score), "low": interval.low, "high": interval.high, "unit": benchmark.unit,
                    "standard_error": None if result.standard_error is None else result.standard_error.value * factor,
                    "evidence": self.catalog.evidence(result), "measured_by": result.measured_by,
                    "source": result.source, "publisher": source.publisher,
                    "published": None if source.published is None else str(source.published),
                    "table": result.table, "locator": result.locator,
                    "date": None if result.date is None else str(result.date), "note": result.note,
                    "confidence": result.confidence, "derived": result.derived,
                    "inferred": "+".join(result.settings.inferred) or None,
                }
            )  # fmt: skip
        if not rows:
            columns = ["model", "benchmark", "score", "low", "high", "unit", "evidence", "source", "locator"]
            return pd.DataFrame(columns=columns)
        frame = pd.DataFrame(rows)
        frame = frame.drop(columns=[name for name in SETTINGS if frame[name].isna().all()])
        frame["evidence"] = pd.Categorical(frame["evidence"], categories=ORDER)
        return frame
