"""Answers as files: the form that a name's ending asks for, and a write that leaves the whole file or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from typing import Any, Final, NoReturn

from stackcompare.errors import OutputError
from stackcompare.render.safe import inline
from stackcompare.shown import FORMATS, Form, form_of

StrPath = str | os.PathLike[str]


_OTHER_PLACE: Final = "choose another place"
_FAILURES: Final = {
    errno.EEXIST: ("it exists", "choose another name, or say force=True (--force)"),
    errno.EISDIR: ("it is a folder", "add the name of a file"),
    errno.ENOENT: ("there is no folder {folder}", "make it first, or choose another"),
    errno.ENOTDIR: ("{folder} is no folder", "choose one that is"),
    errno.EACCES: ("permission is denied", _OTHER_PLACE),
    errno.EPERM: ("permission is denied", _OTHER_PLACE),
    errno.EROFS: ("the place can only be read", _OTHER_PLACE),
    errno.ENOSPC: ("the disk is full", "free some space, or choose another place; nothing is left behind"),
    errno.EDQUOT: ("your quota is used up", "free some space, or choose another place; nothing is left behind"),
    errno.EFBIG: ("files may not grow so large here", _OTHER_PLACE),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.EINVAL: ("no file can be called so", "choose another name"),
    errno.ELOOP: ("its links lead in a circle", "choose another name"),
    errno.ENODEV: ("it is no file but a device or a socket", "choose another name"),
}
_NO_LINKS_HERE: Final = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS}


_FORMS: Final = {form.word: form for form in FORMATS.values()}
_PICTURES: Final = frozenset({"svg", "png"})


def made(shown: Any, word: str, *, filed: bool = False) -> str | bytes:
    """Return an object in a form by its word, such as `markdown`; `filed` as a file has it.

    An object that can be charted has the forms of its chart. Raises `OutputError` where there is no such form.
    """
    form = _FORMS.get(word)
    if form is None or (make := _maker(shown, form)) is None:
        known = ", ".join(each for each, form in _FORMS.items() if _maker(shown, form) is not None)
        raise OutputError(f"a {type(shown).__name__} has no form {inline(word)[:20]!r}; it has {known}")
    given: str | bytes = make(**form.options if filed else {})
    return f"{given}\n" if isinstance(given, str) and not given.endswith("\n") else given


def content(shown: Any, path: StrPath, word: str | None = None) -> str | bytes:
    """Return an object in the form that is asked for by its word, else by the ending of a file's name.

    Raises `OutputError` for a form that there is not, or that this object does not have.
    """
    if word is not None:
        return made(shown, word, filed=True)
    if not isinstance(path, (str, os.PathLike)):
        raise OutputError(f"{repr(path)[:80]} is no path; name the file to write")
    form = form_of(path)
    if form is None and (os.path.isdir(path) or os.fspath(path).endswith(("/", os.sep))):
        raise OutputError(f"cannot write {_named(path)}: {'; '.join(_FAILURES[errno.EISDIR])}")
    if form is None or _maker(shown, form) is None:
        endings = [known for known, each in FORMATS.items() if _maker(shown, each) is not None]
        ending = os.path.splitext(os.fspath(path))[1]
        said = f"{inline(ending)[:20]!r} is no form of" if ending else "no ending tells the form of"
        raise OutputError(
            f"cannot write {_named(path)}: {said} a {type(shown).__name__}; "
            f"end the name with {', '.join(endings[:-1])} or {endings[-1]}"
        )
    return made(shown, form.word, filed=True)


def _maker(shown: Any, form: Form) -> Callable[..., str | bytes] | None:
    """Return what makes this form of an object, or the picture of its chart."""
    if form.word in _PICTURES and hasattr(shown, "chart"):
        return lambda: getattr(shown.chart(), form.method)()
    make: Callable[..., str | bytes] | None = getattr(shown, form.method, None)
    return make


def write(path: StrPath, content: str | bytes, *, force: bool = False) -> None:
    """Write a file as a whole or not at all: text as UTF-8, its line ends as they are.

    A file that exists is kept unless `force` is said, even where it appears at the last moment; then it is replaced at
    once, with its permissions, and where it is a link, what the link leads to. To a pipe or a character device, such as
    `/dev/stdout`, the content is just sent. Raises `OutputError` where that fails; then nothing is left behind.
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    target = os.fspath(path)
    try:
        kind = _kind(target)
        if stat.S_ISCHR(kind) or stat.S_ISFIFO(kind):
            with open(target, "wb") as stream:
                stream.write(data)
        elif stat.S_ISDIR(kind) or target.endswith(("/", os.sep)):
            _fail(errno.EISDIR)
        elif kind and not stat.S_ISREG(kind):
            _fail(errno.ENODEV)
        elif os.path.lexists(target) and not force:
            _fail(errno.EEXIST)
        else:
            target = os.path.realpath(target) if force else target
            _put(target, data, force)
    except OSError as error:
        folder = _named(os.path.dirname(os.path.abspath(target)))
        code = error.errno or 0
        what, instead = _FAILURES.get(code, (error.strerror or str(error), _OTHER_PLACE))
        raise OutputError(f"cannot write {_named(path)}: {what.format(folder=folder)}; {instead}") from error


def _named(path: StrPath) -> str:
    """Return a path as an error shows it: on one line, cut in the middle where it is very long."""
    name = inline(os.fspath(path))
    return repr(name if len(name) <= 160 else f"{name[:80]}...{name[-60:]}")


def _fail(code: int) -> NoReturn:
    raise OSError(code, os.strerror(code))


def _kind(target: str) -> int:
    """Return the mode bits of what stands there now, links followed; 0 where nothing does."""
    if not target or "\0" in target:
        _fail(errno.EINVAL)
    try:
        return os.stat(target).st_mode
    except UnicodeEncodeError:
        _fail(errno.EINVAL)
    except FileNotFoundError:
        return 0


def _put(target: str, data: bytes, force: bool) -> None:
    """Write beside the target under a passing name, then give it its own."""
    passing = os.path.join(os.path.dirname(target), f".stackcompare-{os.urandom(8).hex()}.tmp")
    try:
        with open(passing, "xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if force:
            with contextlib.suppress(FileNotFoundError):
                os.chmod(passing, stat.S_IMODE(os.stat(target).st_mode) & 0o777)
            os.replace(passing, target)
        else:
            _give_new_name(passing, target)
    finally:
        with contextlib.suppress(OSError):  # mostly because the passing name is gone already
            os.unlink(passing)


def _give_new_name(passing: str, target: str) -> None:
    """Name a file so that nothing is ever overwritten; without hard links, the name is taken first and then filled."""
    try:
        os.link(passing, target)
    except OSError as error:
        if error.errno not in _NO_LINKS_HERE:
            raise
        with open(target, "xb"):
            pass
        try:
            os.replace(passing, target)
        except OSError:
            os.unlink(target)
            raise
