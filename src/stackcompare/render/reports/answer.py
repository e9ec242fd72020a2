"""The answer in five lines: ahead, behind, cost, only here, and what cannot be said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf, isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from stackcompare.analysis.caveats import overlong
from stackcompare.analysis.matchups import clearness
from stackcompare.analysis.sides import model_of
from stackcompare.render.document import Line, Section, uncited
from stackcompare.render.table import References, Table
from stackcompare.render.words import (
    counted,
    decimals_of,
    listed,
    margin_words,
    named_setting,
    ratio_number,
    short_name,
    spread_words,
)

if TYPE_CHECKING:
    from stackcompare.analysis import CostRatio, Matchup, PriceRatio, Report, Verdict

MOST_NAMED: Final = 4
"""Benchmarks or models that a sentence names; the tables hold all."""
MOST_FEATURES: Final = 8
"""Features that a sentence names."""


def answer(report: Report, refs: References) -> Section | None:
    """Say in five lines what the tables come to, each with what is behind it; nothing where they are empty."""
    ratios = list(_ratios(report))
    lines = (
        *_ahead(report, refs), *_behind(report, refs), *_cost(report, ratios, refs), *_only_here(report, refs),
        *_cannot_be_said(report),
    )  # fmt: skip
    remarks = tuple(_meanings(report, ratios))
    return Section("answer", Table("The answer", (), (), remarks, refs.footnotes), lines) if lines else None


def _meanings(report: Report, ratios: Sequence[CostRatio]) -> Iterator[str]:
    """Say what the words of the lines mean, where they are used."""
    if len(report.duels) == 1:
        yield "A setting is a benchmark with what must agree."
    elif report.duels:
        settings = {(v.benchmark, str(v.facets)) for duel in report.duels for v in duel.verdicts.contested}
        yield (
            f"A comparison is one pair of models in one setting, a benchmark with what must agree: {len(report.duels)} "
            f"pairs meet in {counted(len(settings), 'setting')}, and a score counts once for each model that it is set "
            "beside."
        )
    if report.duels:
        yield "Not surely: within the noise, with the noise unknown, or not surely like with like."
    if ratios:
        yield "Active parameters stand for the arithmetic of one token, not for a price."
    if report.price_ratios:
        days = sorted({day for ratio in report.price_ratios for day in ratio.days})
        when = f", here {' to '.join(dict.fromkeys((days[0], days[-1])))}" if days else ""
        yield f"A list price counts where one document states both of a channel for one day{when}."


# Ahead, behind


def _ahead(report: Report, refs: References) -> Iterator[Line]:
    tallies = [duel.tally for duel in report.duels]
    if tallies:
        wins, leads = sum(t.wins for t in tallies), sum(t.leads for t in tallies)
        text = f"Beyond the noise in {_share(wins, report)}; ahead, but not surely, in {leads}."
        yield Line("Ahead", text, tuple(_clearest(report, "wins", refs)))


def _behind(report: Report, refs: References) -> Iterator[Line]:
    tallies = [duel.tally for duel in report.duels]
    if tallies:
        losses, trails = sum(t.losses for t in tallies), sum(t.trails for t in tallies)
        level = sum(t.ties + t.undecided for t in tallies)
        text = f"Beyond the noise in {_share(losses, report)}; behind, but not surely, in {trails}"
        text += f"; level or undecided in {level}." if level else "."
        yield Line("Behind", text, tuple(_clearest(report, "losses", refs)))


def _share(count: int, report: Report) -> str:
    """Say how many of the verdicts: of settings where two models meet, of comparisons where several pairs do."""
    whole = sum(duel.tally.settings for duel in report.duels)
    return f"{count} of {counted(whole, 'setting' if len(report.duels) == 1 else 'comparison')}"


def _clearest(report: Report, place: str, refs: References) -> Iterator[str]:
    """Name the clearest verdicts of one kind, each benchmark once; what is shaky comes last."""
    found = [(verdict, duel) for duel in report.duels for verdict in duel.placed(place)]
    found.sort(
        key=lambda pair: (_shaky(pair[0]), -clearness(pair[0]), pair[0].benchmark, str(pair[0].facets), pair[1].rival)
    )
    once: dict[str, tuple[Verdict, Matchup]] = {}
    for verdict, duel in found:
        once.setdefault(verdict.benchmark, (verdict, duel))
    for nth, pair in enumerate(list(once.values())[:MOST_NAMED]):
        yield f"{'then' if nth else 'clearest'}: {_verdict_words(report, *pair, refs)}"


def _shaky(verdict: Verdict) -> bool:
    """Return whether a verdict rests on a doubtful reading, or on one that another document would turn round."""
    return verdict.leader_depends_on_source or any(score.result.confidence for score in verdict.scores)


def _verdict_words(report: Report, verdict: Verdict, duel: Matchup, refs: References) -> str:
    benchmark = report.catalog.benchmarks[verdict.benchmark]
    said = uncited(named_setting(benchmark, verdict.facets))
    if verdict.margin is not None:
        points = " points" if benchmark.unit == "percent" else ""
        said += f" by {margin_words(verdict.margin, decimals_of(verdict))}{points}"
    sources = [score.result.source for score in verdict.scores]
    publishers = dict.fromkeys(report.catalog.sources[source].publisher for source in sources)
    whom = listed(uncited(report.catalog.organizations[publisher].name) for publisher in publishers)
    pair = f"{_name(report, duel.subject)} against {_name(report, duel.rival)}"
    over = [_name(report, score.model) for score in overlong(report.catalog, verdict.scores)]
    beyond = f" (more context than is stated of {listed(over)})" if over else ""
    return f"{said}, {pair}{beyond}, according to {whom}{_numbers(sources, refs)}"


def _name(report: Report, label: str) -> str:
    return uncited(short_name(report.catalog, label))


def _numbers(sources: Iterable[str], refs: References) -> str:
    """Return the numbers of documents as a sentence holds them: ` [3] [5]`."""
    return "".join(f" [{number}]" for number in sorted(refs.numbers(sources)))


# Cost


def _cost(report: Report, held: Sequence[CostRatio], refs: References) -> Iterator[Line]:
    """Say what rivals cost as a multiple of the models that they meet: between what and what, then pair by pair."""
    said = []
    if held:
        times = _range([(ratio.low, ratio.high) for ratio in held])
        said.append(f"the rivals run on {times} times the active parameters of the models that they meet")
    prices = [
        f"{_range(spans)} times the list price of {word} tokens"
        for field, word in (("input_usd", "input"), ("output_usd", "output"))
        if (spans := [(ratio.low, ratio.high) for ratio in report.price_ratios if ratio.field == field])
    ]
    if prices:
        who, whose = ("they", "") if held else ("the rivals", " of the models that they meet")
        said.append(f"{who} ask {listed(prices)}{whose}")
    if said:
        details = (*_by_parameters(report, held, refs), *_by_price(report, refs))
        yield Line("Cost", f"Where both are known, {'; '.join(said)}.", details)


def _ratios(report: Report) -> Iterator[CostRatio]:
    """Yield each rival's active parameters as a multiple of those of the model that it meets, where they are known."""
    for duel in report.duels:
        ratio = duel.comparison.cost_ratios("active_params")[1]
        if ratio.low is not None and model_of(duel.subject) != model_of(duel.rival):
            yield ratio


