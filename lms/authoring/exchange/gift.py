"""Reads GIFT, the text format of Moodle's questions: https://docs.moodle.org/en/GIFT_format describes it."""

import re
from collections.abc import Callable, Iterator

from lms.authoring.exchange.markup import read_markup
from lms.authoring.exchange.reading import MOST_ITEMS, N_, TOO_MANY_ITEMS, Found, Reading, Where, key_from
from lms.errors import Refused

GAP = "_____"
_NAME = re.compile(r"\s*::((?:\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
_FORM = re.compile(r"\s*\[(html|markdown|moodle|plain)\]")
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,7})?)%")
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_RANGE = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(\.\.|:)\s*(-?\d+(?:[.,]\d+)?)\s*")
_TRUE, _FALSE = {"t", "true"}, {"f", "false"}

NOT_CLOSED = N_("The bracket { that begins the answers is not closed. Write } behind the last answer.")
NO_BRACKET = N_("There is a } without a {. Write { before the first answer, or \\} if the sign belongs to the text.")
TWO_GROUPS = N_("There are two groups of answers in one question. Make two questions of it.")
NO_ANSWERS = N_("This is a text without a question: nothing can be answered. Add { } behind it, or leave it out.")
NOT_MARKED = N_("The answers are not marked. Begin the right one with = and every other with ~.")
MATCHING = N_("Matching pairs cannot be asked here. Ask one question for each pair.")
PARTLY = N_("Partly right answers are not known here; they count as wrong: %(answers)s.")
FEEDBACK = N_("Remarks on single answers were left out: %(remarks)s. Write what matters into the explanation.")
ACCEPTED = N_("Written answers are not judged here. The accepted ones were left out: %(answers)s.")
NUMBER_NOT_JUDGED = N_(
    "A number is not judged here. The right one was left out (%(number)s): write the smallest and the largest that can be typed in."
)
WHOLE_NUMBERS = N_("Only whole numbers can be asked here. Write whole numbers for the smallest and the largest.")
FEW_ANSWERS = N_("A question with answers to choose from has at least two of them. Add one.")
MANY_ANSWERS = N_("A question can have 20 answers to choose from. Leave some out.")


def read(text: str, language: str) -> Reading:
    """The questions of a GIFT file, all in `language`. Raises Refused (422) when there are more than 500."""
    reading = Reading("gift")
    for line, block in _blocks(text.removeprefix("\ufeff")):
        if len(reading.found) == MOST_ITEMS:
            raise Refused(TOO_MANY_ITEMS, 422)
        reading.found.append(_question(line, block, language))
    return reading


