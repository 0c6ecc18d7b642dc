"""One page for people to read and to print, which needs nothing else: no script, no network."""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from annotator.core.article import Article
from annotator.core.model import Annotator, Entity, TagsetVersion
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.core.text import counted
from annotator.formats.base import NO_OPTIONS, Item, Lost, Options, Writing
from annotator.formats.page.article import Known, plain, rendered
from annotator.formats.page.style import style

GENERATOR = b'<meta name="generator" content="Annotator">'
"""By which a page of ours is told from one of a newspaper."""
KEEPS = frozenset(
    {
        "articles",
        "article details",
        "annotations",
        "annotations in several fragments",
        "attributes",
        "notes",
        "relations",
        "entities",
        "layers without annotations",
    }
)
_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{generator}
<title>Annotated articles</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>Annotated articles</h1>
<nav><a href="#articles">List of articles</a></nav>
"""


def write(items: Iterable[Item], stream: BinaryIO, _options: Options = NO_OPTIONS) -> Writing:
    """Write each article with all its layers, and give each item back after what is not shown.

    The list of articles stands at the end, so that only their titles are held.
    """
    tagset, newest = Tagset(""), 0
    entities: dict[str, Entity] = {}
    people: dict[str, str] = {}
    titles: list[str] = []
    begun = False
    for item in items:
        match item:
            case TagsetVersion() if item.version > newest:
                tagset, newest = loads(item.toml), item.version
            case Entity():
                entities[item.id] = item
            case Annotator():
                people[item.name] = item.display
            case Article():
                if not begun:
                    stream.write(_head(tagset))
                    begun = True
                titles.append(item.document.title)
                known = Known(tagset, entities, people)
                stream.writelines(each.encode() for each in rendered(item, len(titles), known))
                yield from _hidden(item)
        yield item
    if not begun:
        stream.write(_head(tagset))
    stream.writelines(each.encode() for each in _foot(titles, entities))


def _head(tagset: Tagset) -> bytes:
    return _HEAD.format(generator=GENERATOR.decode(), style=style(tagset)).encode()


def _hidden(article: Article) -> Iterator[Lost]:
    """What is for programs, and not shown."""
    if article.document.meta:
        yield Lost("article details")
    noted = sum(bool(one.meta) for work in article.works for one in work.annotations)
    if noted:
        yield Lost("notes", noted)


def _foot(titles: list[str], entities: Mapping[str, Entity]) -> Iterator[str]:
    if entities:
        yield "<section>\n<h2>Actors</h2>\n<ul>\n"
        yield from map(_entity, sorted(entities.values(), key=lambda each: each.name.casefold()))
        yield "</ul>\n</section>\n"
    yield f'<nav id="articles" aria-label="Articles">\n<h2>{counted(len(titles), "article")}</h2>\n'
    yield "<ol>\n"
    for number, title in enumerate(titles, 1):
        words = plain(title) or "Without a title"
        yield f'<li><a href="#a{number}"><bdi>{words}</bdi></a></li>\n'
    yield "</ol>\n</nav>\n</main>\n</body>\n</html>\n"


def _entity(each: Entity) -> str:
    facts = [f"<bdi>{plain(part)}</bdi>" for part in (each.type, each.side) if part]
    if each.aliases:
        facts.append(f"also {', '.join(f'<bdi>{plain(name)}</bdi>' for name in each.aliases)}")
    said = f' <span class="soft">· {" · ".join(facts)}</span>' if facts else ""
    return f"<li><bdi>{plain(each.name)}</bdi>{said}</li>\n"
