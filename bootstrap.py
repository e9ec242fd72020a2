"""Run a command of this checkout from its own environment, made first where it is not there.

    python3 bootstrap.py stackcompare compare MODEL MODEL
    python3 bootstrap.py pytest

The first run makes `.venv` in the checkout and installs the package into it. Later runs start at once, and
bring it up to date when pyproject.toml has changed. Only Python 3.11 or newer is needed; messages go to stderr,
so that stdout is the command's own. To start afresh, delete `.venv`.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

# Nothing above and no syntax below may be newer than Python 3.6, or this could not be said:
if sys.version_info < (3, 11):  # noqa: UP036 - older ones run this file too
    sys.stderr.write(
        "bootstrap.py: this is Python {}.{}, and stackcompare needs 3.11 or newer; "
        "run it with one, such as `python3.12 bootstrap.py ...`\n".format(*sys.version_info)
    )
    sys.exit(2)

WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
MARK = VENV / "made-by-bootstrap"
"""Written first: an environment that has this and no stamp was left half made."""
STAMP = VENV / "bootstrap.json"
"""Written last: what the environment was made from. Without it, the environment is not trusted."""

OFFLINE = re.compile(
    r"connection broken by|failed to establish a new connection|name resolution|name or service not known"
    r"|failure resolving|could not resolve|network is unreachable|no route to host|connection refused|timed out"
    r"|dns error",
    re.IGNORECASE,
)


class Stop(Exception):  # noqa: N818 - a word to the user, not an error
    """Why the command cannot be run, and what to type instead."""


def main(argv: list[str]) -> int:
    """Return the exit code of the command that `argv` names."""
    if not argv or argv[0] in ("-h", "--help"):
        print(__doc__.strip(), file=sys.stdout if argv else sys.stderr)
        return 0 if argv else 2
    command, arguments = argv[0], argv[1:]
    extras = [] if command == "stackcompare" else ["test"]
    try:
        if not is_ready(extras):
            with alone():
                if not is_ready(extras):
                    set_up(extras)
        return run(command, arguments)
    except Stop as reason:
        say(str(reason))
        return 2
    except OSError as error:
        say(f"cannot set up .venv: {error}; mend that, or delete .venv, and run this again")
        return 2
    except KeyboardInterrupt:
        say("interrupted; the same command starts again")
        return 130


def say(message: str) -> None:
    """Tell the person at the terminal; stdout is the command's own."""
    print(f"bootstrap.py: {message}", file=sys.stderr, flush=True)


# Is the environment there, and whole?


def made_from() -> dict[str, str]:
    """Return what the environment depends on: its place, its interpreter and pyproject.toml."""
    return {
        "root": str(ROOT),
        "python": os.path.realpath(PYTHON),
        "pyproject": hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
    }