def _range(spans: Sequence[tuple[float | None, float | None]]) -> str:
    """Return from where to where several ranges reach; open ends stay open."""
    low = ratio_number(min(low or 0 for low, _ in spans))
    high = max(inf if high is None else high for _, high in spans)
    if not isfinite(high):
        return f"{low} or more"
    return low if low == ratio_number(high) else f"{low} to {ratio_number(high)}"


def _by_parameters(report: Report, held: Sequence[CostRatio], refs: References) -> Iterator[str]:
    by_base: dict[str, list[CostRatio]] = {}
    for ratio in held:
        by_base.setdefault(ratio.baseline, []).append(ratio)
    for base, ratios in by_base.items():
        stated = _numbers((claim.source for name, claim in ratios[0].claims if name == base), refs)
        rivals = ", ".join(_ratio_words(report, ratio, refs) for ratio in ratios)
        yield f"active parameters, those of {_name(report, base)}{stated} being 1: {rivals}"


def _by_price(report: Report, refs: References) -> Iterator[str]:
    """Say what channels ask that list both models of a pair, on one day."""
    held: dict[str, dict[str, list[PriceRatio]]] = {}
    for ratio in report.price_ratios:
        held.setdefault(ratio.baseline, {}).setdefault(ratio.model, []).append(ratio)
    for base, rivals in held.items():
        said = ", ".join(_price_words(report, ratios, refs) for ratios in rivals.values())
        yield f"list prices of tokens, those of {_name(report, base)} being 1: {said}"


