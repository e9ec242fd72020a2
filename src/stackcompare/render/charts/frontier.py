"""The frontier: score against cost, with who is as good for as little."""

from __future__ import annotations

from functools import partial
from math import inf
from typing import TYPE_CHECKING, Final

from stackcompare.records import Interval
from stackcompare.render.charts import placing
from stackcompare.render.charts.chart import Chart
from stackcompare.render.charts.naming import (
    about,
    basis_words,
    line_entry,
    mark_entry,
    names_of,
    sentence,
    setting_of,
    short_names,
    unit_words,
    vendor_name,
    whisker,
)
from stackcompare.render.charts.sheet import MARGIN, Entry, Scale, Sheet, fitted, plain_number, scale_of, width_of
from stackcompare.render.charts.theme import (
    FAINT,
    HEAD,
    INK,
    LABEL,
    RULE,
    SMALL,
    WIDTH,
    vendor_of,
    vendor_shapes,
    vendor_tone,
)
from stackcompare.render.describe import table_of
from stackcompare.render.words import counted, listed

if TYPE_CHECKING:
    from stackcompare.analysis import Frontier, Tradeoff

_HEIGHT: Final = 380.0
_PALE: Final = {"frontier": 1.0, "maybe dominated": 0.85, "dominated": 0.35}
_LABEL_ROOM: Final = 190.0
_RINGS: Final = {
    **{(True, status): 6 for status in _PALE},
    (False, "frontier"): 5, (False, "maybe dominated"): 4, (False, "dominated"): 2,
}  # fmt: skip
"""How far from its point a name may stand: only those that matter may need a line that leads there."""


def chart(shown: Frontier, *, most: int | None = None) -> Chart:
    """Return the chart of a frontier; `most` says how many models are named at most."""
    title = f"{setting_of(shown.ranking)} against {shown.measure.title}"
    return Chart(title, _alt(shown), partial(table_of, shown), lambda: _Drawing(shown, title, most).compose())


