"""Which scores a verdict stands on: one table, one document, one measurer, or a pool; one configuration a model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from stackcompare.analysis.contestants import Contestant
from stackcompare.analysis.scores import Score, by_contestant
from stackcompare.catalog.evidence import Evidence
from stackcompare.catalog.facets import signature
from stackcompare.records import Benchmark, Settings

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog

BasisKind = Literal["one table", "one document", "one measurer", "pooled"]
"""What the scores of a verdict have in common, the strongest first."""
_LEVELS: Final[dict[BasisKind, int]] = {"one table": 0, "one document": 1, "one measurer": 2, "pooled": 3}


Rank = tuple[bool, int, list[int], int, int, list[tuple[str, str]]]
"""What is preferred comes first: measurements, the stronger kind, better evidence, less unsaid, the newer."""


class Basis(NamedTuple):
    """Where the scores of a verdict come from."""

    kind: BasisKind
    """What they have in common."""
    sources: tuple[str, ...]
    """Ids of the documents."""


class Choice(NamedTuple):
    """One score a model."""

    scores: list[Score]
    """The scores, one for each model that has any."""
    remarks: list[str]
    """What to say of the configurations that were chosen among."""


class Chooser:
    """Chooses the scores of one benchmark that a verdict stands on."""

    def __init__(
        self, catalog: Catalog, benchmark: Benchmark, contestants: Iterable[Contestant], prefer: Sequence[Evidence]
    ) -> None:
        self.catalog = catalog
        self.benchmark = benchmark
        self.contestants = {contestant.label: contestant for contestant in contestants}
        self.prefer = prefer

    def best(self, scores: Sequence[Score]) -> tuple[Basis, Choice]:
        """Return the basis that counts, and the score of each model on it.

        In this order: one table with all compared models, one document, one measurer, a pool. What only quotes stands
        behind everything else. Within a kind: better evidence, less unsaid, the newer.
        """
        compared = {score.model for score in scores}
        candidates: list[tuple[Rank, BasisKind, Choice]] = []
        for kind, part in [*self._parts(scores), *self._by_measurer(scores), ("pooled", list(scores))]:
            if {score.model for score in part} == compared:
                choice = self.alone(part) if kind in ("one table", "one document") else self._pool(part)
                candidates.append((self._rank(choice.scores, _LEVELS[kind]), kind, choice))
        _, kind, choice = min(candidates, key=lambda candidate: candidate[0])
        return Basis(kind, tuple(sorted({score.result.source for score in choice.scores}))), choice

    def alone(self, scores: Iterable[Score]) -> Choice:
        """Return one score a model, each chosen for itself.

        The best evidence counts, and of it what leaves least unsaid; of one configuration, the newest score; of several
        configurations, the model's default where its record names one and it was measured, else the strongest.
        """
        chosen, remarks = [], []
        for label, mine in sorted(by_contestant(scores).items()):
            best = min(self._worth(score) for score in mine)
            worthy = [score for score in mine if self._worth(score) == best]
            newest: dict[object, Score] = {}
            for score in sorted(worthy, key=lambda score: (-self._day(score).toordinal(), _told(score))):
                newest.setdefault(score.result.settings.said, score)
            score, remark = self._configuration(self.contestants[label], list(newest.values()))
            chosen.append(score)
            remarks += [remark] if remark else []
        return Choice(chosen, remarks)

    def _pool(self, scores: Sequence[Score]) -> Choice:
        """Return one score a model from as few documents as will do: like with like first, then each for itself.

        A quotation is taken only for a model that nobody measured.
        """
        chosen: list[Score] = []
        remarks: list[str] = []
        remaining = {score.model for score in scores}
        while remaining:
            left = [score for score in scores if score.model in remaining]
            left = [score for score in left if not self._quotes([score])] or left
            shared = [(kind, self.alone(part)) for kind, part in self._parts(left) if len(by_contestant(part)) > 1]
            choice = min(shared, key=self._order_in_pool)[1] if shared else self.alone(left)
            chosen += choice.scores
            remarks += choice.remarks
            remaining -= {score.model for score in choice.scores}
        return Choice(chosen, remarks)

    def _parts(self, scores: Iterable[Score]) -> list[tuple[BasisKind, list[Score]]]:
        tables: dict[tuple[str, str], list[Score]] = defaultdict(list)
        documents: dict[str, list[Score]] = defaultdict(list)
        for score in scores:
            documents[score.result.source].append(score)
            if score.result.table is not None:
                tables[score.result.source, score.result.table].append(score)
        found: list[tuple[BasisKind, list[Score]]] = [("one table", part) for part in tables.values()]
        return found + [("one document", part) for part in documents.values()]

    def _by_measurer(self, scores: Iterable[Score]) -> list[tuple[BasisKind, list[Score]]]:
        measurers: dict[str, list[Score]] = defaultdict(list)
        for score in scores:
            if (measurer := self.catalog.measurer(score.result)) is not None:
                measurers[measurer].append(score)
        return [("one measurer", part) for part in measurers.values()]

    # Order

    def _order_in_pool(self, part: tuple[BasisKind, Choice]) -> tuple[bool, int, Rank]:
        kind, choice = part
        return self._quotes(choice.scores), -len(choice.scores), self._rank(choice.scores, _LEVELS[kind])

    def _quotes(self, scores: Iterable[Score]) -> bool:
        """Return whether scores are nothing but quotations, which come last unless a caller prefers them."""
        return self.prefer[-1] == "secondary" and all(score.evidence == "secondary" for score in scores)

    def _rank(self, scores: Sequence[Score], level: int) -> Rank:
        evidence = sorted((self.prefer.index(score.evidence) for score in scores), reverse=True)
        unsaid = sum(signature(self.benchmark, score.result).count(None) for score in scores)
        oldest = min(self._day(score).toordinal() for score in scores)
        names = sorted((score.result.source, score.result.table or "") for score in scores)
        return (self._quotes(scores), level, evidence, unsaid, -oldest, names)

    def _worth(self, score: Score) -> tuple[int, int]:
        return self.prefer.index(score.evidence), signature(self.benchmark, score.result).count(None)

    def _day(self, score: Score) -> date:
        """Return the day from which a score is surely known: that of the measurement, else of the document."""
        known = score.result.date or self.catalog.sources[score.result.source].published
        return known.earliest if known else date.min

    # Configuration

    def _configuration(self, contestant: Contestant, scores: Sequence[Score]) -> tuple[Score, str | None]:
        """Return the score of one model that counts, and what to say of the choice where there was one."""
        default = self.catalog.models[contestant.model].default_settings
        chosen, how = list(scores), "the strongest"
        remark = None
        if default is not None and not contestant.settings:
            fits = [_fit(score.result.settings, default) for score in scores]
            if max(fits) > 0:
                chosen = [score for score, fit in zip(scores, fits, strict=True) if fit == max(fits)]
                how = "the default configuration"
            elif max(fits) < 0:
                remark = f"{contestant.label}: not measured here in the default configuration of its record"
        score = min(chosen, key=lambda each: (self._weakness(each), _told(each)))
        if len(scores) < 2:
            return score, remark
        said = [each.result.settings.items() for each in scores]
        differing = sorted(
            name for name in {name for each in said for name in each} if len({each.get(name) for each in said}) > 1
        )
        taken = ", ".join(f"{name}={score.result.settings.get(name) or 'unsaid'}" for name in differing)
        return score, f"{contestant.label}: {how} of {len(scores)} configurations is taken ({taken})"

    def _weakness(self, score: Score) -> tuple[float, float]:
        interval = score.interval if self.benchmark.better == "higher" else score.interval.mirrored()
        return (-interval.low if interval.low > -inf else inf, -interval.high)


def _fit(settings: Settings, default: Settings) -> int:
    """Return how many settings equal the default's, or -1 where one is said to differ."""
    wanted = default.items()
    if any(settings.get(name) not in (None, value) for name, value in wanted.items()):
        return -1
    return sum(settings.get(name) == value for name, value in wanted.items())


def _told(score: Score) -> tuple[str, ...]:
    """Return a key that orders equal scores the same way whatever the order of files and arguments."""
    result = score.result
    return (str(result.settings.said), result.source, result.table or "", result.locator or "", result.score.text)
