"""Everything the catalogue can say about a subject, against whom it is compared: what a report is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from stackcompare.analysis.alike import rules_of
from stackcompare.analysis.comparison import Comparison
from stackcompare.analysis.contestants import contestant
from stackcompare.analysis.disclosure import Disclosures, disclosures
from stackcompare.analysis.matchups import Matchup, Matchups, Shared
from stackcompare.analysis.offering import Offering
from stackcompare.analysis.pricing import PriceRatio, price_ratio
from stackcompare.analysis.serving import Serving, serving
from stackcompare.analysis.sides import MOST_MODELS, Pairing, Side, model_of, refuse_twice, sides_of
from stackcompare.analysis.winners import Verdicts
from stackcompare.errors import SelectionError
from stackcompare.shown import Rows, Shown

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog, Conflicts
    from stackcompare.records import Brief, Price


class Report(Shown):
    """A subject against its rivals: everything that the catalogue holds about it, section by section.

    Made by `report()`. It is computed when it is first looked at.
    """

    def __init__(
        self, catalog: Catalog, subject: tuple[Side, ...], rivals: tuple[Side, ...],
        rules: Mapping[str, Any], charts: bool | None = None, pairing: Pairing | None = None,
    ) -> None:  # fmt: skip
        self.catalog = catalog
        self.subject = subject
        """What the report is about: one vendor, or one model or several."""
        self.rivals = rivals
        """Against whom."""
        self.rules = dict(rules)
        """What the verdicts are decided by: the arguments of `winners`."""
        self.charts = charts
        """Whether the page has charts; `None` for where the extra that draws them is installed."""
        self.pairing = pairing or Pairing(catalog)
        """Which models meet, and why."""

    @property
    def title(self) -> str:
        """Name of the subject."""
        return ", ".join(side.name for side in self.subject)

    # Who

    @cached_property
    def competitors(self) -> tuple[str, ...]:
        """Ids of the vendors on both sides, the subject's first."""
        sides = (*self.subject, *self.rivals)
        return tuple(dict.fromkeys(side.competitor for side in sides if side.competitor is not None))

    @cached_property
    def line_up(self) -> tuple[str, ...]:
        """Ids of the models on both sides, the subject's first."""
        labels = [label for side in (*self.subject, *self.rivals) for label in side.models]
        return tuple(dict.fromkeys(model_of(label) for label in (*labels, *self._met)))

    @cached_property
    def own_models(self) -> tuple[str, ...]:
        """Ids of the subject's models that are compared one by one."""
        met = dict.fromkeys(model_of(held.subject) for held in self.matchups)
        return tuple(met) or tuple(model_of(label) for side in self.subject for label in side.models)[:MOST_MODELS]

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """Ids of the models that are compared one by one, and the foremost of each side."""
        foremost = [side.models[0] for side in (*self.subject, *self.rivals) if side.models]
        return tuple(dict.fromkeys(model_of(label) for label in (*self._met, *foremost)))

    @property
    def _met(self) -> list[str]:
        """The labels of the models that are compared one by one, pair by pair."""
        return [label for held in self.matchups for label in (held.subject, held.rival)]

    # Head to head

    @cached_property
    def matchups(self) -> Matchups:
        """The subject's models head to head with those of its rivals.

        Of a vendor, the models that stand most often in one table with the other side's.
        """
        pairs: dict[tuple[str, str], Shared] = {}
        for side in self.subject:
            for label in self.pairing.worth_comparing(side, self.rivals):
                for rival in self.rivals:
                    pairs.update({(label, other): shared for other, shared in self.pairing.opponents(label, rival)})
        return Matchups(self.catalog, tuple(self._matchup(*pair, shared) for pair, shared in pairs.items()))

    def _matchup(self, subject: str, rival: str, shared: Shared) -> Matchup:
        benchmarks = self.pairing.common.benchmarks(model_of(subject), model_of(rival))
        comparison = self._compared((subject, rival), benchmarks)
        return Matchup(subject, rival, shared, comparison, comparison.winners())

    def _compared(self, labels: Iterable[str], benchmarks: Iterable[str]) -> Comparison:
        chosen = tuple(contestant(self.catalog, label) for label in labels)
        return Comparison(self.catalog, chosen, chosen[0], {key: {} for key in benchmarks}, self.rules)

    @cached_property
    def duels(self) -> Matchups:
        """The matchups that are shown setting by setting: for each side and rival, the pair most often in one table.

        Where both are models by name, that is every pair.
        """
        chosen: dict[tuple[str, str], Matchup] = {}
        for rival in self.rivals:
            for side in self.subject:
                held = [m for m in self.matchups if self._belongs(m.subject, side) and self._belongs(m.rival, rival)]
                met = [m for m in held if m.tally.settings]
                if met:
                    duel = max(met, key=lambda m: (m.shared, m.tally.settings))
                    chosen[duel.subject, duel.rival] = duel
        return Matchups(self.catalog, tuple(chosen.values()))

    @cached_property
    def duel_comparison(self) -> Comparison | None:
        """The models of the duels side by side, on every benchmark; `None` where there is no duel."""
        labels = dict.fromkeys(label for held in self.duels for label in (held.subject, held.rival))
        return self._side_by_side(labels) if labels else None

    @cached_property
    def comparison(self) -> Comparison | None:
        """Every model that is compared one by one; `None` where none is.

        The baseline is the subject's foremost whose active parameters are known, else whose total ones, else the first.
        """
        own = list(dict.fromkeys(held.subject for held in self.matchups))
        if not own:
            return None
        made = self._side_by_side(dict.fromkeys((*own, *(held.rival for held in self.matchups))))
        models = self.catalog.models
        sizes = [(models[model_of(label)].active_params, models[model_of(label)].total_params) for label in own]
        place = max(range(len(own)), key=lambda at: tuple(fact is not None for fact in sizes[at]))
        return Comparison(self.catalog, made.contestants, made.contestants[place], made.benchmarks, self.rules)

    def _side_by_side(self, labels: Iterable[str]) -> Comparison:
        held = list(labels)
        return self._compared(
            held, sorted({key for each in held for key in self.catalog.benchmarks_of(model_of(each))})
        )

    @cached_property
    def price_ratios(self) -> tuple[PriceRatio, ...]:
        """What the rival of each duel asks for tokens, as a multiple of what the subject's model costs."""
        pairs = dict.fromkeys((model_of(held.rival), model_of(held.subject)) for held in self.duels)
        found = (
            price_ratio(self.catalog, *pair, field)
            for pair in pairs
            for field in ("input_usd", "output_usd")
            if pair[0] != pair[1]
        )
        return tuple(ratio for ratio in found if ratio is not None)

    @cached_property
    def ruling(self) -> Verdicts | None:
        """Verdicts on nothing, which say by what rules all others are reached; `None` where there is no model."""
        return self._compared(self.compared[:1], ()).winners() if self.compared else None

    @cached_property
    def uncontested(self) -> int:
        """Number of settings in which one of the subject's models was measured and none of those that it meets."""
        found: set[tuple[str, str]] = set()
        for label in dict.fromkeys(held.subject for held in self.matchups):
            met: dict[str, list[Mapping[str, str]]] = {}
            for verdict in (v for held in self.matchups if held.subject == label for v in held.verdicts.contested):
                met.setdefault(verdict.benchmark, []).append(verdict.facets)
            found |= {
                (verdict.benchmark, str(verdict.facets))
                for verdict in self._compared((label,), self.catalog.benchmarks_of(model_of(label))).winners()
                if verdict.scores
                and not any(_may_be_one(verdict.facets, facets) for facets in met.get(verdict.benchmark, ()))
            }
        return len(found)

    @property
    def unmet(self) -> tuple[Side, ...]:
        """The rivals none of whose models has a score in one setting with a model of the subject that is compared."""
        return tuple(side for side in self.rivals if not any(self._belongs(held.rival, side) for held in self.duels))

    def _belongs(self, label: str, side: Side) -> bool:
        made_by = self.catalog.models[model_of(label)].developer
        return label in side.models or (side.whole and made_by == side.competitor)

    @property
    def newer(self) -> tuple[str, ...]:
        """Ids of foremost models that are surely newer than every model of their vendor in a duel, and in none."""
        shown = [model_of(label) for held in self.duels for label in (held.subject, held.rival)]
        models = self.catalog.models
        found: list[str] = []
        for side in (*self.subject, *self.rivals):
            days = [models[key].released for key in shown if self._belongs(key, side)]
            known = [day.value for day in days if day is not None]
            if not side.whole or not days or len(known) < len(days):
                continue
            for key in side.models:
                day = models[key].released
                if day is not None and key not in shown and all(other.before(day.value) for other in known):
                    found.append(key)
        return tuple(found)

    # What else is known

    @cached_property
    def offering(self) -> Offering | None:
        """The vendors side by side; `None` where the catalogue knows none of them as a competitor."""
        return Offering(self.catalog, self.competitors) if self.competitors else None

    @cached_property
    def disclosures(self) -> Disclosures:
        """What the makers of the subject's models say of them in documents of their own."""
        return disclosures(self.catalog, self.own_models, **self.rules)

    @cached_property
    def servings(self) -> tuple[Serving, ...]:
        """How the subject's models are said to be served: those that a guide covers."""
        covered = {self.catalog.serving_guides[key].model for key in self.catalog.serving_guides}
        return tuple(serving(self.catalog, key) for key in self.own_models if key in covered)

    @cached_property
    def licenses(self) -> dict[str, list[str]]:
        """Ids of the licenses of the models compared, each with those that come under it."""
        found: dict[str, list[str]] = {}
        for key in self.compared:
            license_ = self.catalog.models[key].license
            if license_ is not None:
                found.setdefault(license_.value, []).append(key)
        return found

    @cached_property
    def prices(self) -> dict[str, Price]:
        """The prices of the models compared, by id: their ordinary plans."""
        prices = self.catalog.prices.items()
        return {key: price for key, price in prices if price.model in self.compared and price.plan is None}

    @cached_property
    def briefs(self) -> tuple[Brief, ...]:
        """What has been argued about the subject as a vendor."""
        vendors = dict.fromkeys(side.competitor for side in self.subject if side.whole)
        briefs = self.catalog.briefs.values()
        return tuple(brief for vendor in vendors for brief in briefs if brief.subject == vendor)

    @cached_property
    def conflicts(self) -> Conflicts:
        """Where sources disagree about the subject: about its models, and about itself as a vendor."""
        from stackcompare.catalog import Conflicts
        from stackcompare.catalog.conflicts import in_order, noted

        named = (model_of(label) for side in self.subject for label in side.models)
        found = [
            conflict for key in dict.fromkeys((*self.own_models, *named)) for conflict in self.catalog.conflicts(key)
        ]
        vendors = dict.fromkeys(side.competitor for side in self.subject if side.competitor is not None and side.whole)
        found += [conflict for vendor in vendors for conflict in noted(self.catalog, vendor)]
        once = {(c.subject, c.field, c.benchmark, str(c.claims)): c for c in found}
        return Conflicts(self.catalog, tuple(sorted(once.values(), key=in_order)))

    # How it shows itself

    def __repr__(self) -> str:
        """Return whom it is about, and how to see it: the whole is pages long."""
        from stackcompare.render import inline

        against = inline(", ".join(side.name for side in self.rivals)) or "nobody"
        return f"<Report: {inline(self.title)} against {against}; save('report.html'), to_text() or to_json() show it>"

    def rows(self) -> Rows:
        """Return the rows of the matchups: one a pair of models, with its tally."""
        return self.matchups.rows()

    def to_page(self) -> str:
        """Return the report as one page of HTML that needs nothing else: no script to read it, nothing fetched.

        Raises `SelectionError` where charts are asked for and the extra that draws them is not installed.
        """
        from stackcompare.render import report_page

        return report_page(self)

    def to_html(self) -> str:
        """Return the page in a frame, as a notebook's cell shows it without either touching the other's style."""
        from stackcompare.render import framed

        return framed(self.title, self.to_page())

    def to_markdown(self) -> str:
        """Return the report as Markdown."""
        from stackcompare.render import report_markdown

        return report_markdown(self)

    def to_text(self, width: int = 100) -> str:
        """Return the report as plain text of at most `width` columns."""
        from stackcompare.render import report_text

        return report_text(self, width=width)

    def _repr_html_(self) -> str:
        """Return the whole report, in a place of its own."""
        return self.to_html()

    def __rich__(self) -> Any:
        """Return what `rich` draws: section by section."""
        from stackcompare.render import report_rich

        return report_rich(self)


