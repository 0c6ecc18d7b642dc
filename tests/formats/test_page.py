"""The page for people: judged by a parser of HTML, which reads back what a person sees."""

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Entity, Layer, Relation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats import registry
from annotator.formats.base import Item, Lost, Source
from annotator.formats.page.style import LANES
from annotator.formats.tree import shown
from tests.corpora import corpora
from tests.formats.foreign import BAKU, SOLDIERS, TEXT, YEREVAN
from tests.formats.test_jsonl import items_of
from tests.strategies import document_of, examples

PAGE = registry.OWN["html"]
EMPTY = {"meta", "br", "link", "img"}


@dataclass
class Seen(HTMLParser):
    """What stands on a page."""

    texts: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = []

    @classmethod
    def of(cls, page: str) -> "Seen":
        seen = cls()
        seen.feed(page)
        seen.close()
        assert not seen._open
        assert len(set(seen.ids)) == len(seen.ids)
        inside = [each.removeprefix("#") for each in seen.links if each.startswith("#")]
        assert set(inside) <= set(seen.ids)
        return seen

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        assert not any(key.startswith("on") for key in given)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        name = given.get("class", "")
        self.marks.update(name.split())
        if name == "text":
            self.texts.append("")
        if tag == "li":
            self.items.append("")
        if tag not in EMPTY:
            self._open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag

    def handle_data(self, data: str) -> None:
        names = [name for _, name in self._open]
        if "text" in names and not any(name.split()[:1] == ["t"] for name in names):
            self.texts[-1] += data
        if any(tag == "li" for tag, _ in self._open):
            self.items[-1] += data


def written(*items: Item) -> tuple[str, list[Lost]]:
    assert PAGE.to_stream is not None
    stream = io.BytesIO()
    given_ = list(PAGE.to_stream(items, stream, {}))
    assert [each for each in given_ if not isinstance(each, Lost)] == list(items)
    return stream.getvalue().decode(), [each for each in given_ if isinstance(each, Lost)]


@examples(40)
@given(corpora())
def test_all_texts_annotations_and_links_are_seen(corpus: Any) -> None:
    items = items_of(*corpus)
    page, lost = written(*items)
    seen = Seen.of(page)
    articles = [each for each in items if isinstance(each, Article)]
    works = [(one, work) for one in articles for work in one.works or (None,)]
    # A parser takes CR for LF, as browsers do; a canonical text has none.
    assert seen.texts == [shown(one.document.text) for one, _ in works]
    annotations = [each for _, work in works if work for each in work.annotations]
    assert seen.tags["li"] == len(annotations) + len(articles) + sum(
        isinstance(each, Entity) for each in items
    )
    links = sum(len(work.relations) for _, work in works if work)
    pieces = sum(len(each.spans) for each in annotations)
    # To the item of each fragment, back to the text, along each link, to articles, to their list.
    inside = sum(each.startswith("#") for each in seen.links)
    assert inside == pieces + len(annotations) + links + len(articles) + 1
    assert seen.marks["e"] == pieces
    found = Counter({what: sum(e.count for e in lost if e.what == what) for what in PAGE.keeps})
    assert +found == +Counter(
        {
            "article details": sum(bool(one.document.meta) for one in articles),
            "notes": sum(bool(each.meta) for each in annotations),
        }
    )


LABELS = (
    Label("denial", "Denial", pattern="dash", attributes=(Attribute("who", "entity"),)),
    Label("actor", "Actor", color="#0f766e"),
)
TAGSET = Tagset("t", 2, LABELS, (RelationType("source", "said by"),))


