"""What the commands share: reading the data, giving the answer or saying what is in its way, and common options."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from stackcompare.errors import DataError, SelectionError, StackcompareError
from stackcompare.shown import FORMATS, form_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from stackcompare.catalog import Catalog

FORMS = ("table", *dict.fromkeys(form.word for form in FORMATS.values()))
OUTPUT = "stackcompare.output"
"""Where a command keeps, in its context, the file to write and whether it may replace one."""
MOST_PROBLEMS = 20
"""As many problems are told where something else was asked for; `check` tells all."""
KINDS = (
    "models", "benchmarks", "sources", "competitors", "features", "stacks", "serving_guides", "arguments",
    "throughputs", "hardware", "licenses", "prices", "assets", "briefs", "findings", "organizations", "results",
)  # fmt: skip


@contextlib.contextmanager
def patience(what: str) -> Iterator[None]:
    """Say on a terminal's stderr what is going on once it has taken a second."""

    def tell() -> None:
        click.echo(f"{what} ...", err=True)

    timer = threading.Timer(1.0, tell)
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def read_catalog(data: Sequence[str], extend: Sequence[str]) -> Catalog:
    """Return the catalogue of the data asked for, with what is laid over it."""
    from stackcompare.catalog import load

    with patience("reading the data"):
        return load(list(data) or None, extend=list(extend))


def asked_form(form: str | None) -> str | None:
    """Return the word of the form that an answer will have, by name or by the ending of its file."""
    output = click.get_current_context().meta.get(f"{OUTPUT}.file") or ""
    known = form_of(output)
    return form or (known.word if known else None)


def give(shown: Any, form: str | None = None) -> None:
    """Print an object in the form asked for, a table unless said otherwise, or write it to the file asked for."""
    meta = click.get_current_context().meta
    output, force = meta.get(f"{OUTPUT}.file"), meta.get(f"{OUTPUT}.force", False)
    if output in (None, "-"):
        send(shown, form or "table")
        return
    from stackcompare.render import content, write

    write(output, content(shown, output, "text" if form == "table" else form), force=force)
    _tell_written(output)


def send(shown: Any, form: str) -> None:
    """Send an object to stdout."""
    if form == "table":
        from stackcompare.render.console import printer

        printer().print(shown.__rich__())
        return
    from stackcompare.render import made

    written = made(shown, form)
    if isinstance(written, bytes) and sys.stdout.isatty():
        raise SelectionError(f"{form} is nothing for a screen; name a file with -o, or send it through a pipe")
    click.echo(written.rstrip("\n") if isinstance(written, str) else written, nl=isinstance(written, str))


def write_or_print(text: str) -> None:
    """Write a text to the file asked for, or print it."""
    meta = click.get_current_context().meta
    output = meta[f"{OUTPUT}.file"]
    if output in (None, "-"):
        click.echo(text, nl=False)
        return
    from stackcompare.render import write

    write(output, text, force=meta[f"{OUTPUT}.force"])
    _tell_written(output)


def _tell_written(path: str) -> None:
    from stackcompare.render.safe import inline

    click.echo(f"written: {inline(path)}", err=True)


def tell_problems(error: DataError, form: str, *, most: int | None = None) -> None:
    """Print problems; those that only stand in the way of an answer, the first `most`, to stderr."""
    from stackcompare.render.safe import inline

    if form == "json":
        from json import dumps

        click.echo(dumps([problem._asdict() for problem in error.problems], ensure_ascii=False, indent=2))
    for problem in error.problems[:most]:
        if form == "text":
            click.echo(inline(str(problem)), err=most is not None)
        elif form == "github":
            message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
            click.echo(inline(f"::error file={problem.file},line={problem.line},col={problem.column}::{message}"))
    count = f"{len(error.problems)} problem{'s' if len(error.problems) != 1 else ''}"
    if most and len(error.problems) > most:
        count += f", the first {most} here; `stackcompare check PATH` tells all"
    click.echo(count, err=True)


