"""The catalogue: every record and result, looked up, selected, cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from stackcompare.catalog.citations import Citations, citation
from stackcompare.catalog.evidence import Evidence, evidence_of, measurer_of
from stackcompare.catalog.names import Names, as_name
from stackcompare.catalog.records import Records, facts_of
from stackcompare.catalog.results import Results
from stackcompare.errors import SelectionError, UnknownError, did_you_mean, one_of
from stackcompare.loading import Origin, Store, StrPath, bundled_store, read_store
from stackcompare.loading.files import as_paths
from stackcompare.loading.store import plain
from stackcompare.records import (
    SECTIONS,
    Argument,
    Asset,
    Benchmark,
    Brief,
    Competitor,
    Feature,
    Finding,
    Hardware,
    License,
    Model,
    Organization,
    PartialDate,
    Price,
    Result,
    ServingGuide,
    Source,
    Stack,
    Throughput,
)
from stackcompare.records.base import FrozenDict
from stackcompare.shown import Rows, Shown, text

if TYPE_CHECKING:
    from stackcompare.analysis import (
        Comparison,
        Coverage,
        Curation,
        Frontier,
        Grid,
        Offering,
        Ranking,
        Serving,
        Timeline,
    )
    from stackcompare.catalog.conflicts import Conflicts


AGES_AFTER: Final = timedelta(days=365)
"""How long before the last day of the data a dated value may lie until it counts as old."""


class Contribution(NamedTuple):
    """What one source gives to the catalogue."""

    results: int
    """Scores read from it."""
    claims: int
    """Claims about facts read from it."""


class Catalog(Shown):
    """Models, benchmarks, competitors, stacks and their sources, with every result. Immutable.

    Each kind is a mapping by id (`models`, `benchmarks`, `competitors`, `sources`, ...); `results` is a
    sequence. Made by `load()`; may be shared between threads.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.organizations: Records[Organization] = Records(self, "organizations")
        self.sources: Records[Source] = Records(self, "sources")
        self.models: Records[Model] = Records(self, "models")
        self.benchmarks: Records[Benchmark] = Records(self, "benchmarks")
        self.features: Records[Feature] = Records(self, "features")
        self.competitors: Records[Competitor] = Records(self, "competitors")
        self.stacks: Records[Stack] = Records(self, "stacks")
        self.serving_guides: Records[ServingGuide] = Records(self, "serving_guides")
        self.arguments: Records[Argument] = Records(self, "arguments")
        self.throughputs: Records[Throughput] = Records(self, "throughputs")
        self.prices: Records[Price] = Records(self, "prices")
        self.assets: Records[Asset] = Records(self, "assets")
        self.hardware: Records[Hardware] = Records(self, "hardware")
        self.licenses: Records[License] = Records(self, "licenses")
        self.briefs: Records[Brief] = Records(self, "briefs")
        self.findings: Records[Finding] = Records(self, "findings")
        self.results = Results(self)
        self._names: dict[str, Names] = {}

    def __reduce__(self) -> tuple[type[Catalog], tuple[Store]]:
        """Pickle what it was made from, not what it has worked out."""
        return Catalog, (self.store,)

    def __repr__(self) -> str:
        """Return what is in it, counted."""
        held = [f"{len(list(self.store.ids(name)))} {name}" for name in ("models", "benchmarks", "sources")]
        return f"<Catalog: {', '.join(held)}, {len(self.results)} results>"

    def rows(self) -> Rows:
        """Return one row a source, with what it contributed."""
        columns = ["source", "title", "publisher", "kind", "published", "accessed", "url", "results", "claims"]
        rows: list[list[Any]] = []
        for key, held in self.contributions.items():
            source = self.sources[key]
            rows.append([
                key, source.title, source.publisher, source.kind, text(source.published), text(source.accessed),
                source.url, held.results, held.claims,
            ])  # fmt: skip
        return columns, rows

    def __eq__(self, other: object) -> bool:
        """Return whether two catalogues hold the same records, results and origins."""
        return self.store.dump() == other.store.dump() if isinstance(other, Catalog) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal catalogues would need equal hashes

    def section(self, name: str) -> Records[Any]:
        """Return the records of one kind by its name, such as `models`; raise `UnknownError` for others."""
        if name not in SECTIONS:
            raise UnknownError(
                f"unknown kind {name[:80]!r}{did_you_mean(name, SECTIONS) or '; it is one of ' + one_of(SECTIONS, 20)}"
            )
        records: Records[Any] = getattr(self, name)
        return records

    # Finding

    def names(self, section: str) -> Names:
        """Return the index of names of one kind."""
        section = self.section(section).section
        if section not in self._names:
            self._names[section] = Names(self.store, section)
        return self._names[section]

    def find(self, section: str, name: str) -> str:
        """Return the id that a name means, such as `find("models", "Aster 2")`.

        Raises `AmbiguousError` where it could be several, `UnknownError` where it is none.
        """
        name = as_name(name)
        return name if section in SECTIONS and self.store.has(section, name) else self.names(section).find(name)

    def model(self, name: str) -> Model:
        """Return the model that a name, alias or near spelling means.

        >>> catalog.model("aster two").name
        'Aster 2'
        """
        return self.models[self.find("models", name)]

    def benchmark(self, name: str) -> Benchmark:
        """Return the benchmark that a name, alias, variant or near spelling means."""
        return self.benchmarks[self.find("benchmarks", name)]

    # Provenance

    def origin(self, key: str, kind: str | None = None) -> Origin:
        """Return the file and line where a record was written, and what it overrides.

        Where several kinds have the id, `kind` chooses: `models`, `competitors` ... Raises `UnknownError`.
        """
        for section in (kind,) if kind else ("models", "benchmarks", "sources", *SECTIONS):
            origin = self.store.origins[self.section(section).section].get(key)
            if origin is not None:
                return origin
        known = (other for section in SECTIONS if kind in (None, section) for other in self.store.ids(section))
        among = f" among {kind}" if kind else ""
        raise UnknownError(f"no record {str(key)[:80]!r}{among}{did_you_mean(str(key), known)}")

    def cite(self, key: str, field: str, kind: str = "models") -> Citations:
        """Return who says what about one field of a record: the chosen claim first, then every other.

        A field inside a mapping is named with a point: `layers.attention`. Raises `UnknownError` for a record or
        a field that is not there.

        >>> cited = catalog.cite("aster-2", "active_params")
        >>> [(c.value, c.source) for c in cited][0]
        ('12.7B', 'aster-report')
        """
        found = self.find(kind, key)
        facts = dict(facts_of(self.section(kind)[found]))
        if field not in facts:
            known = list(SECTIONS[kind].model_fields)
            if field in known and not getattr(self.section(kind)[found], field):
                raise UnknownError(f"{found!r} reports no {field!r}: nothing to cite")
            hint = did_you_mean(str(field), facts) or f"; cited here are {one_of(facts, 60)}"
            what = "is no cited field" if field in known else "is no field"
            raise UnknownError(f"{str(field)[:80]!r} {what}{hint}")
        claims = facts[field].claims
        return Citations(
            self,
            found,
            field,
            tuple(citation(self, claim, place == 0) for place, claim in enumerate(claims)),
        )

    @cached_property
    def developers(self) -> frozenset[str]:
        """Ids of the organizations that develop a model in the catalogue."""
        return frozenset(self.store.fields("models", key)["developer"] for key in self.store.ids("models"))

    def evidence(self, result: Result) -> Evidence:
        """Return who stands behind a result: `independent`, `first_party`, `rival` or `secondary`."""
        return evidence_of(result, self.sources[result.source], self.models[result.model], self.developers)

    def measurer(self, result: Result) -> str | None:
        """Return the id of the organization that ran the test, where that is known."""
        return measurer_of(result, self.sources[result.source])

    @cached_property
    def contributions(self) -> Mapping[str, Contribution]:
        """What each source contributed, by its id."""
        results: dict[str, int] = defaultdict(int)
        claims: dict[str, int] = defaultdict(int)
        for result in self.results:
            results[result.source] += 1
        for section in SECTIONS:
            for key in self.store.ids(section):
                for source in _sources_within(plain(self.store.record(section, key))):
                    claims[source] += 1
        return FrozenDict((key, Contribution(results[key], claims[key])) for key in self.sources)

    @cached_property
    def as_of(self) -> date | None:
        """The last day on which a document was published or read, from which age is counted; `None` where none says.

        It hangs on the data, not on today: the same data give the same answer.
        """
        known = (day for source in self.sources.values() for day in (source.accessed, source.published))
        return max((day.earliest for day in known if day is not None), default=None)

    def is_old(self, day: PartialDate) -> bool:
        """Return whether a day lies more than a year before `as_of`."""
        return self.as_of is not None and day.latest < self.as_of - AGES_AFTER

    def conflicts(self, model: str | None = None, *, kind: str | None = None, explained: bool = False) -> Conflicts:
        """Return where sources disagree, claim by claim: in facts, in results, and in what curators noted.

        `model` keeps those about one model, `kind` those of one kind, as "note against primary". A difference that a
        stated setting explains is no conflict; with `explained` those are listed too, with the setting.

        Raises `UnknownError` for a model or a kind that there is not.
        """
        from stackcompare.catalog.conflicts import Conflicts, find_conflicts

        key = None if model is None else self.find("models", model)
        return Conflicts(self, tuple(find_conflicts(self, key, kind, explained=explained)))

    # Results

    def results_of(self, model: str, benchmark: str | None = None) -> list[Result]:
        """Return the results of one model, perhaps on one benchmark, by their ids."""
        held = self.store.results_of(model)
        return held if benchmark is None else [result for result in held if result.benchmark == benchmark]

    def benchmarks_of(self, model: str) -> list[str]:
        """Return the ids of the benchmarks that a model was measured on, in order."""
        return sorted({result.benchmark for result in self.store.results_of(model)})

    @cached_property
    def facet_names(self) -> frozenset[str]:
        """Names of the facets that some benchmark declares."""
        keys = self.store.ids("benchmarks")
        return frozenset(facet for key in keys for facet in self.store.fields("benchmarks", key).get("facets", ()))

    # Questions; their answers live in `analysis`, which is imported when first asked.

    def compare(self, *models: str, baseline: str | None = None, benchmarks: Iterable[str] | None = None) -> Comparison:
        """Return the comparison of two or more models; see `analysis.compare`."""
        from stackcompare.analysis.comparison import compare

        return compare(self, *models, baseline=baseline, benchmarks=benchmarks)

    def compare_competitors(self, *competitors: str) -> Offering:
        """Return the comparison of vendors' offerings; see `analysis.compare_competitors`."""
        from stackcompare.analysis.offering import compare_competitors

        return compare_competitors(self, *competitors)

    def serving(self, model: str, *, stacks: Iterable[str] | None = None) -> Serving:
        """Return how a model is said to be served, setting by setting; see `analysis.serving`."""
        from stackcompare.analysis.serving import serving

        return serving(self, model, stacks=stacks)

    def grid(self) -> Grid:
        """Return how many results each model has on each benchmark; see `analysis.grid`."""
        from stackcompare.analysis.coverage import grid

        return grid(self)

    def curation(self) -> Curation:
        """Return what a curator would look at next; see `analysis.curate`."""
        from stackcompare.analysis.curation import curate

        return curate(self)

    def coverage(self, *models: str) -> Coverage:
        """Return for how many benchmark settings each pair of models can be compared; see `analysis.coverage`."""
        from stackcompare.analysis.coverage import coverage

        return coverage(self, *models)

    def ranking(self, benchmark: str, **choices: Any) -> Ranking:
        """Return one score for each model on one setting of a benchmark, the best first; see `analysis.ranking`."""
        from stackcompare.analysis.ranking import ranking

        return ranking(self, benchmark, **choices)

    def frontier(self, benchmark: str, *, cost: str = "active_params", **choices: Any) -> Frontier:
        """Return who is as good for as little on a benchmark, surely or maybe; see `analysis.frontier`."""
        from stackcompare.analysis.frontier import frontier

        return frontier(self, benchmark, cost=cost, **choices)

    def timeline(self, benchmark: str, **choices: Any) -> Timeline:
        """Return how the best score of a benchmark moved with releases; see `analysis.timeline`."""
        from stackcompare.analysis.timeline import timeline

        return timeline(self, benchmark, **choices)

    def chart_frontier(self, benchmark: str, *, cost: str = "active_params", **choices: Any) -> Any:
        """Return the chart of `frontier`: score against cost, with who dominates whom."""
        return self.frontier(benchmark, cost=cost, **choices).chart()


def load(paths: StrPath | Iterable[StrPath] | None = None, *, extend: StrPath | Iterable[StrPath] = ()) -> Catalog:
    """Return a catalogue: the bundled one, or that of the files and folders in `paths`.

    `extend` lays further files over it: private models, results and sources. A record of theirs replaces one
    below only where it says `override: true`; `Catalog.origin` then shows both.
    Raises `DataError` with every problem found, each with file, line and column.

    >>> import stackcompare as sc
    >>> catalog = sc.load()
    >>> len(catalog.models) > 60
    True
    """
    if paths is not None and not (paths := as_paths(paths)):
        raise SelectionError("no paths given; leave `paths` out for the bundled data")
    store = bundled_store() if paths is None else read_store(paths)
    more = as_paths(extend)
    return Catalog(read_store(more, base=store) if more else store)


def _sources_within(value: Any) -> Iterable[str]:
    """Yield the source of every claim inside the plain values of a record."""
    if isinstance(value, Mapping):
        if isinstance(source := value.get("source"), str):
            yield source
        for inner in value.values():
            yield from _sources_within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sources_within(inner)