def example() -> list[Item]:
    document = document_of(
        f"{TEXT} <b>&amp;</b>",
        source="Turan",
        url="https://x.org/?a=1&b",
        language="en",
        note="Look <here>",
    )
    layer = Layer.of(document.id, "ada", state="done", round_=2)
    one = Annotation("1", layer.id, (BAKU, SOLDIERS), "denial", {"who": "e", "x": True}, "No <i>.")
    two = Annotation("2", layer.id, (Span(23, 60),), "actor", {"when": None})
    three = Annotation("3", layer.id, (YEREVAN,), "unknown")
    link = Relation("r", layer.id, "source", "1", "2", {"implied": True, "n": 3})
    loose = Relation("s", layer.id, "other", "3", "1")
    machine = Layer.of(document.id, "bo", role="machine")
    works = (Work(layer, (one, two, three), (link, loose)), Work(machine))
    old = TagsetVersion(1, dumps(Tagset("old")))
    return [
        *(TagsetVersion(2, dumps(TAGSET)), old, Annotator("ada", "Ada L."), Annotator("bo")),
        Entity("e", "Baku & co", ("A", "B"), "us", "state"),
        Article(document, works),
        Article(document_of("Nobody.")),
    ]


def test_what_a_person_reads() -> None:
    page, lost = written(*example())
    assert lost == []
    seen = Seen.of(page)
    first = seen.items[0]
    assert first.startswith("Denial Baku … 14 soldiers in the text")
    for words in ("who: Baku & co", "x: yes", "Note: No <i>.", "said by → 2 “14 soldiers were"):
        assert words in first
    assert "(implied: yes, n: 3)" in first
    assert "when: –" in seen.items[1]
    assert "other → 1 “Baku … 14 soldiers”" in seen.items[2]
    assert "Baku & co · state · us · also A, B" in seen.items
    flat = " ".join(re.sub("<[^>]*>", "", page).split())
    assert "Ada L. · 3 annotations · done · round 2" in flat
    assert "bo · 0 annotations · new · machine" in flat
    assert "1 Denial" in flat
    assert "…/1" in flat
    assert "Note: Look &lt;here&gt;" in flat
    assert '<a href="https://x.org/?a=1&amp;b" rel="noreferrer">' in page


def test_a_page_needs_nothing_else_and_suits_eyes_paper_and_voices() -> None:
    page, _ = written(*example())
    seen = Seen.of(page)
    assert not seen.tags.keys() & {"script", "img", "link", "iframe", "form", "object"}
    assert "url(" not in page
    assert "@import" not in page
    for each in ("prefers-color-scheme: dark", "@media print", ":focus-visible", 'lang="en"'):
        assert each in page
    assert "color-mix(in oklab, #0f766e" in page
    assert (seen.tags["h1"], seen.tags["h2"], seen.tags["main"]) == (1, 4, 1)


def test_hostile_words_do_nothing() -> None:
    bad = '"><script>alert(1)</script>'
    document = document_of(bad, source=bad, url=f"javascript:{bad}", language=bad, note=bad)
    layer = Layer.of(document.id, bad)
    one = Annotation("1", layer.id, (Span(0, 3),), bad, {bad: bad}, bad)
    tagset = Tagset(bad, 1, (Label(bad, bad, guideline=bad),))
    items: list[Item] = [
        *(TagsetVersion(1, dumps(tagset)), Annotator(bad, bad), Entity("e", bad, (bad,), bad, bad)),
        Article(document, (Work(layer, (one,)),)),
    ]
    seen = Seen.of(written(*items)[0])
    assert seen.tags["script"] == 0
    assert seen.texts == [bad]
    assert not any(each.startswith("javascript") for each in seen.links)


def test_many_lanes() -> None:
    document = document_of("x" * 40)
    layer = Layer.of(document.id, "ada")
    spans = [Annotation(str(n), layer.id, (Span(n, 40 - n),), "a") for n in range(LANES + 3)]
    seen = Seen.of(written(Article(document, (Work(layer, tuple(spans)),)))[0])
    assert seen.marks[f"n{LANES - 1}"] > seen.marks["n9"] == 0


def test_nothing_is_a_page_too() -> None:
    page, _ = written()
    assert "0 articles" in page


def test_a_page_of_ours_is_not_read() -> None:
    page, _ = written(*example())
    assert registry.sniffed(page.encode(), "a.html") is PAGE
    assert PAGE.read is not None
    with pytest.raises(UserError, match=r"^a\.html is a page that Annotator wrote for people"):
        list(PAGE.read(Source("a.html", stream=io.BytesIO(page.encode())), {}))
