"""Reads CoNLL: tokens with tags in their last columns, BIO, BIOES or IOB1, as they are found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Layer
from annotator.core.span import Span
from annotator.core.text import REPLACEMENT, canonical, counted
from annotator.formats.base import NO_OPTIONS, Found, Note, Options, Problem, Reading, Source
from annotator.formats.carried import KEY, Own, article_in, layer_in, own_of
from annotator.formats.conll import comments
from annotator.formats.conll.comments import DOCSTART
from annotator.formats.conll.look import LOOKED_AT, Look, look_at
from annotator.formats.conll.spaces import spaced
from annotator.formats.conll.tags import OUTSIDE, Column, Spot, parts
from annotator.formats.fields import Bad
from annotator.formats.jsonl_reader import parsed
from annotator.formats.streams import LIMIT, TextLines

_NO_LABEL = "span"
"""The label of tags that are a bare B or I."""


def read(source: Source, options: Options = NO_OPTIONS) -> Reading:
    """The articles of a file, one by one.

    A line that is broken is a Problem, and its token has no tag. An article begins at a
    `-DOCSTART-` or a `# newdoc`, or with each sentence if the option says so. Raises UserError for
    a file whose lines don't end in tags.
    """
    with source.open() as stream:
        lines = TextLines(stream, source.name, options.get("encoding", ""))
        coming = iter(lines)
        first = list(islice(coming, LOOKED_AT))
        look = look_at(
            [(line or "").rstrip("\r\n") for _, line in first], last=options.get("tags") == "last"
        )
        if look is None:
            raise UserError(
                f"{source.name} is no CoNLL file: its lines do not end in tags like B-person or O."
            )
        reader = _Reader(look, lines, source.name, alone=options.get("articles") == "sentences")
        for number, line in chain(first, coming):
            if line is None or not reader.take_plain(line):
                yield from reader.take(number, line)
        yield from reader.finish()
        yield from reader.notes()
        yield from lines.notes()


@dataclass(slots=True)
class _Sentence:
    """The tokens of a sentence, from `first` on, and its text where a comment says it."""

    first: int
    forms: list[str] = field(default_factory=list)
    text: str | None = None


@dataclass(slots=True)
class _Draft:
    """An article on its way; `own` is what its comments hold of ours."""

    line: int = 0
    own: Own = field(default_factory=dict)
    sentences: list[_Sentence] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    tokens: int = 0
    size: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was found of it."""
        return not self.sentences and not self.own


