"""The commands: each asks the library one question and gives its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from stackcompare import __version__
from stackcompare.cli.asking import (
    KINDS,
    asked_form,
    baseline_option,
    benchmarks_option,
    chosen_rules,
    completing,
    data_option,
    extend_option,
    force_option,
    give,
    models_argument,
    paths_given,
    patience,
    read_catalog,
    several,
    stop,
    tell_problems,
    text_file_option,
    with_common,
    with_lenient_rules,
    with_rules,
    write_or_print,
)
from stackcompare.errors import DataError, SelectionError

if TYPE_CHECKING:
    from datetime import datetime

    from stackcompare.analysis import Comparison
    from stackcompare.catalog import Catalog


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="stackcompare")
def cli() -> None:
    """Which model, on which stack, at what cost, and according to whom.

    Every figure is cited: a number behind a value leads to its document below the table. Models are found by
    id, alias or near spelling; a configuration stands in brackets: aster-2[reasoning=low].

    \b
    stackcompare list models
    stackcompare compare MODEL MODEL MODEL
    stackcompare show MODEL --cite
    stackcompare conflicts --model MODEL
    """


@cli.command("list")
@click.argument("kind", type=click.Choice(KINDS), default="models")
@click.option("--where", "-w", "conditions", multiple=True, metavar="FIELD=VALUE",
              help="Keep what surely meets this: developer=aster, active_params__le=12B; may be repeated.")  # fmt: skip
@with_common
def list_(kind: str, conditions: tuple[str, ...], form: str, extend: tuple[str, ...], data: tuple[str, ...]) -> None:
    """List the records of a KIND: models unless you say otherwise."""
    catalog = read_catalog(data, extend)
    found: Any = catalog.results if kind == "results" else catalog.section(kind)
    if conditions:
        found = found.where(**_conditions(conditions))
        if len(found.cannot_tell):
            click.echo(f"{len(found.cannot_tell)} more cannot be told: not reported, or only a bound", err=True)
    give(found, form)


def _conditions(given: tuple[str, ...]) -> dict[str, Any]:
    conditions: dict[str, Any] = {}
    for text in given:
        keyword, equals, value = text.partition("=")
        if not equals or not keyword.strip():
            raise SelectionError(f"{text!r} is no condition; write field=value, such as developer=aster")
        keyword = keyword.strip()
        if keyword in conditions:
            raise SelectionError(
                f"{keyword!r} is asked for twice; ask once, or use {keyword.partition('__')[0]}__in=a,b"
            )
        conditions[keyword] = value.split(",") if keyword.endswith("__in") else value
    return conditions


@cli.command()
@click.argument("name", shell_complete=completing("models"))
@click.option("--kind", type=click.Choice(KINDS[:-1]), help="Kind of record; else the first kind that knows the name.")
@click.option("--cite", is_flag=True, help="Show who says it, and what else is said, for every field.")
@with_common
def show(name: str, kind: str | None, cite: bool, form: str, extend: tuple[str, ...], data: tuple[str, ...]) -> None:
    """Show one record: a model, a benchmark, a source ..."""
    catalog = read_catalog(data, extend)
    from stackcompare.render import RecordView

    section, key = _find(catalog, name, kind)
    give(RecordView(catalog, section, key, cite=cite), form)


def _find(catalog: Catalog, name: str, kind: str | None) -> tuple[str, str]:
    if kind is not None:
        return kind, catalog.find(kind, name)
    if "[" in name:
        raise SelectionError(f"{name!r} asks for a configuration; a record is the same for all: leave the brackets out")
    for section in KINDS[:-1]:
        if name in catalog.section(section):
            return section, name
    failure: SelectionError | None = None
    for section in KINDS[:-1]:
        try:
            return section, catalog.find(section, name)
        except SelectionError as error:
            failure = failure or error
    assert failure is not None
    raise failure


@cli.command()
@click.argument("text")
@with_common
def search(text: str, form: str, extend: tuple[str, ...], data: tuple[str, ...]) -> None:
    """List the models whose names hold every word of TEXT, nearly so spelt."""
    give(read_catalog(data, extend).models.search(text), form)


@cli.command()
@models_argument
@baseline_option
@benchmarks_option
@with_rules
@with_common
def compare(models: tuple[str, ...], baseline: str | None, benchmarks: tuple[str, ...], **options: Any) -> None:
    """Compare models: who is ahead on what, by how much, at what cost, according to whom."""
    comparison = _comparison(models, baseline, benchmarks, options).ruled_by(**chosen_rules(options))
    give(comparison, options["form"])


@cli.command()
@models_argument
@benchmarks_option
@with_rules
@with_common
def winners(models: tuple[str, ...], benchmarks: tuple[str, ...], **options: Any) -> None:
    """Decide each benchmark and setting, with everything behind it."""
    verdicts = _comparison(models, None, benchmarks, options).winners(**chosen_rules(options))
    give(verdicts, options["form"])
    if not verdicts:
        stop("no score of these models from these sources on these benchmarks", 1)


@cli.command()
@models_argument
@baseline_option
@click.option(
    "--measure",
    default="active_params",
    show_default=True,
    help="Cost measure: active_params, total_params ...",
)
@with_common
def ratios(models: tuple[str, ...], baseline: str | None, measure: str, **options: Any) -> None:
    """Give a cost measure of each model as a multiple of the baseline's, with the spread over sources."""
    give(_comparison(models, baseline, (), options).cost_ratios(measure), options["form"])


