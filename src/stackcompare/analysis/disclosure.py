"""What vendors' own documents say of their models, taken whole: where they are ahead, and where they are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stackcompare.analysis.alike import rules_of
from stackcompare.analysis.comparison import Comparison
from stackcompare.analysis.contestants import contestant
from stackcompare.analysis.winners import Verdict, winners
from stackcompare.shown import Entry, Listing, Rows, pairs

if TYPE_CHECKING:
    from stackcompare.analysis.scores import Score
    from stackcompare.catalog import Catalog


@dataclass(frozen=True)
class Disclosure(Entry):
    """One document of a vendor, decided by itself over every model that it scores."""

    source: str
    """Id of the document."""
    ahead: tuple[Verdict, ...]
    """Where one of the vendor's models is ahead, or level with whoever is."""
    behind: tuple[Verdict, ...]
    """Where none is, or nobody can tell: benchmarks that an announcement has no reason to mention."""

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield one row a setting."""
        for place, verdicts in (("behind", self.behind), ("ahead", self.ahead)):
            for v in verdicts:
                yield {
                    "source": self.source, "place": place, "benchmark": v.benchmark, "facets": pairs(v.facets),
                    "outcome": v.outcome, "leaders": ", ".join(v.leaders) or None,
                    "best_score": v.scores[0].text,
                }  # fmt: skip


class Disclosures(Listing[Disclosure]):
    """The documents of vendors that score their models beside others', the most settings first."""

    def __init__(self, catalog: Catalog, disclosures: tuple[Disclosure, ...], excerpts: tuple[str, ...] = ()) -> None:
        super().__init__(disclosures)
        self.catalog = catalog
        self.excerpts = excerpts
        """Ids of the documents that are not decided, for only some of their scores are kept here."""

    def best_own(self, disclosure: Disclosure, verdict: Verdict) -> Score:
        """Return the best score of the models whose maker published the document."""
        vendor = self.catalog.sources[disclosure.source].publisher
        return next(score for score in verdict.scores if self.catalog.models[score.model].developer == vendor)

    def rows(self) -> Rows:
        """Return one row a setting in which the vendor's models are not ahead."""
        columns = ["source", "benchmark", "facets", "outcome", "leaders", "own_model", "own_score", "best_score"]
        rows = []
        for held in self:
            for v in held.behind:
                mine = self.best_own(held, v)
                leaders = ", ".join(v.leaders) or None
                rows.append([
                    held.source, v.benchmark, pairs(v.facets), v.outcome, leaders, mine.model, mine.text,
                    v.scores[0].text,
                ])  # fmt: skip
        return columns, rows


def disclosures(catalog: Catalog, models: Iterable[str], **rules: Any) -> Disclosures:
    """Return what the makers of `models` say in documents of their own that score one of them beside others' models.

    A document decides by itself, over every model in it, by the rules of `winners`; of `sources` only those count. A
    setting counts as ahead where any model of the document's publisher leads or is level. An excerpt is not decided:
    the scores that it is published for may be missing.

    Raises what `winners` raises for rules.

    >>> [(held.source, len(held.ahead), len(held.behind)) for held in disclosures(catalog, ["aster-2"])]
    [('aster-card', 0, 2)]
    """
    own = dict.fromkeys(models)
    only = rules_of(catalog, **rules).sources
    documents: dict[str, set[str]] = {}
    for key in own:
        for result in catalog.results_of(key):
            if catalog.sources[result.source].publisher == catalog.models[key].developer:
                documents.setdefault(result.source, set()).add(result.benchmark)
    scored: dict[str, set[str]] = {source: set() for source in documents if only is None or source in only}
    for result in catalog.results:
        if result.source in scored and result.benchmark in documents[result.source]:
            scored[result.source].add(result.model)
    found = (
        _disclosure(catalog, source, own, _compared(catalog, held, documents[source]), rules)
        for source, held in scored.items()
        if any(catalog.models[key].developer != catalog.sources[source].publisher for key in held)
    )
    kept = [held for held in found if held.ahead or held.behind]
    kept.sort(key=lambda held: (-len(held.ahead) - len(held.behind), held.source))
    whole = tuple(held for held in kept if not catalog.sources[held.source].excerpt)
    excerpts = tuple(held.source for held in kept if catalog.sources[held.source].excerpt)
    return Disclosures(catalog, whole, excerpts)


def _compared(catalog: Catalog, models: Iterable[str], benchmarks: Iterable[str]) -> Comparison:
    contestants = tuple(contestant(catalog, key) for key in sorted(models))
    return Comparison(catalog, contestants, contestants[0], {key: {} for key in sorted(benchmarks)})


def _disclosure(
    catalog: Catalog, source: str, own: Iterable[str], comparison: Comparison, rules: dict[str, Any]
) -> Disclosure:
    """Sort the settings in which a document scores one of `own` beside another maker's model."""
    vendor = catalog.sources[source].publisher
    theirs = {each.model for each in comparison.contestants if catalog.models[each.model].developer == vendor}
    asked = theirs.intersection(own)
    ahead: list[Verdict] = []
    behind: list[Verdict] = []
    for verdict in winners(comparison, **{**rules, "sources": [source]}).contested:
        scored = {score.model for score in verdict.scores}
        if scored & asked and scored - theirs:
            (ahead if theirs.intersection(verdict.leaders) else behind).append(verdict)
    return Disclosure(source, tuple(ahead), tuple(behind))
