"""Which scores may stand side by side: those of one benchmark whose facets agree, under the rules a caller sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from stackcompare.analysis.contestants import Contestant
from stackcompare.analysis.noise import quantile
from stackcompare.analysis.scores import Score, score_of
from stackcompare.catalog.evidence import ORDER, Evidence
from stackcompare.catalog.facets import Signature, groups
from stackcompare.catalog.names import as_names
from stackcompare.errors import SelectionError, did_you_mean, one_of
from stackcompare.records import Quantity

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog


class Rules(NamedTuple):
    """What a caller may say about which scores count, and for how much."""

    strict: bool
    """Whether a facet that a source leaves unsaid is a refusal."""
    prefer: tuple[Evidence, ...]
    """Every kind of evidence, the best first."""
    sources: tuple[str, ...] | None
    """Ids of the documents that count; `None` for all."""
    slack: float
    """Points either way that an approximate score may be off."""
    z: float
    """The z of the confidence level."""


def rules_of(
    catalog: Catalog,
    *,
    strict: bool = False,
    prefer: Iterable[Evidence] = (),
    sources: Iterable[str] | None = None,
    slack: float = 0.5,
    confidence: float = 0.95,
    **unknown: object,
) -> Rules:
    """Return the rules that a caller's words mean.

    Raises `TypeError` for a rule that there is not, as Python does for any such keyword; `SelectionError` for a
    preference, slack or confidence that is none; `UnknownError` for a source.
    """
    for name in unknown:
        known = list(rules_of.__kwdefaults__ or ())
        raise TypeError(f"no rule {name!r}{did_you_mean(name, known) or f'; rules are {one_of(known)}'}")
    preferred: list[Evidence] = []
    for wanted in as_names(prefer):
        kind = next((known for known in ORDER if known == wanted), None)
        if kind is None:
            raise SelectionError(f"no evidence {wanted!r} to prefer; it is one of {one_of(ORDER)}")
        preferred.append(kind)
    if len(set(preferred)) < len(preferred):
        raise SelectionError("an evidence is preferred twice; name each once")
    for name, number in (("slack", slack), ("confidence", confidence)):
        if not isinstance(number, (int, float)):
            raise SelectionError(f"{name} is a number, not {number!r}")
    if not slack >= 0 or not isfinite(slack):
        raise SelectionError(f"slack is a number of points from 0 on, not {slack}")
    try:
        z = quantile(confidence)
    except ValueError as error:
        raise SelectionError(str(error)) from error
    only = None
    if sources is not None:
        only = tuple(catalog.find("sources", name) for name in as_names(sources))
        if not only:
            raise SelectionError("no sources given; leave `sources` out for all of them")
    return Rules(strict, (*preferred, *(kind for kind in ORDER if kind not in preferred)), only, slack, z)


class Alike(NamedTuple):
    """The scores of one benchmark, like with like."""

    members: dict[Signature, list[Score]]
    """The scores of each group, by what the group says of the facets that must agree."""
    turned_down: list[Score]
    """What was refused under `strict`."""


def scores_on(
    catalog: Catalog, contestants: Iterable[Contestant], benchmarks: Container[str], rules: Rules
) -> Mapping[tuple[str, bool], list[Score]]:
    """Return the scores of contestants on some benchmarks that count by the rules.

    Their keys are the benchmark and whether the models are base checkpoints: those stand apart from all others.
    """
    found: dict[tuple[str, bool], list[Score]] = defaultdict(list)
    for contestant in contestants:
        base = catalog.models[contestant.model].base
        for result in catalog.results_of(contestant.model):
            if result.benchmark not in benchmarks or not contestant.accepts(result):
                continue
            if rules.sources is None or result.source in rules.sources:
                found[result.benchmark, base].append(score_of(catalog, contestant, result, rules.slack))
    return found


def alike(given: Iterable[Score], rules: Rules) -> Alike:
    """Return the scores of one benchmark, grouped by the facets that must agree."""
    scores: list[Score] = []
    turned_down: list[Score] = []
    for score in given:
        (turned_down if rules.strict and None in score.facets else scores).append(score)
    homes = groups(score.facets for score in scores)
    members: dict[Signature, list[Score]] = defaultdict(list)
    for score in scores:
        members[homes[score.facets]].append(score)
    return Alike(members, turned_down)


def in_order(group: Signature) -> list[tuple[float, str]]:
    """Return what to sort groups by: the unsaid first, then words, then sizes such as 256K before 1M."""
    return [_size(value) for value in group]


def _size(value: str | None) -> tuple[float, str]:
    try:
        return Quantity(value or "").interval().low, value or ""
    except ValueError:
        return float("-inf"), value or ""