def _comparison(
    models: tuple[str, ...], baseline: str | None, benchmarks: tuple[str, ...], options: dict[str, Any]
) -> Comparison:
    found: Comparison = read_catalog(options["data"], options["extend"]).compare(
        *models, baseline=baseline, benchmarks=benchmarks or None
    )
    return found


@cli.command()
@click.option(
    "--model", "-m", metavar="MODEL", help="Only those about this model.", shell_complete=completing("models")
)
@click.option("--kind", metavar="KIND", help="Only those of one kind, as 'note against primary' or 'evaluators'.")
@click.option("--explained", is_flag=True, help="Also differences that a setting explains, with the setting.")
@with_common
def conflicts(model: str | None, kind: str | None, explained: bool, **options: Any) -> None:
    """List where sources disagree, claim by claim: who says what."""
    catalog = read_catalog(options["data"], options["extend"])
    give(catalog.conflicts(model, kind=kind, explained=explained), options["form"])


@cli.command()
@click.argument("model", shell_complete=completing("models"))
@click.option("--stacks", multiple=True, callback=several, metavar="ID,...", help="Only these runtimes.",
              shell_complete=completing("stacks"))  # fmt: skip
@with_common
def serving(model: str, stacks: tuple[str, ...], form: str, extend: tuple[str, ...], data: tuple[str, ...]) -> None:
    """Show how a MODEL is said to be served: each runtime's settings, how firmly they are said, and by whom."""
    give(read_catalog(data, extend).serving(model, stacks=stacks or None), form)


@cli.command()
@click.argument(
    "competitors", nargs=-1, required=True, metavar="COMPETITOR...", shell_complete=completing("competitors")
)
@with_common
def features(competitors: tuple[str, ...], form: str, extend: tuple[str, ...], data: tuple[str, ...]) -> None:
    """Show what vendors offer, feature by feature: yes, no, partial, preview or unknown."""
    give(read_catalog(data, extend).compare_competitors(*competitors).features(), form)


@cli.command()
@click.argument("models", nargs=-1, metavar="[MODEL]...", shell_complete=completing("models"))
@with_common
def coverage(models: tuple[str, ...], form: str, extend: tuple[str, ...], data: tuple[str, ...]) -> None:
    """Count the benchmark settings in which each pair of MODELs can be compared at all.

    Without a MODEL: how many results each model has on each benchmark, the best measured first.
    """
    catalog = read_catalog(data, extend)
    give(catalog.coverage(*models) if models else catalog.grid(), form)


_benchmark = click.argument("benchmark", shell_complete=completing("benchmarks"))
_setting = click.option(
    "--where", "-w", "conditions", multiple=True, metavar="SETTING=VALUE",
    help="The setting: tools=none, version=v6 ...; else the one with most models.",
)  # fmt: skip
_among = click.option(
    "--models", "-m", multiple=True, callback=several, metavar="MODEL,...", help="Only these models.",
    shell_complete=completing("models"),
)  # fmt: skip


