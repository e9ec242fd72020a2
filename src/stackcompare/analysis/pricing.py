"""What one model's tokens cost as a multiple of another's, where a channel lists both on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog
    from stackcompare.records import Claim, Fact, Quantity


class PriceRatio(NamedTuple):
    """The price of a model as a multiple of another's, over the channels that list both."""

    model: str
    """Id of the model."""
    baseline: str
    """Id of the model whose price is 1."""
    field: str
    """Which price: `input_usd` or `output_usd`."""
    low: float
    """The least ratio of any channel."""
    high: float
    """The greatest."""
    channels: tuple[str, ...]
    """The channels that list both."""
    sources: tuple[str, ...]
    """Ids of the documents that hold the prices."""
    days: tuple[str, ...]
    """The days for which they state them, in order, as far as said."""


def price_ratio(catalog: Catalog, model: str, baseline: str, field: str) -> PriceRatio | None:
    """Return what a model's tokens cost as a multiple of another's; `None` where no channel can be compared.

    Only ordinary plans count, and only two prices of one channel that one document states for one day: an older
    document will do, as long as no newer one has other prices. What is free, or only a bound, has no ratio.
    """
    theirs, base = _listed(catalog, model, field), _listed(catalog, baseline, field)
    found: dict[str, float] = {}
    sources: dict[str, None] = {}
    days: set[str] = set()
    for channel in sorted(theirs.keys() & base.keys()):
        one, other = theirs[channel], base[channel]
        both = [claim for claim in one if any(_stated_with(claim, each) for each in other)]
        if both and one[0].value.value > 0 and other[0].value.value > 0:
            found[channel] = one[0].value.value / other[0].value.value
            sources[both[0].source] = None
            days |= set() if both[0].date is None else {str(both[0].date)}
    if not found:
        return None
    low, high = min(found.values()), max(found.values())
    return PriceRatio(model, baseline, field, low, high, tuple(found), tuple(sources), tuple(sorted(days)))


def _stated_with(one: Claim[Quantity], other: Claim[Quantity]) -> bool:
    """Return whether one document states both for one day."""
    return (one.source, one.date) == (other.source, other.date)


def _listed(catalog: Catalog, model: str, field: str) -> dict[str, list[Claim[Quantity]]]:
    """Return by channel the claims that state the price chosen; of a channel with several prices, none."""
    found: dict[str, list[Fact[Quantity]]] = {}
    for price in (price for price in catalog.prices.values() if price.model == model and price.plan is None):
        fact: Fact[Quantity] | None = getattr(price, field)
        if fact is not None and not fact.value.is_bound:
            found.setdefault(price.channel, []).append(fact)
    return {
        channel: [claim for claim in facts[0].claims if claim.value.interval() == facts[0].value.interval()]
        for channel, facts in found.items()
        if len(facts) == 1
    }
