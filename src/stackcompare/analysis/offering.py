"""Vendors' offerings side by side: features, strengths and weaknesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackcompare.errors import SelectionError
from stackcompare.records import Claim, Judgement
from stackcompare.records.competitor import Support
from stackcompare.shown import Rows, Shown, text

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog


class Offering(Shown):
    """Competitors side by side."""

    def __init__(self, catalog: Catalog, competitors: tuple[str, ...]) -> None:
        self.catalog = catalog
        self.competitors = competitors
        """Ids of the competitors, in the order given."""

    def features(self) -> FeatureMatrix:
        """Return what each offers, feature by feature."""
        return FeatureMatrix(self)

    def judgements(self) -> tuple[tuple[str, str, Judgement], ...]:
        """Return who is said to be strong or weak at what: competitor, `strength` or `weakness`, judgement.

        Only judgements against another of the compared competitors are kept.
        """
        return tuple(
            (key, kind, judgement)
            for key in self.competitors
            for kind, held in (
                ("strength", self.catalog.competitors[key].strengths),
                ("weakness", self.catalog.competitors[key].weaknesses),
            )
            for judgement in held
            if judgement.versus in self.competitors
        )

    def rows(self) -> Rows:
        """Return one row a judgement: competitor, kind, versus, statement, source, locator."""
        columns = ["competitor", "kind", "versus", "statement", "source", "locator"]
        return columns, [[key, kind, j.versus, j.statement, j.source, j.locator] for key, kind, j in self.judgements()]


class FeatureMatrix(Shown):
    """What each competitor offers, feature by feature."""

    def __init__(self, offering: Offering) -> None:
        self.offering = offering
        self.catalog = offering.catalog

    def cell(self, feature: str, competitor: str) -> Claim[Support] | None:
        """Return what is known of one feature of one competitor; `None` for unknown, which is not `no`."""
        fact = self.catalog.competitors[competitor].features.get(feature)
        return None if fact is None else fact.chosen

    def rows(self) -> Rows:
        """Return one row a cell that is known: feature, group, competitor, value, source, locator, date, note."""
        columns = ["feature", "group", "competitor", "value", "source", "locator", "date", "derived", "note"]
        rows = [
            [
                key, feature.group, competitor, claim.value, claim.source, claim.locator, text(claim.date),
                claim.derived, claim.note,
            ]
            for key, feature in self.catalog.features.items()
            for competitor in self.offering.competitors
            if (claim := self.cell(key, competitor)) is not None
        ]  # fmt: skip
        return columns, rows


def compare_competitors(catalog: Catalog, *competitors: str) -> Offering:
    """Return vendors' offerings side by side.

    Raises `SelectionError` for fewer than two or one named twice, `UnknownError` or `AmbiguousError` for names.
    """
    found = [catalog.find("competitors", name) for name in competitors]
    if len(found) < 2:
        raise SelectionError("name at least two competitors to compare")
    twice = next((key for key in found if found.count(key) > 1), None)
    if twice is not None:
        raise SelectionError(f"{twice!r} would be compared with itself; name it once")
    return Offering(catalog, tuple(found))
