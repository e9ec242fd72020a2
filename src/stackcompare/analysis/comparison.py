"""Two or more models side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from stackcompare.analysis.contestants import Contestant, contestant, contestants
from stackcompare.analysis.cost import CostRatios, cost_ratios
from stackcompare.analysis.winners import Verdicts, winners
from stackcompare.catalog.names import as_names
from stackcompare.errors import SelectionError, one_of
from stackcompare.shown import Charted, Rows

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog


class Comparison(Charted):
    """Models compared on the benchmarks they were measured on, and on what they cost."""

    def __init__(
        self,
        catalog: Catalog,
        contestants: tuple[Contestant, ...],
        baseline: Contestant,
        benchmarks: Mapping[str, Mapping[str, str]],
        rules: Mapping[str, Any] | None = None,
    ) -> None:
        self.catalog = catalog
        self.contestants = contestants
        """The models, in the order given."""
        self.baseline = baseline
        """The model that costs are a multiple of."""
        self.benchmarks = benchmarks
        """Ids of the benchmarks, each with the settings that a variant's name fixes."""
        self.rules = dict(rules or {})
        """What `winners()` takes when it is called without arguments, and the table is drawn with."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the models, in the order given."""
        return tuple(each.label for each in self.contestants)

    def ruled_by(self, **rules: Any) -> Comparison:
        """Return the same comparison, decided by these rules wherever none are given; they are those of `winners`."""
        return Comparison(self.catalog, self.contestants, self.baseline, self.benchmarks, rules)

    def winners(self, **rules: Any) -> Verdicts:
        """Return one verdict for each benchmark and combination of facets.

        The rules are those of `winners`: `strict`, `prefer`, `sources`, `slack`, `confidence`.
        """
        return winners(self, **(self.rules | rules))

    def cost_ratios(self, measure: str = "active_params") -> CostRatios:
        """Return each model's cost measure as a multiple of the baseline's; see `cost_ratios`."""
        return cost_ratios(self, measure=measure)

    def rows(self) -> Rows:
        """Return the rows of the verdicts, one a score."""
        return self.winners().rows()


def compare(
    catalog: Catalog, *models: str, baseline: str | None = None, benchmarks: Iterable[str] | None = None
) -> Comparison:
    """Return the comparison of two or more models.

    A model is named by id, alias or near spelling, perhaps with a configuration: `aster-2[reasoning=low]`. The
    baseline is the first unless another of them is named. `benchmarks` keeps some; a variant such as `quiz-hard`
    keeps that setting of its benchmark.

    Raises `SelectionError` for fewer than two models, a model against itself, a baseline that is not among them and an
    empty selection; `UnknownError` or `AmbiguousError` for names.
    """
    chosen = contestants(catalog, models)
    base = chosen[0] if baseline is None else _baseline(catalog, chosen, baseline)
    return Comparison(catalog, chosen, base, _benchmarks(catalog, chosen, benchmarks))


def _baseline(catalog: Catalog, chosen: tuple[Contestant, ...], name: str) -> Contestant:
    wanted = contestant(catalog, name)
    for each in chosen:
        if each.label == wanted.label:
            return each
    same = [each for each in chosen if each.model == wanted.model]
    if len(same) == 1 and not wanted.settings:
        return same[0]
    raise SelectionError(
        f"the baseline {wanted.label!r} is not among the models; it is one of {one_of(each.label for each in chosen)}"
    )


def _benchmarks(
    catalog: Catalog, chosen: tuple[Contestant, ...], names: Iterable[str] | None
) -> dict[str, Mapping[str, str]]:
    if names is None:
        return {key: {} for key in sorted({key for each in chosen for key in catalog.benchmarks_of(each.model)})}
    found: dict[str, Mapping[str, str]] = {}
    for name in as_names(names):
        key = catalog.find("benchmarks", name)
        variant = catalog.benchmarks[key].variants.get(name)
        fixed = {} if variant is None else variant.items()
        if found.get(key, fixed) != fixed:
            raise SelectionError(f"{name!r} asks for {key!r} in two ways at once; name one")
        found[key] = fixed
    if not found:
        raise SelectionError("no benchmarks given; leave `benchmarks` out for all of them")
    return dict(sorted(found.items()))
