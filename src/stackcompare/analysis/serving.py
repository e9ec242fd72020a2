"""How a model is said to be served, runtime by runtime, setting by setting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from stackcompare.catalog.names import as_names
from stackcompare.errors import SelectionError, one_of
from stackcompare.records import ServingGuide, ServingSetting
from stackcompare.shown import Rows, Shown, text

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog


class Advice(NamedTuple):
    """One setting as one guide states it."""

    stack: str
    """Id of the runtime."""
    guide: str
    """Id of the guide."""
    setting: ServingSetting
    """What is said, how firmly, why, and by whom."""


class Serving(Shown):
    """What every guide says about serving one model."""

    def __init__(self, catalog: Catalog, model: str, stacks: tuple[str, ...], guides: tuple[str, ...]) -> None:
        self.catalog = catalog
        self.model = model
        """Id of the model."""
        self.stacks = stacks
        """Ids of the runtimes."""
        self.guides = guides
        """Ids of the guides."""

    def guide(self, key: str) -> ServingGuide:
        """Return one guide by its id."""
        return self.catalog.serving_guides[key]

    def advice(self, name: str | None = None) -> tuple[Advice, ...]:
        """Return every setting that a guide states, or those of one name."""
        return tuple(
            Advice(self.guide(key).stack, key, setting)
            for key in self.guides
            for setting in self.guide(key).settings
            if name is None or setting.name == name
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of the settings: what most runtimes have first, then by name."""
        reach: dict[str, set[str]] = {}
        for advice in self.advice():
            reach.setdefault(advice.setting.name, set()).add(advice.stack)
        return tuple(sorted(reach, key=lambda name: (-len(reach[name]), name)))

    def disagreements(self) -> tuple[str, ...]:
        """Return the names of settings that two guides for one runtime set differently."""
        values: dict[tuple[str, str], set[str]] = {}
        for advice in self.advice():
            values.setdefault((advice.setting.name, advice.stack), set()).add(advice.setting.value)
        return tuple(sorted({name for (name, _), held in values.items() if len(held) > 1}))

    def rows(self) -> Rows:
        """Return one row a setting: runtime, guide, version, hardware, setting, value, level, reason, source."""
        columns = [
            "stack", "guide", "version", "hardware", "precision", "purpose", "setting", "value", "level", "argument",
            "when", "reason", "source", "locator", "date",
        ]  # fmt: skip
        rows: list[list[Any]] = []
        for stack, key, s in self.advice():
            guide = self.guide(key)
            rows.append([
                stack, key, text(guide.version), text(guide.hardware), guide.precision, guide.purpose, s.name, s.value,
                s.level, s.argument, s.when, s.reason, s.source, s.locator, text(s.date),
            ])  # fmt: skip
        return columns, rows


def serving(catalog: Catalog, model: str, *, stacks: Iterable[str] | None = None) -> Serving:
    """Return how a model is said to be served, on all runtimes or on some.

    Raises `UnknownError` or `AmbiguousError` for names, `SelectionError` where no guide covers them.
    """
    key = catalog.find("models", model)
    wanted = None if stacks is None else tuple(catalog.find("stacks", name) for name in as_names(stacks))
    guides = [
        name
        for name, guide in catalog.serving_guides.items()
        if guide.model == key and (wanted is None or guide.stack in wanted)
    ]
    if not guides:
        covered = sorted({catalog.serving_guides[guide].model for guide in catalog.serving_guides})
        what = f" on {one_of(wanted)}" if wanted else ""
        raise SelectionError(f"no serving guide for {key!r}{what}; there are guides for {one_of(covered, 12)}")
    found = wanted or tuple(dict.fromkeys(catalog.serving_guides[guide].stack for guide in guides))
    return Serving(catalog, key, tuple(found), tuple(guides))