def _price_words(report: Report, ratios: list[PriceRatio], refs: References) -> str:
    said: dict[int, list[str]] = {}
    for ratio in ratios:
        low, high = ratio_number(ratio.low), ratio_number(ratio.high)
        number = low if low == high else f"{low} to {high}"
        said.setdefault(len(ratio.channels), []).append(f"{ratio.field.removesuffix('_usd')} {number}")
    words = " and ".join(f"{' and '.join(held)} on {counted(count, 'channel')}" for count, held in said.items())
    stated = _numbers((source for ratio in ratios for source in ratio.sources), refs)
    return f"{_name(report, ratios[0].model)} {words}{stated}"


def _ratio_words(report: Report, ratio: CostRatio, refs: References) -> str:
    exact = ratio_number(ratio.ratio) if ratio.ratio is not None else ""
    spread = spread_words(ratio)
    number = f"{exact} ({spread})" if exact and spread not in {"", exact} else exact or spread
    stated = _numbers((claim.source for name, claim in ratio.claims if name == ratio.model), refs)
    return f"{_name(report, ratio.model)} {number}{stated}"


# Only here


class _Feature(NamedTuple):
    """Something that the subject offers and none of the others is known to."""

    unknown: int
    """Of how many others it is unknown."""
    key: str
    source: str
    elsewhere: tuple[str, ...]
    """Names of vendors that are not compared here and are known to offer it, if only in part."""


def _only_here(report: Report, refs: References) -> Iterator[Line]:
    """Say what the subject offers and the others do not: apart where that is known of all, of some, of none."""
    subjects = list(dict.fromkeys(side.competitor for side in report.subject if side.competitor is not None))
    others = [vendor for vendor in report.competitors if vendor not in subjects]
    if report.offering is None or not others or not subjects:
        return
    only = _only(report, subjects, others)
    who = uncited(" or ".join(report.catalog.competitors[key].name for key in subjects))
    rivals = f"{counted(len(others), 'vendor') if len(others) > 1 else 'vendor'} compared with here"
    text, said = "Nothing is known to be offered here alone.", []
    denied = [feature for feature in only if not feature.unknown]
    partly = [feature for feature in only if 0 < feature.unknown < len(others)]
    if denied or partly:
        text = f"{counted(len(denied) + len(partly), 'feature')} known of {who} and of none of the {rivals}"
        text += f"; {len(denied)} of them known not to be offered there." if denied else ", though unknown of some."
    if denied:
        said.append(f"known not to be offered there: {_few(report, denied, refs)}")
    if partly:
        said.append(f"unknown of some: {_few(report, partly, refs)}")
    if alone := sum(feature.unknown == len(others) for feature in only):
        whom = f"any of the {rivals}" if len(others) > 1 else f"the {rivals}"
        more = counted(alone, "further feature" if said else "feature")
        said.append(f"of {more} offered here it is unknown whether {whom} has it too")
    yield Line("Only here", text, tuple(said))


