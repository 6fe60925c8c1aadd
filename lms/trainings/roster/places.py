"""Municipalities named in a list: found when the name is certain, offered when it is not."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from lms.serbian import fold

_AROUND = re.compile(r"\b(grad|grada|gradska|opstina|opstine|opstini|go|lokalni|tim|lt|so|sg|iz|u|na|za|tk)\b")
_SPLIT = re.compile(r"[,;/()–—]| - | i ")
_ALSO_A_WORD = {"crveni krst"}  # a municipality of Niš, and an organisation everywhere
MOST_OFFERED = 5


class Places:
    """The municipalities by folded name: (code, folded name) pairs."""

    def __init__(self, municipalities: Iterable[tuple[str, str]]) -> None:
        self._codes: dict[str, list[str]] = {}
        for code, folded in municipalities:
            self._codes.setdefault(folded, []).append(code)
        self.match = lru_cache(maxsize=8192)(self._match)
        self.inside = lru_cache(maxsize=8192)(self._inside)

    def is_place(self, text: str) -> bool:
        """True when `text` names exactly one municipality."""
        return self.match(text)[0] is not None

    def _match(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """(code, ()) for a certain match; (None, offered codes) otherwise. For a cell that holds a place."""
        found = self._exactly(fold(text)) or self._exactly(_bare(text))
        if not found:
            parts = [self._exactly(_bare(part)) for part in _SPLIT.split(text)]
            found = sorted({code for part in parts for code in part})
        if len(found) == 1:
            return found[0], ()
        return None, tuple(found[:MOST_OFFERED]) or self._similar(_bare(text))

    def _inside(self, text: str) -> tuple[str | None, tuple[str, ...]]:
        """The same for a name of an institution („ЦСР Крагујевац”): whole words only."""
        words = fold(text).split()
        for length in (3, 2, 1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                found = [] if name in _ALSO_A_WORD else self._exactly(name)
                if len(found) == 1:
                    return found[0], ()
                if found:
                    return None, tuple(found[:MOST_OFFERED])
        return None, ()

    def _exactly(self, folded: str) -> list[str]:
        return self._codes.get(folded, [])

    def _similar(self, folded: str) -> tuple[str, ...]:
        if len(folded) < 3:
            return ()
        names = get_close_matches(folded, self._codes, n=MOST_OFFERED, cutoff=0.75)
        names += [name for name in self._codes if _same_stem(name, folded) and name not in names]
        return tuple(code for name in names for code in self._codes[name])[:MOST_OFFERED]


def _bare(text: str) -> str:
    """The folded name without „град”, „општина” and the like."""
    return " ".join(_AROUND.sub(" ", fold(text)).split())


def _same_stem(name: str, typed: str) -> bool:
    """„Нишу” and „Ниш”, „Крагујевцу” and „Крагујевац”."""
    stem = 0
    while stem < min(len(name), len(typed)) and name[stem] == typed[stem]:
        stem += 1
    return stem >= 3 and len(name) - stem <= 2 and len(typed) - stem <= 2