_base = click.option("--base", is_flag=True, help="Base checkpoints; else post-trained models, where there are any.")


def _ranked(conditions: tuple[str, ...], models: tuple[str, ...], options: dict[str, Any]) -> dict[str, Any]:
    """Return what `ranking` and its kin are asked: the setting, the models, the rules."""
    asked = {"models": models or None, "base": options["base"] or None, **chosen_rules(options)}
    settings = _conditions(conditions)
    for name in settings:
        if name in asked or name in _NO_SETTINGS:
            raise SelectionError(f"{name!r} is no setting of a benchmark; settings are tools, subset, version ...")
    return asked | settings


_NO_SETTINGS = frozenset({"benchmark", "cost"})
"""What the library's functions take beside settings, and `-w` does not."""


def _ranking_rules(command: Callable[..., None]) -> Callable[..., None]:
    return _benchmark(_setting(_among(_base(with_lenient_rules(with_common(command))))))


@cli.command()
@_ranking_rules
def ranking(benchmark: str, conditions: tuple[str, ...], models: tuple[str, ...], **options: Any) -> None:
    """Rank models on one setting of a BENCHMARK, each by its best documented score.

    \b
    stackcompare ranking gpqa-diamond -o forest.svg
    """
    catalog = read_catalog(options["data"], options["extend"])
    give(catalog.ranking(benchmark, **_ranked(conditions, models, options)), options["form"])


@cli.command()
@click.option("--cost", default="active_params", show_default=True,
              help="What a score is weighed against: active_params, total_params, input_usd ...")  # fmt: skip
@_ranking_rules
def frontier(benchmark: str, cost: str, conditions: tuple[str, ...], models: tuple[str, ...], **options: Any) -> None:
    """Show which models nobody beats on a BENCHMARK for less, surely or maybe.

    \b
    stackcompare frontier gpqa-diamond --cost output_usd -o frontier.svg
    """
    catalog = read_catalog(options["data"], options["extend"])
    give(catalog.frontier(benchmark, cost=cost, **_ranked(conditions, models, options)), options["form"])


@cli.command()
@_ranking_rules
def timeline(benchmark: str, conditions: tuple[str, ...], models: tuple[str, ...], **options: Any) -> None:
    """Show how the best score of a BENCHMARK moved with releases, open and closed weights apart."""
    catalog = read_catalog(options["data"], options["extend"])
    give(catalog.timeline(benchmark, **_ranked(conditions, models, options)), options["form"])


@cli.command()
@click.argument("kind", type=click.Choice(("eval-results", "model-index", "every-eval-ever")))
@click.argument("model", required=False, shell_complete=completing("models"))
@click.option("--dataset", "datasets", multiple=True, metavar="BENCHMARK=ORG/ID:TASK",
              help="Data set and task of the hub that a benchmark is; may be repeated.")  # fmt: skip
@click.option("--retrieved", type=click.DateTime(["%Y-%m-%d"]), help="Day on which the data were retrieved.")
@text_file_option
@force_option
@extend_option
@data_option
def export(
    kind: str, model: str | None, datasets: tuple[str, ...], retrieved: datetime | None,
    extend: tuple[str, ...], data: tuple[str, ...],
) -> None:  # fmt: skip
    """Write results as others take them: for the hub a model card's, or logs of Every Eval Ever.

    What has no place there is left out, counted on stderr with the reason.
    """
    if datasets and kind == "every-eval-ever":
        raise SelectionError("--dataset is for eval-results and model-index; every-eval-ever has no place for it")
    if retrieved and kind != "every-eval-ever":
        raise SelectionError(f"--retrieved is for every-eval-ever; {kind} has no place for it")
    if not datasets and kind != "every-eval-ever":
        raise SelectionError(
            f"{kind} needs the hub's data set for each benchmark; say --dataset BENCHMARK=ORG/ID:TASK, once for each"
        )
    catalog = read_catalog(data, extend)
    found = catalog.results if model is None else catalog.results.where(model=model)
    if kind == "every-eval-ever":
        made = found.to_every_eval_ever(retrieved=retrieved.date() if retrieved else None)
    elif kind == "eval-results":
        made = found.to_eval_results(datasets=_homes(datasets))
    else:
        made = found.to_model_index(datasets=_homes(datasets))
    write_or_print(made.text)
    for left_out in made.left_out:
        click.echo(str(left_out), err=True)


