"""Names as people write them: found exactly, by alias, or by being close."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from stackcompare.errors import AmbiguousError, SelectionError, UnknownError, did_you_mean
from stackcompare.loading import Store
from stackcompare.records import SINGULAR
from stackcompare.records.naming import folded

_TOKEN: Final = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*")
_MOST: Final = 12
_LONGEST: Final = 200


def as_name(name: object) -> str:
    """Return a name that is text; raise `SelectionError` for anything else, such as a list of names."""
    if isinstance(name, str):
        return name
    several = "; several names stand side by side: f(*names), not f(names)" if isinstance(name, (list, tuple)) else ""
    raise SelectionError(f"{repr(name)[:80]} is no name; a name is text{several}")


def as_names(names: object) -> tuple[str, ...]:
    """Return one name or several as a tuple; raise `SelectionError` for what is none.

    >>> as_names("aster-2"), as_names(["aster-2", "borealis-1"])
    (('aster-2',), ('aster-2', 'borealis-1'))
    """
    return tuple(map(as_name, names if isinstance(names, Iterable) and not isinstance(names, str) else [names]))


class Names:
    """The names of the records of one kind."""

    def __init__(self, store: Store, section: str) -> None:
        self._store = store
        self._section = section

    def find(self, name: str) -> str:
        """Return the id that a name means.

        An id or alias counts whatever its case and separators; failing that, a name close to that of exactly one record
        (but not for documents, whose ids are copied, not typed). Raises `AmbiguousError` with the few it could mean,
        `UnknownError` with the nearest.
        """
        if self._store.has(self._section, name):
            return name
        exact = self._store.names(self._section).get(folded(name[:_LONGEST]), ())
        found = list(exact) or ([] if self._section == "sources" else self.search(name))
        if len(found) == 1 or (found and all(key.startswith(min(found, key=len)) for key in found)):
            # The others' ids only add to the shortest: a base or a later cut of the same model.
            return min(found, key=len)
        if found:
            raise AmbiguousError(name, found[:_MOST])
        noun = SINGULAR[self._section]
        hint = did_you_mean(name, self._store.ids(self._section)) or f"; `list {self._section}` shows what there is"
        raise UnknownError(f"unknown {noun} {name[:80]!r}{hint}")

    def search(self, text: str) -> list[str]:
        """Return the ids whose names hold every word of a text, nearly so spelt; the best first."""
        text = text[:_LONGEST]
        words, whole = _TOKEN.findall(text.casefold())[:12], folded(text)
        if not words:
            return []
        near = _Nearness(words, whole)
        best: dict[str, float] = {}
        for short, tokens, keys in self._spelt:
            if (score := near.of(short, tokens)) > 0:
                for key in keys:
                    best[key] = max(score, best.get(key, 0.0))
        ranked = sorted((-score, key) for key, score in best.items())
        if ranked and -ranked[0][0] < 1.0:
            ranked = [(score, key) for score, key in ranked if score <= ranked[0][0] + 0.12]
        return [key for _, key in ranked]

    @cached_property
    def _spelt(self) -> list[tuple[str, list[str], tuple[str, ...]]]:
        """Every name, folded and in words, with the ids that it stands for."""
        spelt: list[tuple[str, list[str], tuple[str, ...]]] = []
        for key in self._store.ids(self._section):
            fields = self._store.fields(self._section, key)
            single = (fields.get(field) for field in ("name", "title", "topic"))
            several = (fields.get(field, ()) for field in ("aliases", "variants"))
            names = (key, *filter(None, single), *(name for held in several for name in held))
            spelt += [(folded(name), _TOKEN.findall(name.casefold()), (key,)) for name in names]
        return spelt


class _Nearness:
    """How near names are to some words; each token is looked at once, as names share most of theirs."""

    def __init__(self, words: list[str], whole: str) -> None:
        self._words = words
        self._whole = whole
        self._ratios: dict[tuple[str, str], float] = {}
        self._matcher = difflib.SequenceMatcher(None)

    def of(self, short: str, tokens: list[str]) -> float:
        """Return 0 where some word is not in the name, else how near they are: 1 and more where each stands there."""
        if self._whole in short:
            return 1.0 + len(self._whole) / len(short)
        total = 0.0
        for word in self._words:
            if word in tokens:
                total += 1.0
            elif word[0].isdigit() or len(word) < 3:
                return 0.0
            elif any(token.startswith(word) for token in tokens):
                total += 0.9
            else:
                best = max((self._ratio(word, token) for token in tokens if token[0] == word[0]), default=0.0)
                if best < 0.75:
                    return 0.0
                total += best - 0.15
        count = len(self._words)
        return min(total / count, 0.99) if total < count else 1.0 + count / (len(tokens) + 1)

    def _ratio(self, word: str, token: str) -> float:
        if (word, token) not in self._ratios:
            self._matcher.set_seqs(word, token)
            self._ratios[word, token] = self._matcher.ratio()
        return self._ratios[word, token]
