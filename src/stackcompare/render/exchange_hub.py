"""Results as the Hugging Face Hub reads them: `.eval_results/*.yaml`, and the `model-index` of a model card.

Formats: https://huggingface.co/docs/hub/eval-results, and `modelcard.md` of https://github.com/huggingface/hub-docs, as
read by huggingface_hub 2.4. Both name a data set of the hub for every score, and the first a task that this data set
declares. Neither can be told from the name of a benchmark, so whoever exports says them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from stackcompare.errors import SelectionError, UnknownError, did_you_mean
from stackcompare.records import Result
from stackcompare.render.exchange import Export, Printed, of_one_model, printed, sifted
from stackcompare.render.safe import inline, web_address
from stackcompare.render.words import settings_words

if TYPE_CHECKING:
    from stackcompare.catalog import Catalog, Results

Datasets = Mapping[str, tuple[str, str]]
"""By benchmark, or by a variant of one: the id of its data set on the hub, and the task that this data set declares."""

_UNKNOWN: Final = (
    "no data set of the hub is named for the benchmark; name it: datasets={benchmark: (id, task)}"
    " (--dataset BENCHMARK=ORG/ID:TASK)"
)
_WHOLE_DAY: Final = len("2026-03-11")


def eval_results(results: Results, model: str | None, datasets: Datasets) -> Export:
    """Return one model's results as a file of `.eval_results/`, an entry each, several documents beside one another."""
    catalog, key_results = results.catalog, of_one_model(results, model)[1]
    homes = Homes(catalog, datasets)
    kept, left_out = sifted(key_results, homes.refusal)
    entries = [_entry(catalog, result, *homes.of(result)) for result in kept]
    return Export(_yaml(entries), tuple(entries), left_out)


def model_index(results: Results, model: str | None, datasets: Datasets, task_type: str) -> Export:
    """Return one model's results as the `model-index` of its card's metadata."""
    key, of_model = of_one_model(results, model)
    catalog, homes = results.catalog, Homes(results.catalog, datasets)
    kept, left_out = sifted(of_model, homes.refusal)
    entries = [_indexed(catalog, result, homes.of(result)[0], task_type) for result in kept]
    index = {"model-index": [{"name": inline(catalog.models[key].name), "results": entries}]}
    return Export(_yaml(index), tuple(entries), left_out)


class Homes:
    """Finds the data set that stands for the benchmark of a result; a variant before the benchmark as a whole."""

    def __init__(self, catalog: Catalog, datasets: Datasets) -> None:
        if not isinstance(datasets, Mapping):
            raise SelectionError(f"datasets is a mapping, {{benchmark: (id, task)}}, not {repr(datasets)[:80]}")
        found: dict[str, list[tuple[Mapping[str, str], tuple[str, str]]]] = {}
        variants = {
            name: (key, settings.items())
            for key, benchmark in catalog.benchmarks.items()
            for name, settings in benchmark.variants.items()
        }
        for name, home in datasets.items():
            if name not in variants and name not in catalog.benchmarks:
                hint = did_you_mean(name, [*catalog.benchmarks, *variants])
                raise UnknownError(f"datasets names no benchmark {name[:80]!r}{hint}")
            if isinstance(home, str) or len(home) != 2 or not all(home):
                raise SelectionError(
                    f"the data set of {name!r} is a pair, such as ('org/{name}', 'default'): id and task"
                )
            key, settings = variants.get(name, (name, {}))
            found.setdefault(key, []).append((settings, home))
        self.found = {key: sorted(homes, key=lambda home: -len(home[0])) for key, homes in found.items()}

    def of(self, result: Result) -> tuple[str, str]:
        """Return the data set and the task of a result; raise `KeyError` where nobody said them."""
        for settings, home in self.found.get(result.benchmark, ()):
            if all(result.settings.get(name) == value for name, value in settings.items()):
                return home
        raise KeyError(result.benchmark)

    def refusal(self, result: Result) -> str | None:
        """Return why the hub has no place for a result, if it has none."""
        try:
            self.of(result)
        except KeyError:
            return _UNKNOWN
        return None


def _entry(catalog: Catalog, result: Result, dataset: str, task: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"dataset": {"id": dataset, "task_id": task}, "value": printed(catalog, result)}
    if result.date is not None and len(result.date) == _WHOLE_DAY:
        entry["date"] = str(result.date)
    entry |= _source(catalog, result)
    return entry | {"notes": inline("; ".join(_notes(catalog, result)))}


def _indexed(catalog: Catalog, result: Result, dataset: str, task_type: str) -> dict[str, Any]:
    benchmark = catalog.benchmarks[result.benchmark]
    metric = inline(result.settings.metric or benchmark.metric)
    notes = inline("; ".join(_notes(catalog, result, without="metric")))
    return {
        "task": {"type": task_type},
        "dataset": {"type": dataset, "name": inline(benchmark.name)},
        "metrics": [{"type": metric, "value": printed(catalog, result), "name": f"{metric} ({notes})"}],
        **_source(catalog, result),
    }


def _source(catalog: Catalog, result: Result) -> dict[str, Any]:
    source = catalog.sources[result.source]
    address = web_address(source.url)
    return {"source": {"url": address, "name": inline(source.title)}} if address else {}


def _notes(catalog: Catalog, result: Result, *, without: str = "") -> list[str]:
    """Return what else is known of a score, in words: there is no field for it."""
    settings = {name: value for name, value in result.settings.items().items() if name != without}
    source = catalog.sources[result.source]
    publisher = catalog.organizations[source.publisher].name
    notes = [
        settings_words(settings),
        f"about, printed as {result.score}" if result.score.is_approximate else None,
        f"standard error {result.standard_error}" if result.standard_error else None,
        "95 % interval {} to {}".format(*result.interval) if result.interval else None,
        f"published by {publisher} ({catalog.evidence(result).replace('_', ' ')})",
        None if web_address(source.url) else f"in: {source.title}",
        result.derived and f"worked out: {result.derived}",
        result.note,
        "reading doubtful" if result.confidence == "low" else None,
    ]
    return [note for note in notes if note]


def _yaml(held: Any) -> str:
    """Return YAML in the order given, a printed number with its digits."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, _: Any) -> bool:
            return True

    def digits(dumper: yaml.SafeDumper, number: Printed) -> yaml.Node:
        kind = "float" if "." in number.digits else "int"
        return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", number.digits)

    Dumper.add_representer(Printed, digits)
    text: str = yaml.dump(held, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return text