def stop(message: str, code: int) -> NoReturn:
    """Say why nothing more comes, and end with an exit code."""
    from stackcompare.render.safe import inline

    click.echo(f"stackcompare: {inline(message)}", err=True)
    raise SystemExit(code)


def remembered(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep an option about the output for `give`, so that commands need not pass it on."""
    context.meta[f"{OUTPUT}.{parameter.name}"] = value


def several(_: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Split values at commas, so that an option may be repeated or hold a list."""
    from stackcompare.analysis.contestants import apart

    parts = tuple(part for text in value for part in apart(text))
    if value and not parts:
        instead = "name at least one" if parameter.required else "give one, or leave the option out"
        raise click.BadParameter(f"no value is given; {instead}", param=parameter)
    return parts


def paths_given(_: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths; refuse an empty one."""
    if not all(value):
        raise click.BadParameter("an empty path names nothing; name a file or a folder", param=parameter)
    return value


def completing(section: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return what completes ids of one kind, also after a comma."""

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from stackcompare.catalog import load

        done, comma, begun = incomplete.rpartition(",")
        try:
            ids = load().store.ids(section)
        except StackcompareError:
            return []  # a broken catalogue must not print over the prompt
        return [CompletionItem(f"{done}{comma}{key}") for key in ids if key.startswith(begun)]

    return complete


form_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="How to give the answer: a table, or what the ending of the file says.",
)


def _output_option(what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option that names the file to write; `what` says more of it."""
    return click.option(
        "--output", "-o", "file", metavar="FILE", callback=remembered, expose_value=False,
        help=f"Write to this file; {what}`-` is stdout.",
    )  # fmt: skip


file_option = _output_option("its ending tells the form: .html, .pdf, .md, .csv, .json, .xlsx ... ")
text_file_option = _output_option("")
force_option = click.option(
    "--force", is_flag=True, callback=remembered, expose_value=False, help="Replace the file where it exists."
)
extend_option = click.option(
    "--extend",
    multiple=True,
    callback=paths_given,
    metavar="FILE",
    help="Lay this file or folder over the data; may be repeated.",
)
data_option = click.option(
    "--data",
    multiple=True,
    callback=paths_given,
    metavar="PATH",
    help="Use this file or folder instead of the bundled data; may be repeated.",
)
models_argument = click.argument(
    "models", nargs=-1, required=True, metavar="MODEL...", shell_complete=completing("models")
)
benchmarks_option = click.option(
    "--benchmarks", "-b", multiple=True, callback=several, metavar="ID,...", help="Only these benchmarks.",
    shell_complete=completing("benchmarks"),
)  # fmt: skip
baseline_option = click.option(
    "--baseline", metavar="MODEL", help="Model that costs are a multiple of; else the first named."
)


def with_common(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of form, file and data."""
    return form_option(file_option(force_option(extend_option(data_option(command)))))


def with_lenient_rules(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the rules that a score counts by."""
    for option in (
        click.option("--confidence", type=float, default=0.95, show_default=True, help="Level at which a lead wins."),
        click.option("--slack", type=float, default=0.5, show_default=True, help='Points that "about" may be off.'),
        click.option("--prefer", multiple=True, callback=several, metavar="KIND,...",
                     help="Evidence to prefer: independent, first_party, rival, secondary."),
        click.option("--sources", multiple=True, callback=several, metavar="ID,...", help="Only these documents.",
                     shell_complete=completing("sources")),
    ):  # fmt: skip
        command = option(command)
    return command


strict_option = click.option("--strict", is_flag=True, help="Refuse scores whose source leaves a facet unsaid.")


def with_rules(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the rules that a verdict is reached by."""
    return strict_option(with_lenient_rules(command))


def chosen_rules(options: dict[str, Any]) -> dict[str, Any]:
    """Return the rules asked for, as `winners` takes them."""
    asked = {name: options[name] for name in ("strict", "prefer", "slack", "confidence") if name in options}
    return asked | {"sources": options["sources"] or None}