def _only(report: Report, subjects: list[str], others: list[str]) -> list[_Feature]:
    """Return the features that a subject offers and nobody else is known to, the surest first."""
    assert report.offering is not None  # the caller has asked
    matrix = report.offering.features()
    found = []
    for key in report.catalog.features:
        mine = [claim for each in subjects if (claim := matrix.cell(key, each)) is not None and claim.value == "yes"]
        theirs = [matrix.cell(key, vendor) for vendor in others]
        if mine and all(claim is None or claim.value == "no" for claim in theirs):
            elsewhere = tuple(
                record.name
                for vendor, record in report.catalog.competitors.items()
                if vendor not in report.competitors
                and (held := record.features.get(key)) is not None
                and held.value != "no"
            )
            found.append(_Feature(sum(claim is None for claim in theirs), key, mine[0].source, elsewhere))
    return sorted(found)


def _few(report: Report, features: list[_Feature], refs: References) -> str:
    texts = [
        uncited(report.catalog.features[feature.key].name) + _numbers([feature.source], refs) + _beside(feature)
        for feature in features[:MOST_FEATURES]
    ]
    return "; ".join(texts) + _more(features, MOST_FEATURES)


def _beside(feature: _Feature) -> str:
    """Return what must be known beside a feature: of whom nothing is known, and who else has it."""
    said = [f"unknown of {feature.unknown}"] if feature.unknown else []
    if feature.elsewhere:
        said.append(f"elsewhere, if only in part: {listed(map(uncited, feature.elsewhere))}")
    return f" ({'; '.join(said)})" if said else ""


def _more(held: Sequence[object], most: int) -> str:
    return f"; and {len(held) - most} more" if len(held) > most else ""


# Cannot be said


def _cannot_be_said(report: Report) -> Iterator[Line]:
    said = [*_unmeasured(report), *_open_settings(report), *_open_models(report)]
    if said:
        yield Line("Cannot be said", f"{said[0][0].upper()}{said[0][1:]}.", tuple(said[1:]))


def _unmeasured(report: Report) -> Iterator[str]:
    """Say of whom no score is known: a report without a benchmark must not look as if there were nothing to ask."""
    catalog = report.catalog
    names = []
    for side in report.subject:
        keys = (key for key in catalog.models if catalog.models[key].developer == side.competitor)
        if not any(catalog.results_of(key) for key in (keys if side.whole else map(model_of, side.models))):
            names.append(uncited(side.name))
    if names:
        yield f"no document here has a score of {listed(names, 'or')}"


def _open_settings(report: Report) -> Iterator[str]:
    contested = [verdict for duel in report.duels for verdict in duel.verdicts.contested]
    noun = "setting" if len(report.duels) == 1 else "comparison"
    leads = [verdict for verdict in contested if verdict.outcome == "lead"]
    if unknown := sum(verdict.noise is None for verdict in leads):
        yield f"for {unknown} of {counted(len(leads), 'lead')} on either side the noise is unknown, so that nobody wins"
    if turned := sum(verdict.leader_depends_on_source for verdict in contested):
        yield f"in {counted(turned, noun)} another document alone would turn the order round"
    if alone := report.uncontested:
        own = len({matchup.subject for matchup in report.matchups})
        who = "the subject was measured and none of the models that it meets was"
        if own > 1:
            who = "a model of the subject was measured and none of those that it meets was"
        yield f"in {counted(alone, 'setting')} {who}"


def _open_models(report: Report) -> Iterator[str]:
    if report.unmet:
        sides = listed(uncited(side.name) for side in report.unmet)
        yield f"no setting has a score both of the subject's models compared here and of {sides}"
    if newer := report.newer:
        names = ", ".join(_name(report, key) for key in newer[:MOST_NAMED]) + _more(newer, MOST_NAMED)
        yield f"how newer models fare, which share no more rows of tables with the other side than those shown: {names}"
    labels = dict.fromkeys(label for duel in report.duels for label in (duel.subject, duel.rival))
    silent = [label for label in labels if report.catalog.models[model_of(label)].active_params is None]
    if silent:
        names = listed((_name(report, label) for label in silent), "or")
        yield f"no document here states the active parameters of {names}"