class _Drawing:
    """One drawing of a frontier: its axes, and what stands on them."""

    def __init__(self, shown: Frontier, title: str, most: int | None) -> None:
        self.shown, self.title, self.most = shown, title, most
        self.sheet = Sheet(WIDTH)
        vendors = {each.model: vendor_of(shown.catalog, each.model) for each in shown}
        shapes = vendor_shapes(vendors.values())
        self.looks = {model: (vendor_tone(vendor), shapes[vendor]) for model, vendor in vendors.items()}
        self.vendors = dict(sorted({vendor: self.looks[model] for model, vendor in vendors.items()}.items()))

    def compose(self) -> Sheet:
        shown, sheet = self.shown, self.sheet
        y = sheet.heading(self.title, about(shown.ranking, upright=True)) + 10
        vendors = [
            mark_entry(sheet, vendor_name(shown.catalog, vendor), shape, tone)
            for vendor, (tone, shape) in self.vendors.items()
        ]
        self.top = sheet.legend(y, vendors) + 2
        self.bottom = self.top + _HEIGHT
        self._axes()
        if not shown:
            words = "no model has a score and a known cost"
            sheet.text(WIDTH / 2, (self.top + self.bottom) / 2, words, HEAD, FAINT, side="center")
        xs, ys = self._steps()
        sheet.line(xs, ys, INK, 1.4, dash="--", pale=0.7)
        self._points()
        nameless = self._labels(placing.steps(xs, ys))
        y = sheet.legend(self.bottom + 48, self._states())
        sheet.footing(y, self._remarks(nameless))
        return sheet

    def _axes(self) -> None:
        shown, sheet = self.shown, self.sheet
        benchmark = shown.ranking.benchmark
        scores = [value for each in shown for value in (each.ranked.stated, *each.ranked.span[:2])]
        ends = (self.bottom, self.top) if benchmark.better == "higher" else (self.top, self.bottom)
        self.score = scale_of(scores, *ends, within=benchmark.bounds[:2])
        ticks = self.score.ticks()
        wide = max((width_of(plain_number(tick), SMALL) for tick in ticks), default=10.0)
        self.left, self.right = MARGIN + wide + 8, WIDTH - MARGIN
        costs = [value for each in shown for value in (each.cost.value, *each.cost.interval[:2]) if 0 < value < inf]
        self.cost = Scale(
            min(costs, default=1.0) / 1.35, max(costs, default=10.0) * 1.35, self.left, self.right, log=True
        )
        for tick in ticks:
            at = self.score(tick)
            sheet.line([self.left, self.right], [at, at], RULE, 0.8)
            sheet.text(self.left - 6, at + SMALL * 0.36, plain_number(tick), SMALL, FAINT, side="right")
        for tick in self.cost.ticks() if shown else ():
            at = self.cost(tick)
            sheet.line([at, at], [self.bottom, self.bottom + 4], FAINT, 0.8)
            sheet.tick(at, self.bottom + 16, plain_number(tick))
        sheet.line([self.left, self.right], [self.bottom, self.bottom], FAINT, 1.0)
        title = f"{sentence(shown.measure.title)[:-1]}, log scale"
        sheet.text((self.left + self.right) / 2, self.bottom + 31, title, SMALL, INK, side="center")

    def _place(self, each: Tradeoff) -> tuple[float, float]:
        return self.cost(each.cost.value), self.score(each.ranked.stated)

    def _steps(self) -> tuple[list[float], list[float]]:
        """Return the steps through the models that nobody dominates as stated."""
        xs: list[float] = []
        ys: list[float] = []
        for x, y in map(self._place, self.shown.line):
            xs += [x, x] if xs else [x]
            ys += [ys[-1], y] if ys else [y]
        return ([*xs, self.right], [*ys, ys[-1]]) if xs else ([], [])

    def _points(self) -> None:
        """Draw the points, those on the line last and so above the others."""
        for each in sorted(self.shown, key=lambda each: (each.efficient, -len(each.surely))):
            tone, shape = self.looks[each.model]
            x, y = self._place(each)
            pale = 1.0 if each.efficient else _PALE[each.status]
            reported, is_bound = each.ranked.score.interval, each.ranked.score.result.score.is_bound
            arrows = (is_bound and reported.low == -inf, is_bound and reported.high == inf)
            fine = 0.7 if each.efficient or is_bound else pale * 0.45
            whisker(self.sheet, self.score, each.ranked.span, x, tone, 1.0, pale=fine, upright=True, arrows=arrows)
            whisker(self.sheet, self.cost, self._spread(each), y, tone, 1.0, pale=fine, caps=True)
            self.sheet.marks([(x, y)], shape, tone, 9.0 if each.efficient else 7.0, pale=pale)

    def _spread(self, each: Tradeoff) -> Interval:
        """Return the spread of a cost, an open end beyond the axis."""
        low, high, *_ = each.cost.interval
        return Interval(low if low > 0 else self.cost.low / 2, high)

    def _labels(self, line: list[placing.Box]) -> int:
        """Name the points, those on the line first; return how many have no name."""
        names = names_of(self.shown.catalog, (each.model for each in self.shown))
        order = sorted(self.shown, key=lambda each: (not each.efficient, each.status == "dominated", len(each.surely)))
        labels = []
        for each in order[: self.most]:
            size = LABEL if each.efficient else SMALL - 0.5
            text = fitted(names[each.model], size, _LABEL_ROOM, bold=each.efficient)
            labels.append(
                placing.Label(
                    *self._place(each), text, width_of(text, size, each.efficient), size,
                    INK if each.efficient else FAINT, each.efficient, each.efficient,
                    _RINGS[each.efficient, each.status],
                )
            )  # fmt: skip
        area = placing.Box(self.left + 2, self.top - 2, self.right, self.bottom - 2)
        taken = [*line, *(placing.around(*self._place(each)) for each in self.shown)]
        return len(order) - len(labels) + placing.write(self.sheet, labels, area, taken)

    def _states(self) -> list[Entry]:
        sheet, there = self.sheet, {each.status for each in self.shown}
        entries = []
        if self.shown.line:
            entries.append(line_entry(sheet, "nobody better for less, as stated", dash="--", pale=0.7))
        if there - {"dominated"}:
            entries.append(mark_entry(sheet, "not surely dominated", "o", size=7.0, pale=0.85))
        if "dominated" in there:
            entries.append(mark_entry(sheet, "surely dominated", "o", size=7.0, pale=_PALE["dominated"]))
        words = "noise, bounds, spread of sources; an arrow: open end"
        entries.append((lambda x, y: sheet.line([x, x], [y - 5, y + 5], INK, 1.0, pale=0.6), words))
        return entries

    def _remarks(self, nameless: int) -> list[str]:
        shown = self.shown
        remarks = [f"{sentence(shown.measure.title)[:-1]}: {shown.measure.proxy}."]
        if nameless:
            are = "point has" if nameless == 1 else "points have"
            remarks.append(f"{nameless} {are} no name here for want of room; the table names all.")
        if shown.left_out:
            left = counted(len(shown.left_out), "model")
            remarks.append(f"{left} with a score and without a known cost left out; the table lists them.")
        return remarks


def _alt(shown: Frontier) -> str:
    names = short_names(shown.catalog, (each.model for each in shown))
    ranking = shown.ranking
    said = [
        f"Scores on {setting_of(ranking)} against {shown.measure.title}, {counted(len(shown), 'model')}; "
        f"{unit_words(ranking.benchmark)}."
    ]
    if shown:
        at = {each.model: f"{each.ranked.score.text} at {_cost_words(each)}" for each in shown.line}
        line = [f"{names[model]} ({words})" for model, words in at.items()]
        surely, maybe = (sum(each.status == status for each in shown) for status in ("dominated", "maybe dominated"))
        if line:
            said.append(f"Going by the numbers as stated, nobody is better for less than {listed(line)}.")
        said.append(
            f"{counted(surely, 'model is', 'models are')} surely dominated and {maybe} perhaps, given noise, bounds "
            f"and spread of sources."
        )
    else:
        said.append("No model has a score and a known cost.")
    if shown.left_out:
        said.append(f"{counted(len(shown.left_out), 'model is', 'models are')} left out without a known cost.")
    return " ".join([*said, sentence(basis_words(ranking))])


def _cost_words(each: Tradeoff) -> str:
    """Return a cost as a number; as its document writes it where that is a bound or "about"."""
    value = each.cost.claims[0][1].value
    return str(value) if value.is_bound or value.is_approximate else plain_number(each.cost.value)
