"""The command line: data to stdout, messages to stderr, exit code 0, 1 (findings) or 2 (usage)."""

from __future__ import annotations

import codecs
import contextlib
import gc
import os
import sys
from collections.abc import Sequence

import click

from stackcompare.cli.asking import MOST_PROBLEMS, stop, tell_problems
from stackcompare.cli.commands import cli
from stackcompare.errors import DataError, StackcompareError

__all__ = ["cli", "main"]


def _for_what_cannot_be_held(encoding: str) -> str:
    """Return how a stream is to write what its encoding does not have: marks must stay apart, whatever they become."""
    if codecs.lookup(encoding).name.startswith("utf"):
        return "replace"  # only lone surrogates
    from stackcompare.render.safe import spelt_out

    codecs.register_error("stackcompare", spelt_out)
    return "stackcompare"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; the entry point of `stackcompare`."""
    if arguments is None:
        gc.disable()  # a command ends before garbage weighs: its records all stay
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_for_what_cannot_be_held(stream.encoding))
    if "_STACKCOMPARE_COMPLETE" in os.environ:
        cli.main(prog_name="stackcompare")
    try:
        # Not `cli.main`: it makes an exit code of its own out of a closed pipe.
        given = list(sys.argv[1:] if arguments is None else arguments)
        with contextlib.suppress(click.exceptions.Exit), cli.make_context("stackcompare", given) as context:
            cli.invoke(context)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python would complain again while flushing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except (click.exceptions.Abort, KeyboardInterrupt):
        stop("interrupted", 130)
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except DataError as error:
        tell_problems(error, "text", most=MOST_PROBLEMS)
        raise SystemExit(1) from None
    except StackcompareError as error:
        stop(str(error), 2)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        stop(f"cannot write the output: {error.strerror}", 2)