def recorded() -> dict:
    """Return what the stamp says; nothing where the environment was never finished."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def is_ready(extras: list[str]) -> bool:
    """Return whether the environment is whole, current, and has these extras."""
    held = recorded()
    return PYTHON.exists() and held == {**made_from(), "extras": sorted({*held.get("extras", ()), *extras})}


def is_worth_keeping() -> bool:
    """Return whether what is in `.venv` can be installed into; else it is made anew."""
    held = recorded()
    if held:
        now = made_from()
        return PYTHON.exists() and all(held.get(key) == now[key] for key in ("root", "python"))
    if MARK.exists() or not call([PYTHON, "-c", ""])[0]:
        return False
    if call([PYTHON, "-m", "pip", "--version"])[0]:
        return True
    raise Stop(".venv is not of this script's making and has no pip; delete or rename it, then run this again")


@contextlib.contextmanager
def alone():
    """Let one set-up run at a time; a second waits for the first and then finds its work done."""
    try:
        import fcntl

        lock = os.open(ROOT, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        # The installers hold the lock too: one that outlives a killed set-up still keeps the next one waiting.
        os.set_inheritable(lock, True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another run is setting up .venv; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(lock)


# Making it


def set_up(extras: list[str]) -> None:
    """Make `.venv`, or bring it up to date, with the package and these extras in it."""
    if not os.access(ROOT, os.W_OK):
        raise Stop(".venv cannot be made, for this folder is read-only; run it from a copy that you may write to")
    started = time.monotonic()
    extras = sorted({*extras, *recorded().get("extras", ())})
    if is_worth_keeping():
        say("bringing .venv up to date ...")
    else:
        say("setting up .venv; this happens once and takes about a minute ...")
        make()
    STAMP.unlink(missing_ok=True)
    install(extras)
    written = STAMP.with_suffix(".new")
    written.write_text(json.dumps({**made_from(), "extras": extras}), encoding="utf-8")
    os.replace(written, STAMP)
    say(f"ready after {time.monotonic() - started:.0f} s")


def make() -> None:
    """Make an environment with pip in it, in whichever way this machine has."""
    for steps in ways():
        if try_to_make(steps):
            return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if sys.base_prefix != "/usr" or not shutil.which("apt-get"):
        raise Stop(
            "this Python cannot make an environment: it has neither ensurepip nor pip, and neither virtualenv nor "
            "uv is on the PATH; install one of these, then run this again"
        )
    if os.geteuid() != 0:
        raise Stop(
            f"this Python cannot make an environment; type `sudo apt-get install {package}`, then run this again"
        )
    say(f"this Python cannot make an environment yet: installing {package} through apt-get ...")
    apt_get = ["apt-get", "-o", "DPkg::Lock::Timeout=120"]
    wanted = [*apt_get, "install", "--yes", "--no-install-recommends", package]
    done, output = call(wanted)
    if not done:
        call([*apt_get, "update"])
        done, output = call(wanted)
    if not done and OFFLINE.search(output):
        raise Stop(offline(output))
    if not done or not try_to_make([[sys.executable, "-m", "venv", VENV]]):
        raise Stop(
            f"`apt-get install {package}` did not help; install it yourself, then run this again" + indented(output)
        )


def ways() -> list[list[list]]:
    """Return each way to make an environment that this machine may have: the commands, in order."""
    bare = [sys.executable, "-m", "venv", "--without-pip", VENV]
    found = []
    if has("venv") and has("ensurepip"):
        found.append([[sys.executable, "-m", "venv", VENV]])
    if has("venv"):
        pips = [[sys.executable, "-m", "pip"]] if has("pip") else []
        pips += [[pip] for pip in map(shutil.which, ("pip3", "pip")) if pip]
        found += [[bare, [*pip, "--python", PYTHON, "install", "--quiet", "pip"]] for pip in pips]
    virtualenv = [sys.executable, "-m", "virtualenv"] if has("virtualenv") else [shutil.which("virtualenv")]
    if virtualenv[0]:
        found.append([[*virtualenv, "--python", sys.executable, VENV]])
    uv = shutil.which("uv")
    if uv:
        found.append([[uv, "venv", "--seed", "--allow-existing", "--python", sys.executable, VENV]])
    return found


def has(module: str) -> bool:
    """Return whether this Python can import a module."""
    return importlib.util.find_spec(module) is not None


def try_to_make(steps: list[list]) -> bool:
    """Return whether these commands make an environment with a working pip."""
    if VENV.is_symlink() or VENV.is_file():
        raise Stop(".venv is no folder of this checkout; delete or rename it, then run this again")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    MARK.touch()
    for step in [*steps, [PYTHON, "-m", "pip", "--version"]]:
        done, output = call(step)
        if not done and OFFLINE.search(output):
            raise Stop(offline(output))
        if not done:
            return False
    return True


def install(extras: list[str]) -> None:
    """Install the checkout into the environment, editable."""
    target = "." + (f"[{','.join(extras)}]" if extras else "")
    done, output = call([PYTHON, "-m", "pip", "install", "--quiet", "--editable", target])
    if done:
        return
    if OFFLINE.search(output):
        raise Stop(offline(output))
    raise Stop("pip could not install stackcompare into .venv:" + indented(output))


def offline(output: str) -> str:
    """Return what to say where the network was the trouble, with the first reason that the output gives."""
    shown = next(line.strip() for line in output.splitlines() if OFFLINE.search(line))
    reason = re.search(r"(?<=\[Errno )[-\d]+\] ([^'\"()]+)", shown)
    return (
        f"what stackcompare needs could not be downloaded ({reason[1] if reason else shown[:200]}); "
        "check the network and the proxy, then run this again"
    )


def indented(output: str) -> str:
    """Return a command's output, set off from the message before it."""
    return "".join(f"\n  {line}" for line in output.strip().splitlines())


def call(command: list) -> tuple[bool, str]:
    """Run a command in the checkout and return whether it succeeded, with all that it printed."""
    quiet = {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_USER": "0",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env={**environment(), **quiet, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            close_fds=False,
            check=False,
        )
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout


def environment() -> dict[str, str]:
    """Return the caller's environment without what would lead a new interpreter astray."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")}


# Using it


def run(command: str, arguments: list[str]) -> int:
    """Run a command of the environment in this process's place, so that exit code, signals and pipes are its own."""
    program = None if Path(command).name != command else shutil.which(command, path=str(BIN))
    if program is None:
        raise Stop(f"no command {command!r} in .venv; try stackcompare, pytest or python")
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    variables = {**environment(), "PATH": path, "VIRTUAL_ENV": str(VENV)}
    if WINDOWS:
        return subprocess.run([program, *arguments], env=variables, check=False).returncode
    return os.execve(program, [program, *arguments], variables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