def report(
    catalog: Catalog,
    subject: str | Iterable[str],
    *,
    versus: str | Iterable[str] | None = None,
    charts: bool | None = None,
    **rules: Any,
) -> Report:
    """Return a report about a vendor, or about a model or several, against its rivals.

    Names are ids, aliases or near spellings of competitors, else of models. Without `versus` the rivals are the vendors
    that the catalogue judges the subject against, then those whose models stand most often in one table with its own;
    six at most. With an empty list there are none. `charts` draws charts into the page, or none; by itself it does
    where the extra is installed. `rules` are those of `winners`.

    Raises `SelectionError` where no name is given, or one twice; `UnknownError` or `AmbiguousError` for names; what
    `winners` raises for rules.

    >>> made = report(catalog, "Aster 2")
    >>> [(m.subject, m.rival, m.tally.leads, m.tally.trails) for m in made.matchups]
    [('aster-2', 'borealis-1', 0, 2)]
    >>> made.to_markdown().splitlines()[0]
    '# Aster 2 against Borealis 1'
    """
    sides = sides_of(catalog, subject)
    if not sides:
        raise SelectionError("name whom the report is about: a competitor, or a model or several")
    pairing = Pairing(catalog)
    rivals = pairing.usual_rivals(sides) if versus is None else sides_of(catalog, versus)
    if isinstance(versus, str) and not rivals:
        raise SelectionError(
            "no rivals are given; leave `versus` out for the usual ones, or give an empty list for none"
        )
    refuse_twice(catalog, (*sides, *rivals))
    rules = {name: tuple(held) if isinstance(held, Iterator) else held for name, held in rules.items()}
    rules_of(catalog, **rules)  # a rule that is none is refused now, not when the report is drawn
    return Report(catalog, sides, rivals, rules, charts, pairing)


def _may_be_one(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Return whether two settings of a benchmark say nothing that differs."""
    return all(other.get(name, value) == value for name, value in one.items())
