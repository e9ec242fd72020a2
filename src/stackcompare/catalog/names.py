"""Names as people write them: found exactly, by alias, or by being close."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from stackcompare.errors import AmbiguousError, UnknownError, did_you_mean

_TOKEN: Final = re.compile(r"[a-z]+|[0-9]+(?:\.[0-9]+)*")
_MOST: Final = 12


def folded(name: str) -> str:
    """Return a name without case and separators: `Aster-2 BF16` and `aster2bf16` fold to one.

    >>> folded("Aster-2 BF16"), folded("cygnus r-1.5")
    ('aster2bf16', 'cygnusr1.5')
    """
    return re.sub(r"[^\w.+]|_", "", unicodedata.normalize("NFKC", name).casefold())


class Names:
    """An index from every name of every record to its id."""

    def __init__(self, noun: str, names: Mapping[str, Iterable[str]], *, near: bool = True) -> None:
        self.noun = noun
        self.near = near
        """Whether a name that is merely close to one record's is taken for it; document ids are copied, not typed."""
        self._names: dict[str, list[str]] = {key: [key, *more] for key, more in names.items()}
        self._exact: dict[str, set[str]] = defaultdict(set)
        for key, known in self._names.items():
            for short in filter(None, map(folded, known)):
                self._exact[short].add(key)

    def find(self, name: str) -> str:
        """Return the id that a name means.

        An id or alias counts whatever its case and separators; failing that, a name close to that of exactly
        one record. Raises `AmbiguousError` with the few it could mean, `UnknownError` with the nearest.
        """
        if name in self._names:
            return name
        short = folded(name)
        exact = self._exact.get(short, set()) if short else set()
        if len(exact) == 1:
            return next(iter(exact))
        found = sorted(exact) or (self.search(name) if self.near else [])
        if len(found) == 1 or (found and all(key.startswith(min(found, key=len)) for key in found)):
            # The others' ids only add to the shortest: a base or a later cut of the same model.
            return min(found, key=len)
        if found:
            raise AmbiguousError(name, found[:_MOST])
        hint = did_you_mean(name, self._names) or f"; `list {self.noun}s` shows what there is"
        raise UnknownError(f"unknown {self.noun} {name[:80]!r}{hint}")

    def search(self, text: str) -> list[str]:
        """Return the ids whose names hold every word of a text, nearly so spelt; the best first."""
        text = text[:200]
        words = _TOKEN.findall(text.casefold())[:12]
        if not words:
            return []
        scored = []
        for key, known in self._names.items():
            score = max(_closeness(words, folded(text), name) for name in known)
            if score > 0:
                scored.append((-score, key))
        scored.sort()
        if scored and (best := -scored[0][0]) < 1.0:
            scored = [(score, key) for score, key in scored if -score >= best - 0.12]
        return [key for _, key in scored]


def _closeness(words: list[str], whole: str, name: str) -> float:
    """Return 0 where some word is not in the name, else how near they are: 1 where each stands there as written."""
    short = folded(name)
    if whole in short:
        return 1.0 + len(whole) / len(short)
    tokens = _TOKEN.findall(name.casefold())
    total = 0.0
    for word in words:
        if word in tokens:
            total += 1.0
        elif word[0].isdigit() or len(word) < 3:
            return 0.0
        elif any(token.startswith(word) for token in tokens):
            total += 0.9
        else:
            ratios = [difflib.SequenceMatcher(None, word, token).ratio() for token in tokens if token[0] == word[0]]
            best = max(ratios, default=0.0)
            if best < 0.75:
                return 0.0
            total += best - 0.15
    return min(total / len(words), 0.99) if total < len(words) else 1.0 + len(words) / (len(tokens) + 1)