# ---- where one question ends and the next begins ----


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """(number of the first line, text) of each question: an empty line ends it, unless its answers go on behind that."""
    parts = list(_parts(text))
    while parts:
        first, block = parts.pop(0)
        for number, (_line, part) in enumerate(parts if _signs(block) == "{" else []):
            if signs := _signs(part):
                if signs[0] == "}":
                    block += "".join(inner for _line, inner in parts[: number + 1])
                    del parts[: number + 1]
                break
        yield first, block


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, with the number of its first line; without comments and categories."""
    first, kept = 0, ""
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        stripped = line.strip()
        if stripped.startswith(("//", "$CATEGORY:")):
            continue
        if stripped:
            first = first or number
            kept += line + "\n"
        elif kept:
            yield first, kept
            first, kept = 0, ""


def _signs(text: str) -> str:
    """The brackets in a text, in order."""
    return "".join(match[0] for match in re.finditer(r"\\.|[{}]", text, re.DOTALL) if match[0] in "{}")


def _cut(text: str, sign: str) -> tuple[str, str | None]:
    """`text` before and after the first `sign` that has no backslash before it; None when there is none."""
    for match in re.finditer(rf"\\.|{re.escape(sign)}", text, re.DOTALL):
        if match[0] == sign:
            return text[: match.start()], text[match.end() :]
    return text, None


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


# ---- one question ----


def _question(line: int, block: str, language: str) -> Found:
    found = Found(Where(line=line), {})
    block = block.replace("\n", " ")  # as Moodle reads it; a line end that counts is written as \\n
    if name := _NAME.match(block):
        found.item["key"] = key_from(_plain(name[1]))
        block = block[name.end() :]
    before, rest = _cut(block, "{")
    if rest is None:
        found.stop(NO_BRACKET if _cut(before, "}")[1] is not None else NO_ANSWERS)
        return _with_text(found, before, "auto", language)
    answers, after = _cut(rest, "}")
    if after is None:
        found.stop(NOT_CLOSED)
        return _with_text(found, before, "auto", language)
    if _cut(after, "{")[1] is not None:
        found.stop(TWO_GROUPS)
    form = _FORM.match(before)
    stem = before + (f" {GAP} {after}" if after.strip() else "")
    _with_text(found, stem, form[1] if form else "moodle", language)
    _Answers(found, form[1] if form else "moodle", language).read(answers)
    return found


def _with_text(found: Found, text: str, form: str, language: str) -> Found:
    text = _FORM.sub("", text, count=1) if _FORM.match(text) else text
    found.item["text"] = {language: read_markup(found, _plain(text), form)}
    return found


class _Answers:
    """What stands between the brackets of one question."""

    def __init__(self, found: Found, form: str, language: str) -> None:
        self.found = found
        self.form = form
        self.language = language
        self.remarks: list[tuple[bool, str]] = []  # on a right answer; the remark

    def read(self, inside: str) -> None:
        """Put type, options and explanation into the question."""
        inside, general = _cut(inside, "####")
        kind = self._kind(inside)
        if kind is not None:
            kind(inside)
        self._explain(general)

    def _kind(self, inside: str) -> Callable[[str], None] | None:
        bare = inside.strip()
        if not bare:
            return self._essay
        if bare.startswith("#"):
            return self._number
        if _cut(bare, "~")[1] is not None:
            return self._choice
        if _cut(bare, "#")[0].strip().lower() in _TRUE | _FALSE:
            return self._true_false
        if _cut(bare, "=")[1] is None:
            self.found.stop(NOT_MARKED)
            return None
        if "->" in bare:
            self.found.stop(MATCHING)
            return None
        return self._short

    def _words(self, text: str) -> str:
        form = _FORM.match(text)
        text = text[form.end() :] if form else text
        return read_markup(self.found, _plain(text), form[1] if form else self.form)

    def _explain(self, general: str | None) -> None:
        kept = [words] if general and (words := self._words(general)) else []
        left = [remark for right, remark in self.remarks if kept or not right]
        kept = kept or [remark for right, remark in self.remarks if right]
        if kept:
            self.found.item["explanation"] = {self.language: "\n".join(dict.fromkeys(kept))}
        if left:
            self.found.note(FEEDBACK, remarks="; ".join(left)[:300])

    def _remark(self, right: bool, text: str | None) -> None:
        if text and (words := self._words(text)):
            self.remarks.append((right, words))

    # ---- kinds of questions ----

    def _essay(self, _inside: str) -> None:
        self.found.item["type"] = "long-text"

    def _true_false(self, inside: str) -> None:
        answer, remarks = _cut(inside, "#")
        self.found.item |= {"type": "true-false", "right": answer.strip().lower() in _TRUE}
        wrong, right = _cut(remarks or "", "#")
        self._remark(False, wrong)
        self._remark(True, right)

    def _short(self, inside: str) -> None:
        self.found.item["type"] = "short-text"
        accepted = [text for _sign, _weight, text in self._marked(inside)]
        if accepted != ["*"]:
            self.found.note(ACCEPTED, answers="; ".join(accepted)[:300])

    def _number(self, inside: str) -> None:
        self.found.item["type"] = "number"
        bare, remark = _cut(inside.strip()[1:], "#")
        self._remark(True, remark)
        limits = _RANGE.fullmatch(bare)
        if not limits or (limits[2] == ":" and float(limits[3].replace(",", ".")) == 0):
            self.found.note(NUMBER_NOT_JUDGED, number=" ".join(bare.split())[:80] or "–")
            return
        first, second = (float(limits[place].replace(",", ".")) for place in (1, 3))
        least, most = (first, second) if limits[2] == ".." else (first - second, first + second)
        if least.is_integer() and most.is_integer():
            self.found.item |= {"min": int(least), "max": int(most)}
        else:
            self.found.note(WHOLE_NUMBERS)

    def _choice(self, inside: str) -> None:
        marked = list(self._marked(inside))
        signs = {sign for sign, _weight, _text in marked}
        weighed = any(weight is not None for sign, weight, _text in marked if sign == "~")
        several = weighed if "=" not in signs else sum(sign == "=" for sign, _weight, _text in marked) > 1
        rights = [sign == "=" or ("=" not in signs and (weight or 0) > 0) for sign, weight, _text in marked]
        partly = [
            text for (_sign, weight, text), right in zip(marked, rights, strict=True) if not right and (weight or 0) > 0
        ]
        if partly:
            self.found.note(PARTLY, answers="; ".join(partly)[:300])
        options = [
            {"text": {self.language: text}, "right": right}
            for (_sign, _weight, text), right in zip(marked, rights, strict=True)
        ]
        self.found.item |= {"type": "multiple" if several else "single", "options": options}
        check_number(self.found)

    def _marked(self, inside: str) -> Iterator[tuple[str, float | None, str]]:
        """Sign, weight and words of each answer; remarks are put aside."""
        starts = [match for match in re.finditer(r"\\.|[~=]", inside, re.DOTALL) if match[0] in "~="]
        if starts and inside[: starts[0].start()].strip():
            self.found.stop(NOT_MARKED)
        for match, following in zip(starts, [*starts[1:], None], strict=True):
            body = inside[match.end() : following.start() if following else len(inside)]
            weight = _WEIGHT.match(body)
            body, remark = _cut(body[weight.end() :] if weight else body, "#")
            number = float(weight[1]) if weight else None
            self._remark(match[0] == "=" or (number or 0) > 0, remark)
            yield match[0], number, self._words(body)


def check_number(found: Found) -> None:
    """Stop at a question with fewer than two or more than twenty answers."""
    number = len(found.item["options"])
    if number < 2:
        found.stop(FEW_ANSWERS)
    elif number > 20:
        found.stop(MANY_ANSWERS)
