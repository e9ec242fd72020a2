"""What a curator would look at next: gaps, ageing values, and how good the evidence is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from stackcompare.catalog.catalog import AGES_AFTER
from stackcompare.catalog.evidence import ORDER, Evidence
from stackcompare.catalog.records import facts_of
from stackcompare.records import SECTIONS
from stackcompare.records.source import QUOTING
from stackcompare.shown import Rows, Shown

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog


class Gap(NamedTuple):
    """One thing to look at."""

    kind: str
    """What is the matter."""
    subject: str
    """Id of the record, or what else it is about."""
    detail: str
    """What there is instead."""


class Share(NamedTuple):
    """How much of one developer's models is measured."""

    developer: str
    """Id of the organization."""
    models: int
    """Its models in the catalogue."""
    measured: int
    """Those with a result."""
    results: int
    """Results of all of them."""


class Curation(Shown):
    """The state of a catalogue as its curator sees it."""

    def __init__(
        self, catalog: Catalog, evidence: dict[Evidence, int], developers: tuple[Share, ...], gaps: tuple[Gap, ...]
    ) -> None:
        self.catalog = catalog
        self.evidence = evidence
        """Number of results by who stands behind them."""
        self.developers = developers
        """Coverage by developer, the most results first."""
        self.gaps = gaps
        """What to look at, by kind and subject."""

    @property
    def primary_share(self) -> float:
        """Share of results, from 0 to 1, that are no mere quotation."""
        total = sum(self.evidence.values())
        return 1 - self.evidence["secondary"] / total if total else 0.0

    def rows(self) -> Rows:
        """Return one row a gap: kind, subject, detail."""
        return list(Gap._fields), [list(gap) for gap in self.gaps]


def curate(catalog: Catalog) -> Curation:
    """Return gaps, ageing values, evidence shares and coverage by developer.

    >>> curation = curate(catalog)
    >>> [gap.kind for gap in curation.gaps if gap.subject == "cygnus"]
    ['nobody measured the model']
    >>> round(curation.primary_share, 2)
    0.86
    """
    counts = Counter(catalog.evidence(result) for result in catalog.results)
    return Curation(catalog, {kind: counts[kind] for kind in ORDER}, _shares(catalog), tuple(sorted(_gaps(catalog))))


def _shares(catalog: Catalog) -> tuple[Share, ...]:
    models: dict[str, list[str]] = defaultdict(list)
    for key, model in catalog.models.items():
        models[model.developer].append(key)
    shares = [
        Share(
            developer, len(keys), sum(bool(catalog.results_of(key)) for key in keys),
            sum(len(catalog.results_of(key)) for key in keys),
        )
        for developer, keys in models.items()
    ]  # fmt: skip
    return tuple(sorted(shares, key=lambda share: (-share.results, share.developer)))


def _gaps(catalog: Catalog) -> Iterator[Gap]:
    for key, held in catalog.contributions.items():
        if not any(held):
            yield Gap("nobody cites the source", key, catalog.sources[key].title)
        if catalog.sources[key].published is None and catalog.sources[key].accessed is None:
            yield Gap("source without a date", key, "say when it was published, or at least when it was read")
    for key, model in catalog.models.items():
        if not catalog.results_of(key):
            yield Gap("nobody measured the model", key, model.name)
    measured = Counter(result.benchmark for result in catalog.results)
    for key, benchmark in catalog.benchmarks.items():
        if benchmark.scale is not None and benchmark.items is None and not benchmark.items_by:
            yield Gap("number of items unknown", key, f"{measured[key]} results, noise unknown")
        if not measured[key]:
            yield Gap("benchmark without results", key, benchmark.name)
    yield from _about_facts(catalog)
    yield from _old_results(catalog)


def _about_facts(catalog: Catalog) -> Iterator[Gap]:
    for section in SECTIONS:
        for key in catalog.section(section):
            for field, fact in facts_of(catalog.section(section)[key]):
                if section == "models" and all(catalog.sources[c.source].kind in QUOTING for c in fact.claims):
                    yield Gap("only a quotation", f"{key}.{field}", f"{fact} ({fact.source})")
                dated = fact.chosen.date
                if dated is not None and catalog.is_old(dated):
                    yield Gap("dated value is old", f"{key}.{field}", f"{fact}, of {dated}")


def _old_results(catalog: Catalog) -> Iterator[Gap]:
    """Yield scores more than a year older than another of the same model on the same benchmark."""
    days: dict[tuple[str, str], list[tuple[Any, str]]] = defaultdict(list)
    for result in catalog.results:
        known = result.date or catalog.sources[result.source].published
        if known is not None:
            days[result.model, result.benchmark].append((known, result.source))
    for (model, benchmark), held in days.items():
        newest = max(day.earliest for day, _ in held)
        for source in sorted({source for day, source in held if day.latest < newest - AGES_AFTER}):
            yield Gap("older than a year beside newer ones", f"{model} on {benchmark}", source)