class _Reader:
    """Takes the lines of a file, and gives its articles."""

    def __init__(self, look: Look, lines: TextLines, name: str, *, alone: bool) -> None:
        self._look = look
        self._lines = lines
        self._name = name
        self._alone = alone
        self._draft = _Draft()
        self._within = False
        """Whether the last sentence goes on."""
        self._columns = [Column(self._bare(each), escaped=look.ours) for each in look.tags]
        self._outside = [OUTSIDE] * len(look.tags)
        self._tail = f"\t{OUTSIDE}" * len(look.tags) + "\n"
        simple = look.separator and look.form == 0 and len(look.tags) == look.width - 1
        self._tabs = look.width - 1 if simple else -1
        self._going = False
        self._built = 0
        self._mended = 0

    def _bare(self, column: int) -> str:
        return self._look.names[column] if self._look.ours else _NO_LABEL

    def take_plain(self, line: str) -> bool:
        """Whether a line was one of the many with nothing but a token, and is taken."""
        if (
            self._going
            or not self._within
            or not line.endswith(self._tail)
            or line.count("\t") != self._tabs
            or line[0] in "#\t-"
        ):
            return False
        draft = self._draft
        form = line[: -len(self._tail)]
        draft.size += len(form) + 1
        if not form.strip() or draft.size > LIMIT:
            return False
        draft.sentences[-1].forms.append(form)
        draft.tokens += 1
        return True

    def take(self, number: int, line: str | None) -> Reading:
        """Take a line; what it ends is given."""
        if line is None:
            yield Problem(self._lines.where(number), f"it is longer than {LIMIT:,} characters")
            return
        line = line.removesuffix("\n").removesuffix("\r")
        if not line.strip():
            yield from self._end_sentence()
        elif line.startswith(DOCSTART):
            yield from self.finish()
        elif self._look.is_comment(line):
            yield from self._take_comment(number, line)
        else:
            yield from self._take_token(number, self._look.cells(line))

    def finish(self) -> Reading:
        """End the article that goes on, if there is one."""
        self._close()
        draft, self._draft, self._within = self._draft, _Draft(), False
        if draft.size > LIMIT:
            where = self._lines.where(draft.line)
            yield Problem(where, f"the article is longer than {LIMIT:,} characters")
        elif not draft.empty:
            yield from self._article(draft)

    def notes(self) -> Iterator[Note]:
        """What is to be said of the whole file."""
        if self._built:
            what = f"The text of {counted(self._built, 'article')} was put together from the tokens"
            yield Note(self._name, f"{what}, with spaces as marks have them.")
        if self._mended:
            what = f"{counted(self._mended, 'sentence')} whose # text has not all its tokens"
            yield Note(self._name, f"{what} was put together from them.")
        unmarked = sorted(line for each in self._columns for line in each.unmarked)
        marked = any(each.marked or each.others for each in self._columns)
        if unmarked and not marked:
            yield Note(self._name, "Its tags are read as IOB1: B- only parts neighbours.")
        elif unmarked:
            what = f"{counted(len(unmarked), 'span')} that began without a B- taken as they stand"
            yield Note(self._name, f"{what}, as conlleval does; the first in line {unmarked[0]}.")

    # Lines

    def _take_comment(self, number: int, line: str) -> Reading:
        key, value = comments.split(line)
        if key == comments.NEWDOC:
            yield from self.finish()
            self._draft.line = number
        elif key == comments.OWN:
            try:
                self._draft.own = own_of({KEY: parsed(value.encode())})
            except Bad as error:
                yield Problem(self._lines.where(number), str(error))
        elif key == comments.TEXT:
            yield from self._end_sentence()
            self._sentence(number).text = value

    def _take_token(self, number: int, cells: list[str]) -> Reading:
        look, draft = self._look, self._draft
        whole = len(cells) == look.width
        form = cells[look.form] if len(cells) > look.form else cells[0]
        if not whole:
            what = f"it has {counted(len(cells), 'column')}, not {look.width}"
            yield Problem(self._lines.where(number), f"{what}; its tags were left out")
        if not form.strip():
            yield Problem(self._lines.where(number), "it has no token")
            return
        sentence = self._sentence(number)
        draft.size += len(form) + 1
        if draft.size <= LIMIT:
            sentence.forms.append(form)
        marks = [cells[index] for index in look.tags] if whole else self._outside
        if self._going or marks != self._outside:
            yield from self._take_tags(number, marks)
        draft.tokens += 1

    def _take_tags(self, number: int, marks: list[str]) -> Iterator[Problem]:
        draft = self._draft
        for mark, column in zip(marks, self._columns, strict=True):
            found = parts(mark)
            if found is None:
                yield Problem(self._lines.where(number), f'"{mark}" is no tag like B-person or O')
            if found or column.going:
                draft.spots += column.take(draft.tokens, found or (), number)
        self._going = any(column.going for column in self._columns)

    def _sentence(self, number: int) -> _Sentence:
        """The sentence that goes on, or a new one."""
        draft = self._draft
        if not self._within:
            draft.line = draft.line or number
            draft.sentences.append(_Sentence(draft.tokens))
            self._within = True
        return draft.sentences[-1]

    def _end_sentence(self) -> Reading:
        self._close()
        self._within = False
        if self._alone and self._draft.tokens:
            yield from self.finish()

    def _close(self) -> None:
        """No span goes on behind a sentence."""
        for column in self._columns:
            self._draft.spots += column.close(self._draft.tokens)
        self._going = False

    # Articles

    def _article(self, draft: _Draft) -> Reading:
        where = self._lines.where(draft.line)
        text, starts, ends = self._text(draft)
        own = draft.own
        article = yield from article_in(own, text, where, {"file": _file(self._name)})
        document = article.document
        try:
            layer = layer_in(own.get("layer"), document)
        except Bad as error:
            yield Problem(where, f'of its "layer", {error}')
            layer = None
        works: tuple[Work, ...] = ()
        if layer is not None or draft.spots or own.get("sha256") != document.sha256:
            layer = layer or Layer.of(document.id, "", state="done")
            works = (Work(layer, tuple(_annotations(draft.spots, starts, ends))),)
        yield Found(where, Article(document, works), self._lines.at)

    def _text(self, draft: _Draft) -> tuple[str, list[int], list[int]]:
        """The text, and where in it each token starts and ends."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        length, built, ours = 0, False, "sha256" in draft.own
        for sentence in draft.sentences:
            text, places = _said(sentence, ours=ours)
            if places is None:
                self._mended += text is not None
                built = built or text is None
                forms = [_canonical(form) for form in sentence.forms]
                text, places = spaced(forms)
            else:
                forms = sentence.forms
            if pieces and not ours:
                pieces.append("\n")
                length += 1
            pieces.append(text or "")
            starts += [length + place for place in places]
            ends += [length + place + len(form) for place, form in zip(places, forms, strict=True)]
            length += len(text or "")
        self._built += built
        return "".join(pieces), starts, ends


def _said(sentence: _Sentence, *, ours: bool) -> tuple[str | None, list[int] | None]:
    """The text that a comment gives a sentence, and where in it the tokens start.

    None for what there is not: no such text, or not all tokens in it.
    """
    if sentence.text is None:
        return None, None
    text = comments.unescaped(sentence.text) if ours else sentence.text
    if canonical(text).text != text:
        return text, None
    places: list[int] = []
    at = 0
    for form in sentence.forms:
        at = text.find(form, at)
        if at < 0:
            return text, None
        places.append(at)
        at += len(form)
    return text, places


def _canonical(form: str) -> str:
    """A token as a canonical text has it, in as many code points."""
    return canonical(f"-{form}").text[1:].replace("\ufeff", REPLACEMENT)


def _annotations(spots: list[Spot], starts: list[int], ends: list[int]) -> Iterator[Annotation]:
    """Annotations with ids that tell what they are, so that an edited file keeps most of them."""
    seen: dict[str, int] = {}
    for first, end, label in sorted(spots):
        span = Span(starts[first], ends[end - 1])
        name = f"{span.start}-{span.end} {label}"
        seen[name] = seen.get(name, 0) + 1
        id_ = name if seen[name] == 1 else f"{name} {seen[name]}"
        yield Annotation(id_, "", (span,), label)


def _file(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