def _homes(given: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Return the data set and task of each benchmark; raise `SelectionError` for what names none."""
    homes: dict[str, tuple[str, str]] = {}
    for text in given:
        benchmark, _, home = text.partition("=")
        dataset, _, task = home.partition(":")
        if not (benchmark and dataset and task):
            raise SelectionError(f"{text!r} names no data set; write BENCHMARK=ORG/ID:TASK, as quiz=org/quiz:default")
        homes[benchmark] = dataset, task
    return homes


@cli.command()
@click.argument(
    "subject", nargs=-1, required=True, metavar="SUBJECT...", shell_complete=completing("competitors"), callback=several
)
@click.option("--versus", multiple=True, callback=several, metavar="NAME,...",
              help="Against these competitors or models; else against its usual rivals.",
              shell_complete=completing("competitors"))  # fmt: skip
@click.option("--charts/--no-charts", default=None, help="Draw charts into the page; else where they can be drawn.")
@with_rules
@with_common
def report(subject: tuple[str, ...], versus: tuple[str, ...], charts: bool | None, **options: Any) -> None:
    """Report on a competitor, or on models: the answer, the tables behind it, and who says what.

    \b
    stackcompare report nvidia -o nvidia.html
    stackcompare report MODEL --versus MODEL,MODEL -o models.md

    .html, .pdf, .md, .txt, .json and .xlsx hold the whole report; .csv, .jsonl and .parquet one row for each pair of
    models, with how many settings end how.
    """
    from stackcompare.analysis.report import report as make_report

    if charts and asked_form(options["form"]) not in {"html", "pdf"}:
        raise SelectionError("--charts draws into a page; write one with -o FILE.html or -o FILE.pdf")
    catalog = read_catalog(options["data"], options["extend"])
    rules = chosen_rules(options)
    give(make_report(catalog, subject, versus=versus or None, charts=charts, **rules), options["form"])


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--extend",
    multiple=True,
    callback=paths_given,
    metavar="FILE",
    help="Check this file as laid over the data; may be repeated.",
)
@click.option("--format", "form", type=click.Choice(("text", "json", "github")), default="text", show_default=True,
              help="How to print the problems.")  # fmt: skip
@click.option(
    "--report", is_flag=True, help="Then show what a curator would look at: gaps, ageing, evidence, coverage."
)
def check(paths: tuple[str, ...], extend: tuple[str, ...], form: str, report: bool) -> None:
    """Check data files: every problem, with its place and what to write instead.

    Without a PATH the bundled YAML is checked. Exit code 1 says that there are problems.
    """
    from stackcompare.catalog import Catalog
    from stackcompare.loading import bundled_store, read_store
    from stackcompare.render.words import counted

    try:
        with patience("checking the data"):
            store = read_store(paths) if paths else bundled_store(snapshot=False)
            catalog = Catalog(read_store(extend, base=store) if extend else store)
    except DataError as error:
        tell_problems(error, form)
        raise SystemExit(1) from None
    if report:
        give(catalog.curation(), "json" if form == "json" else "table")
    elif form == "json":
        click.echo("[]")
    kinds = ("models", "benchmarks", "results", "sources")
    counts = ", ".join(counted(len(getattr(catalog, kind)), kind.removesuffix("s"), kind) for kind in kinds)
    click.echo(f"no problems: {counts}", err=form != "text" or report)


@cli.command()
@text_file_option
@force_option
def schema() -> None:
    """Print the JSON Schema of the data files, for editors that complete and explain."""
    from json import dumps

    from stackcompare.loading.schema import file_schema

    write_or_print(dumps(file_schema(), indent=2, ensure_ascii=False) + "\n")


@cli.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the completion script of a SHELL: eval "$(stackcompare completion bash)"."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "stackcompare", "_STACKCOMPARE_COMPLETE").source())
