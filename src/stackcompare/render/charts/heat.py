"""The heat map: models by benchmarks, how far each is behind the best, who leads and how surely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING, Final

from stackcompare.render.charts.chart import Chart
from stackcompare.render.charts.naming import clipped, names_of, short_names
from stackcompare.render.charts.sheet import MARGIN, Entry, Sheet, fitted, width_of, wrapped
from stackcompare.render.charts.theme import FAINT, HEAD, INK, LABEL, ON_SHADE, RULE, SHADES, SMALL, SURFACE, WIDTH
from stackcompare.render.comparisons import MARKS
from stackcompare.render.describe import table_of
from stackcompare.render.words import counted, decimals_of, listed, margin_words, outcome_words, settings_words

if TYPE_CHECKING:
    from stackcompare.analysis import Comparison, Score, Verdict, Verdicts

MOST: Final = 28
_ROW: Final = 22.0
_RIGHT: Final = 132.0
_LEAST: Final = 74.0
_NAMES: Final = (250.0, 340.0)
"""Least and greatest room for the names of benchmarks."""
_FAR: Final = 0.2
"""Share of a benchmark's range at which a score counts as far behind; without a range, its row's own spread."""
_MEANINGS: Final = {
    "win": "win: beyond the noise",
    "lead": "lead: within the noise, or not surely like with like",
    "tie": "tie",
}
_KEY: Final = "The stronger the colour, the nearer to the best score of the row; a dash: not reported."
_FIRM: Final = ("one table", "one document", "one measurer", "pooled")


def of_comparison(shown: Comparison, *, most: int | None = None) -> Chart:
    """Return the heat map of a comparison: the `most` verdicts with most models and the firmest basis."""
    return _chart(shown.winners(), shown, most)


def chart(shown: Verdicts, *, most: int | None = None) -> Chart:
    """Return the heat map of verdicts: the `most` with most models and the firmest basis."""
    return _chart(shown, shown, most)


def _chart(shown: Verdicts, described: Comparison | Verdicts, most: int | None) -> Chart:
    names = names_of(shown.comparison.catalog, shown.comparison.labels)
    title = f"Who is ahead: {listed([clipped(name, 40) for name in names.values()])}"
    contested = [verdict for verdict in shown.contested if verdict.scores]
    rows = _chosen(shown, contested, MOST if most is None else most)
    return Chart(
        title, _alt(shown, contested), partial(table_of, described), lambda: _Drawing(shown, rows, title).compose()
    )


def _chosen(shown: Verdicts, contested: Sequence[Verdict], most: int) -> list[Verdict]:
    """Return the verdicts that tell most, in order of domain and benchmark."""
    firmest = sorted(contested, key=lambda v: (-len(v.scores), _FIRM.index(v.basis.kind), v.benchmark, str(v.facets)))
    benchmarks = shown.comparison.catalog.benchmarks
    return sorted(firmest[:most], key=lambda v: (_domain(benchmarks[v.benchmark].domain), v.benchmark, str(v.facets)))


def _domain(text: str) -> str:
    """Return the first part of a domain such as `knowledge, science`: the heading that its row stands under."""
    return text.partition(",")[0].strip().casefold()


class _Drawing:
    """One drawing of a heat map."""

    def __init__(self, shown: Verdicts, rows: Sequence[Verdict], title: str) -> None:
        self.shown, self.rows, self.title = shown, rows, title
        self.catalog, self.labels = shown.comparison.catalog, shown.comparison.labels
        count = len(self.labels)
        self.left = min(max(WIDTH - _RIGHT - MARGIN - 92 * count, _NAMES[0]), _NAMES[1])
        self.pitch = max((WIDTH - self.left - _RIGHT - MARGIN) / count, _LEAST)
        self.sheet = Sheet(self.left + self.pitch * count + _RIGHT + MARGIN)

    def compose(self) -> Sheet:
        sheet = self.sheet
        y = sheet.heading(self.title, _KEY) + 10
        y = sheet.legend(y, self._legend())
        y = self._heads(y)
        for domain, group in groupby(self.rows, key=lambda row: _domain(self.catalog.benchmarks[row.benchmark].domain)):
            y += SMALL * 1.9
            sheet.text(MARGIN, y - 5, fitted(domain, SMALL, 400, bold=True), SMALL, FAINT, bold=True)
            for verdict in group:
                self._row(verdict, y)
                y += _ROW
        if not self.rows:
            words = "no benchmark setting has a score of more than one of these models"
            sheet.text(MARGIN, y + 14, words, HEAD, FAINT)
            y += 20
        sheet.footing(y + 14, self._remarks())
        return sheet

    def _legend(self) -> list[Entry]:
        there = {verdict.outcome for verdict in self.rows}
        return [self._entry(MARKS[outcome], words) for outcome, words in _MEANINGS.items() if outcome in there]

    def _entry(self, sign: str, words: str) -> Entry:
        return lambda x, y: self.sheet.text(x, y + LABEL * 0.36, sign, LABEL + 1, side="center"), words

    def _heads(self, y: float) -> float:
        """Write the names of the models over their columns; return where the rows begin."""
        names = names_of(self.catalog, self.labels)
        heads = [wrapped(names[label], SMALL, self.pitch - 6, most=4, bold=True) for label in self.labels]
        y += SMALL * 1.3 * max(map(len, heads))
        for column, lines in enumerate(heads):
            for place, line in enumerate(reversed(lines)):
                x = self.left + self.pitch * (column + 0.5)
                self.sheet.text(x, y - 4 - place * SMALL * 1.3, line, SMALL, bold=True, side="center")
        return y

    def _row(self, verdict: Verdict, y: float) -> None:
        sheet, pitch, base = self.sheet, self.pitch, y + _ROW / 2 + LABEL * 0.36
        self._name(verdict, base)
        held = {score.model: score for score in verdict.scores}
        for column, label in enumerate(self.labels):
            box = (self.left + pitch * column + 1, y + 1, pitch - 2, _ROW - 2)
            middle = self.left + pitch * (column + 0.5)
            if (score := held.get(label)) is None:
                sheet.boxes([box], SURFACE, RULE)
                sheet.text(middle, base, "—", LABEL, FAINT, side="center")
                continue
            shade, leads = self._shade(verdict, score), label in verdict.leaders
            mark = f"{MARKS[verdict.outcome]} " if leads and verdict.outcome in MARKS else ""
            bold = leads and verdict.outcome == "win"
            sheet.boxes([box], SHADES[shade])
            text = fitted(mark + score.text, LABEL, pitch - 6, bold=bold)
            sheet.text(middle, base, text, LABEL, ON_SHADE[shade], side="center", bold=bold)
        words = outcome_words(verdict)
        if verdict.outcome == "win" and verdict.margin is not None:
            words = f"win by {margin_words(verdict.margin, decimals_of(verdict))}"
        sheet.text(self.left + pitch * len(self.labels) + 10, base, fitted(words, SMALL, _RIGHT - 4), SMALL, INK)

    def _name(self, verdict: Verdict, base: float) -> None:
        """Write the benchmark, and its setting smaller as far as there is room."""
        benchmark = self.catalog.benchmarks[verdict.benchmark]
        unit = benchmark.unit if benchmark.unit != "percent" else ""
        lower = "lower is better" if benchmark.better == "lower" else ""
        said = ", ".join(filter(None, (lower, settings_words(self._telling_first(verdict)), unit)))
        room = self.left - MARGIN - 10
        kept = min(width_of(said[:200], SMALL - 1) + 6, room * 0.4) if said else 0
        name = fitted(benchmark.name, LABEL, room - kept)
        self.sheet.text(MARGIN, base, name, LABEL)
        wide = width_of(name, LABEL) + 6
        if said:
            self.sheet.text(MARGIN + wide, base, fitted(said, SMALL - 1, room - wide), SMALL - 1, FAINT)

    def _telling_first(self, verdict: Verdict) -> dict[str, str]:
        """Return a setting with what tells it from the other rows of its benchmark first: the end may be cut."""
        others = [row.facets for row in self.rows if row.benchmark == verdict.benchmark]
        shared = {name for name, value in verdict.facets.items() if all(each.get(name) == value for each in others)}
        return dict(sorted(verdict.facets.items(), key=lambda item: item[0] in shared))

    def _shade(self, verdict: Verdict, score: Score) -> int:
        """Return how strong the cell of a score is: the best strongest, paler the further behind."""
        benchmark = self.catalog.benchmarks[verdict.benchmark]
        values = {each.model: _number(each) for each in verdict.scores}
        least, greatest = min(values.values()), max(values.values())
        best = greatest if benchmark.better == "higher" else least
        whole = benchmark.bounds.high - benchmark.bounds.low
        far = whole * _FAR if isfinite(whole) else greatest - least
        behind = min(abs(best - values[score.model]) / far, 1.0) if far else 0.0
        return round((1 - behind) * (len(SHADES) - 1))

    def _remarks(self) -> list[str]:
        remarks = []
        contested = sum(bool(verdict.scores) for verdict in self.shown.contested)
        if contested > len(self.rows):
            left = counted(contested - len(self.rows), "benchmark setting")
            remarks.append(f"{left} with fewer of these models or a weaker basis left out; the table has them.")
        if alone := len(self.shown) - len(self.shown.contested):
            remarks.append(f"{counted(alone, 'setting')} with a score of one model only left out.")
        return remarks


def _number(score: Score) -> float:
    low, high, *_ = score.interval
    return low if not isfinite(high) else high if not isfinite(low) else (low + high) / 2


def _alt(shown: Verdicts, contested: Sequence[Verdict]) -> str:
    labels = shown.comparison.labels
    names = short_names(shown.comparison.catalog, labels)
    held = {
        outcome: Counter(label for verdict in contested if verdict.outcome == outcome for label in verdict.leaders)
        for outcome in ("win", "lead")
    }
    settings = counted(len(contested), "benchmark setting")
    said = [f"Heat map of {counted(len(labels), 'model')} on {settings} with a score of more than one of them."]
    said += [
        f"{names[label]}: {counted(held['win'][label], 'win')} beyond the noise and "
        f"{counted(held['lead'][label], 'lead')}."
        for label in labels
    ]
    outcomes = Counter(verdict.outcome for verdict in contested)
    said.append(f"{counted(outcomes['tie'], 'tie')} and {outcomes['undecided']} undecided.")
    return " ".join(said)
