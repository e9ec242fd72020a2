"""Settings, numbers and margins in the words that a reader knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, Final

from stackcompare.records import Interval

if TYPE_CHECKING:
    from stackcompare.analysis import CostRatio, Verdict
    from stackcompare.catalog import Catalog
    from stackcompare.records import Benchmark

_SETTING: Final[dict[str, Callable[[str], str]]] = {
    "tools": lambda value: {"none": "no tools", "some": "with tools"}.get(value) or f"with {value.replace('+', ', ')}",
    "reasoning": lambda value: f"reasoning {value}",
    "budget": lambda value: f"budget {value}",
    "metric": lambda value: value,
    "repeats": lambda value: f"{value} runs" if value != "1" else "1 run",
    "shots": lambda value: f"{value}-shot",
    "harness": lambda value: value if "harness" in value.casefold() else f"{value} harness",
    "version": lambda value: value if value[:1] in "vV" else f"version {value}",
    "context_length": lambda value: f"{value} tokens context",
    "precision": lambda value: value,
    "judge": lambda value: f"judged by {value}",
}


def setting_words(name: str, value: str) -> str:
    """Return one setting as a reader would say it.

    >>> setting_words("tools", "none"), setting_words("context_length", "1M"), setting_words("subset", "diamond")
    ('no tools', '1M tokens context', 'subset diamond')
    """
    say = _SETTING.get(name)
    return say(value) if say else f"{name.replace('_', ' ')} {value}"


def settings_words(settings: Mapping[str, str]) -> str:
    """Return several settings as a reader would say them."""
    return ", ".join(setting_words(name, value) for name, value in settings.items())


def named_setting(benchmark: Benchmark, facets: Mapping[str, str]) -> str:
    """Return a benchmark with the setting that a verdict is about, its unit and direction where they are not usual."""
    said = [setting_words(name, value) for name, value in facets.items()]
    if benchmark.unit != "percent":
        said.append(f"in {benchmark.unit}")
    if benchmark.better == "lower":
        said.append("lower is better")
    return benchmark.name + (f" ({', '.join(said)})" if said else "")


def short_name(catalog: Catalog, label: str) -> str:
    """Return the name of a model as its developer writes it, with the configuration that its label asks for."""
    key, bracket, settings = label.partition("[")
    return catalog.models[key].name + bracket + settings


def label_of(name: str) -> str:
    """Return the name of a field as a heading."""
    field, _, key = name.replace("_", " ").partition(".")
    return field[:1].upper() + field[1:] + (f": {key}" if key else "")


def listed(names: Iterable[str], last: str = "and") -> str:
    """Return names as a list in prose.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or")
    ('a, b and c', 'a or b')
    """
    held = list(names)
    return f" {last} ".join([", ".join(held[:-1]), held[-1]] if len(held) > 1 else held)


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun.

    >>> counted(1, "setting"), counted(3, "setting")
    ('1 setting', '3 settings')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def finite(value: float | None) -> float | None:
    """Return a number without the dust of binary fractions, or `None` for infinity and what is no number."""
    return None if value is None or not isfinite(value) else round(value, 10)


# Verdicts


def decimals_of(verdict: Verdict) -> int:
    """Return the digits after the point that the scores of a verdict have in their benchmark's unit."""
    said = [score.result.score.decimals for score in verdict.scores if score.result.unit is None]
    return min(max(said, default=2), 4)


def margin_words(margin: Interval, decimals: int) -> str:
    """Return a margin: a number, a range, or what it exceeds."""
    low, high = (f"{end:.{decimals}f}" if isfinite(end) else "" for end in (margin.low, margin.high))
    if margin.is_point:
        return low
    if not high and margin.low <= 0:
        return "unknown"
    if not high:
        return f"{'>' if margin.low_open else '≥'}{low}"
    return f"{low} to {high}"


def noise_words(noise: float, decimals: int) -> str:
    """Return a noise with as many digits as its margin, but at least one that counts."""
    return f"±\u00a0{noise:.{decimals}f}" if noise >= 10.0**-decimals else f"±\u00a0{noise:.2g}"


def outcome_words(verdict: Verdict) -> str:
    """Return how a verdict ends, and for a lead why it is no win."""
    if verdict.outcome != "lead":
        return verdict.outcome
    if verdict.margin is not None and verdict.margin.high == inf:
        return "lead (a bound)"
    if verdict.noise is None or verdict.margin is None:
        return "lead (noise unknown)"
    return "lead (within noise)" if verdict.margin.low <= verdict.noise else "lead (see notes)"


def standing_words(verdict: Verdict) -> list[str]:
    """Return which documents alone would put another model ahead, and what it would be called."""
    return [
        f"{each.source} alone puts {listed(each.leaders)} ahead ({each.outcome} among {len(each.models)})"
        for each in verdict.by_source
        if len(each.models) > 1 and each.leaders and set(each.leaders) != set(verdict.leaders)
    ]


# Ratios


def ratio_number(value: float) -> str:
    """Return a ratio with three digits that count.

    >>> ratio_number(2.4902), ratio_number(0.28346), ratio_number(31.4)
    ('2.49', '0.283', '31.4')
    """
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.{1 if value >= 10 else 2 if value >= 1 else 3}f}"


def spread_words(ratio: CostRatio) -> str:
    """Return the spread of a ratio over its sources: a range, or a bound where an end is open."""
    if ratio.low is None or ratio.high is None:
        return ""
    if not isfinite(ratio.high):
        return f"≥{ratio_number(ratio.low)}" if ratio.low > 0 else "any"
    if ratio.low <= 0:
        return f"≤{ratio_number(ratio.high)}"
    low, high = ratio_number(ratio.low), ratio_number(ratio.high)
    return low if low == high else f"{low} to {high}"


def plain(value: Any) -> Any:
    """Return a value as JSON has it: no infinity, no tuples, no types of our own."""
    if isinstance(value, float):
        return finite(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if hasattr(value, "model_dump"):
        return plain(value.model_dump(mode="json", exclude_defaults=True))
    return str(value)
