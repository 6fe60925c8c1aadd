"""Reads Moodle XML: https://docs.moodle.org/en/Moodle_XML_format describes it. Knows no entities and no document types."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from lms.authoring.exchange.gift import ACCEPTED, FEEDBACK, NUMBER_NOT_JUDGED, PARTLY, WHOLE_NUMBERS, check_number
from lms.authoring.exchange.markup import PICTURE, read_markup
from lms.authoring.exchange.reading import MOST_ITEMS, N_, TOO_MANY_ITEMS, Found, Reading, Where, key_from
from lms.errors import Refused

DEEPEST = 30  # elements inside each other

DOCUMENT_TYPE = N_(
    "The file declares a document type (DOCTYPE, line %(line)s), which may hide anything. Remove the declaration, or export the questions from Moodle again."
)
NOT_XML = N_("The file is not well-formed XML: it breaks off in line %(line)s. Export the questions from Moodle again.")
NO_QUIZ = N_("This XML holds no questions of Moodle. Export the question bank as “Moodle XML” and upload that.")
TOO_DEEP = N_("The XML is nested too deeply in line %(line)s. Export the questions from Moodle again.")
OTHER_KIND = N_(
    "Questions of the kind “%(kind)s” cannot be asked here. Make a question with answers to choose from, or leave it out."
)


@dataclass
class Node:
    """An element: its name, attributes, line, own text and the elements in it."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    inside: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """The elements called `name` in it."""
        return [node for node in self.inside if node.name == name]

    def first(self, name: str) -> "Node":
        """The first element called `name`, else an empty one."""
        return next(iter(self.all(name)), Node(name, {}, self.line))

    def words(self, name: str) -> str:
        """The text inside `name`, or inside its `text`."""
        node = self.first(name)
        return "".join(text.text for text in node.all("text")) or node.text


def read(content: bytes, language: str) -> Reading:
    """The questions of a Moodle XML file, all in `language`. Raises Refused (422)."""
    quiz = _tree(content)
    if quiz.name != "quiz":
        raise Refused(NO_QUIZ, 422)
    reading = Reading("moodle")
    for node in quiz.all("question"):
        if node.attributes.get("type") != "category":
            if len(reading.found) == MOST_ITEMS:
                raise Refused(TOO_MANY_ITEMS, 422)
            reading.found.append(_Question(node, language).found)
    return reading


def _tree(content: bytes) -> Node:
    top = Node("", {}, 0)
    open_: list[Node] = [top]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def doctype(*_arguments: Any) -> None:
        raise Refused(DOCUMENT_TYPE, 422, line=parser.CurrentLineNumber)

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_) > DEEPEST:
            raise Refused(TOO_DEEP, 422, line=parser.CurrentLineNumber)
        node = Node(name.lower(), attributes, parser.CurrentLineNumber)
        open_[-1].inside.append(node)
        open_.append(node)

    def text(words: str) -> None:
        open_[-1].text += words

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as error:
        raise Refused(NOT_XML, 422, line=getattr(error, "lineno", 1)) from None
    return top.inside[0]


class _Question:
    """One question of the file."""

    def __init__(self, node: Node, language: str) -> None:
        self.node = node
        self.language = language
        self.found = Found(Where(line=node.line), {})
        self.remarks: list[tuple[bool, str]] = []  # on a right answer; the remark
        if key := key_from(node.words("name").strip()):
            self.found.item["key"] = key
        self.found.item["text"] = {language: self._words(node.first("questiontext"))}
        self._files()
        kinds: dict[str, Callable[[], None]] = {
            "multichoice": self._choice, "truefalse": self._true_false, "shortanswer": self._short,
            "numerical": self._number, "essay": self._essay,
        }  # fmt: skip
        kind = node.attributes.get("type", "")
        if kind in kinds:
            kinds[kind]()
        else:
            self.found.stop(OTHER_KIND, kind=re.sub(r"\W", "", kind)[:40])
        self._explain()

    def _words(self, node: Node) -> str:
        words = "".join(text.text for text in node.all("text")) or node.text
        return read_markup(self.found, words, node.attributes.get("format", "moodle_auto_format"))

    def _files(self) -> None:
        waiting = [self.node]
        while waiting:
            node = waiting.pop()
            if node.name == "file" and not any(problem.message == PICTURE for problem in self.found.problems):
                self.found.stop(PICTURE, Where(line=node.line))
            waiting += node.inside

    def _answers(self) -> list[tuple[float, str]]:
        """The weight and the words of each answer; remarks are put aside."""
        answers = []
        for node in self.node.all("answer"):
            try:
                weight = float(node.attributes.get("fraction", "0"))
            except ValueError:
                weight = 0
            answers.append((weight, self._words(node)))
            if remark := self._words(node.first("feedback")):
                self.remarks.append((weight > 0, remark))
        return answers

    def _explain(self) -> None:
        general = self._words(self.node.first("generalfeedback"))
        kept = [general] if general else [remark for right, remark in self.remarks if right]
        left = [remark for right, remark in self.remarks if general or not right]
        if kept:
            self.found.item["explanation"] = {self.language: "\n".join(dict.fromkeys(kept))}
        if left:
            self.found.note(FEEDBACK, remarks="; ".join(left)[:300])

    # ---- kinds of questions ----

    def _choice(self) -> None:
        answers = self._answers()
        several = self.node.words("single").strip().lower() in ("false", "0")
        best = max((weight for weight, _words in answers), default=0)
        rights = [weight > 0 and (several or weight == best) for weight, _words in answers]
        partly = [words for (weight, words), right in zip(answers, rights, strict=True) if weight > 0 and not right]
        if partly:
            self.found.note(PARTLY, answers="; ".join(partly)[:300])
        options = [
            {"text": {self.language: words}, "right": right}
            for (_weight, words), right in zip(answers, rights, strict=True)
        ]
        self.found.item |= {"type": "multiple" if several else "single", "options": options}
        check_number(self.found)

    def _true_false(self) -> None:
        answers = self._answers()
        right = max(answers, default=(0.0, ""))[1].strip().lower()
        self.found.item |= {"type": "true-false", "right": right == "true"}

    def _short(self) -> None:
        self.found.item["type"] = "short-text"
        accepted = [words for weight, words in self._answers() if weight > 0]
        if accepted != ["*"]:
            self.found.note(ACCEPTED, answers="; ".join(accepted)[:300])

    def _essay(self) -> None:
        self.found.item["type"] = "long-text"

    def _number(self) -> None:
        self.found.item["type"] = "number"
        answers = [(weight, words) for weight, words in self._answers() if weight > 0]
        nodes = [node for node in self.node.all("answer") if node.all("tolerance")]
        tolerance = middle = 0.0
        try:
            tolerance = float(nodes[0].words("tolerance").strip() or 0) if nodes else 0.0
            middle = float(answers[0][1].replace(",", ".")) if answers else 0.0
        except ValueError:
            tolerance = 0.0
        if not tolerance:
            self.found.note(NUMBER_NOT_JUDGED, number="; ".join(words for _weight, words in answers)[:80] or "–")
        elif (middle - tolerance).is_integer() and (middle + tolerance).is_integer():
            self.found.item |= {"min": int(middle - tolerance), "max": int(middle + tolerance)}
        else:
            self.found.note(WHOLE_NUMBERS)
