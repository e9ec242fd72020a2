"""Under which terms the models can be had: licenses, channels, prices, and what is published with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from stackcompare.records.claim import shown as shown_value
from stackcompare.render.document import Section
from stackcompare.render.records import field_cell
from stackcompare.render.table import NOTHING, Cell, Column, Part, Piece, References, Row, Table, cell
from stackcompare.render.words import counted

if TYPE_CHECKING:
    from stackcompare.analysis import Report
    from stackcompare.records import Fact, Price

_LEAST_SHARE: Final = 3
"""A topic is shown where at least one license in so many says something of it."""

_told = partial(field_cell, sides=True)
"""Shows a field with everything that is said of it."""


def terms(report: Report, refs: References) -> Section | None:
    """Describe licenses by topic, channels, prices with their days, and openness by component."""
    parts = (
        *_licenses(report, refs), *_channels(report, refs), *_prices(report, refs), *_openness(report, refs),
    )  # fmt: skip
    title = "Licenses, channels, prices, openness"
    return Section("terms", Table(title, parts, (), (), refs.footnotes)) if parts else None


def _licenses(report: Report, refs: References) -> Iterator[Part]:
    licenses = {key: report.catalog.licenses[key] for key in report.licenses}
    topics: dict[str, int] = {}
    for each in licenses.values():
        for topic in each.facets:
            topics[topic] = topics.get(topic, 0) + 1
    chosen = sorted((t for t in topics if topics[t] * _LEAST_SHARE >= len(licenses)), key=lambda t: (-topics[t], t))
    models = [tuple(_licensed(report, key, refs) for key in held) for held in report.licenses.values()]
    rows = [Row((cell("models"), *models))]
    rows += [
        Row((cell(topic.replace("-", " ")), *(_topic_cell(each.facets.get(topic), refs) for each in licenses.values())))
        for topic in chosen
    ]
    if licenses:
        columns = (Column("Topic"), *(Column(each.name) for each in licenses.values()))
        yield Part(columns, tuple(rows), "Licenses of the models compared, by topic")


def _licensed(report: Report, key: str, refs: References) -> Piece:
    model = report.catalog.models[key]
    return Piece(model.name, sources=() if model.license is None else (refs.source(model.license.source),))


def _topic_cell(fact: Fact[Any] | None, refs: References) -> Cell:
    """Show what a license says of a topic, with its clause as a footnote."""
    if fact is None:
        return NOTHING
    notes = refs.remark(fact.locator, fact.chosen.note, "reading doubtful" if fact.chosen.confidence else None)
    return (Piece(shown_value(fact.value), sources=(refs.source(fact.source),), notes=notes),)


def _channels(report: Report, refs: References) -> Iterator[Part]:
    vendors = [report.catalog.competitors[key] for key in report.competitors]
    rows = tuple(
        Row((cell(each.name), _told(each.kind, refs), _told(each.channels, refs)))
        for each in vendors
        if each.kind is not None or each.channels is not None
    )
    if rows:
        columns = (Column("Vendor"), Column("Open weights or managed API"), Column("Channels", folded="through "))
        yield Part(columns, rows, "How the models can be had")


def _prices(report: Report, refs: References) -> Iterator[Part]:
    columns = (
        Column("Channel"), Column("Input ($/M)", "right"), Column("Cached input ($/M)", "right", folded="cached "),
        Column("Output ($/M)", "right"), Column("As of", folded="as of "),
    )  # fmt: skip
    place = {key: number for number, key in enumerate(report.compared)}
    prices = sorted(report.prices.values(), key=lambda price: (place[price.model], price.channel))
    rows = tuple(_price_row(report, price, refs) for price in prices)
    if rows:
        yield Part(columns, rows, "Prices of the ordinary plan, in US dollars for a million tokens")


def _price_row(report: Report, price: Price, refs: References) -> Row:
    facts = (price.input_usd, price.cached_input_usd, price.output_usd)
    days = sorted({str(fact.chosen.date) for fact in facts if fact is not None and fact.chosen.date is not None})
    dated = " to ".join(dict.fromkeys((days[0], days[-1]))) if days else None
    cells = (_price_cell(fact, refs) for fact in facts)
    return Row((cell(price.channel), *cells, cell(dated)), group=report.catalog.models[price.model].name)


def _price_cell(fact: Fact[Any] | None, refs: References) -> Cell:
    if fact is None:
        return NOTHING
    others = {str(claim.value): claim for claim in fact.claims if str(claim.value) != str(fact.value)}
    differing = (
        f"{value} according to [{refs.source(claim.source)}]" + (f", as of {claim.date}" if claim.date else "")
        for value, claim in others.items()
    )
    notes = refs.remark(fact.chosen.note, *differing)
    return (Piece(shown_value(fact.value), sources=(refs.source(fact.source),), notes=notes),)


def _openness(report: Report, refs: References) -> Iterator[Part]:
    catalog = report.catalog
    owners = {catalog.models[key].developer for key in report.own_models}
    owners |= {side.competitor for side in report.subject if side.competitor is not None}
    assets = [asset for asset in catalog.assets.values() if asset.organization in owners]
    rows = tuple(
        Row((
            cell(asset.name, sources=(refs.source(asset.kind.source),)), _told(asset.size, refs),
            _told(asset.license, refs), _told(asset.released, refs),
        ), group=asset.kind.value)
        for asset in sorted(assets, key=lambda asset: (asset.kind.value, asset.name.casefold()))
    )  # fmt: skip
    if rows:
        columns = (Column("Published"), Column("Size"), Column("License", folded=""), Column("Released", folded=""))
        count = counted(len(rows), "data set, recipe or tool", "data sets, recipes and tools")
        yield Part(columns, rows, f"Openness by component: {count}")
