"""The tables read back: as written, as somebody else may have saved them, and broken."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Entity, Layer, Relation, Value
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.formats import csv as tables
from annotator.formats import registry, streams
from annotator.formats.base import Found, Item, Problem, Source
from annotator.formats.csv import FORMAT
from annotator.transfer.sources import sources
from tests.corpora import corpora
from tests.formats import rough
from tests.formats.test_jsonl import items_of
from tests.strategies import document_of

OPTIONS = {
    "separator": st.sampled_from(("comma", "tab")),
    "bom": st.sampled_from(("yes", "no")),
    "formulas": st.sampled_from(("plain", "escaped")),
}


def read(folder: Path, suffix: str = ".csv", **options: str) -> list[Any]:
    path = folder / f"documents{suffix}"
    assert FORMAT.read is not None
    return list(FORMAT.read(Source(str(path), path), options))


def items(found: list[Any]) -> list[Item]:
    return [each.item for each in found if isinstance(each, Found)]


def problems(found: list[Any]) -> list[tuple[str, str]]:
    return [(each.where, each.what) for each in found if isinstance(each, Problem)]


def kept(article: Article) -> Article:
    """An article as far as the tables can hold it."""
    works = (
        replace(work, layer=replace(work.layer, meta={}, tagset=1), first_pass=None, seconds=0)
        for work in article.works
        if work.annotations
    )
    return replace(article, works=tuple(works), decisions=())


@settings(max_examples=60)
@given(corpora(), st.fixed_dictionaries(OPTIONS))
def test_what_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    corpus: tuple[Tagset, list[Value]],
    options: dict[str, str],
) -> None:
    folder = tmp_path_factory.mktemp("t")
    made = items_of(*corpus)
    assert list(tables.write(made, folder, options)) == made
    found = read(folder, ".tsv" if options["separator"] == "tab" else ".csv")
    assert problems(found) == []
    assert items(found) == [
        kept(each) if isinstance(each, Article) else each
        for each in sorted(made, key=lambda each: isinstance(each, Article))
        if isinstance(each, Article | Entity)
    ]


def corpus(folder: Path) -> list[Article]:
    """Two articles with a layer each, written into a folder."""
    found = []
    for number, text in enumerate(("Baku denies it.", "=Yerevan says so.")):
        document = replace(document_of(text), id=f"d{number}")
        layer = Layer.of(document.id, "ada", state="open")
        notes = tuple(
            Annotation(f"{number}{place}", layer.id, (Span(place, place + 4),), "actor")
            for place in (0, 5)
        )
        link = Relation(f"r{number}", layer.id, "source", f"{number}0", f"{number}5")
        found.append(Article(document, (Work(layer, notes, (link,)),)))
    list(tables.write(found, folder))
    return found


def change(path: Path, old: str, new: str) -> None:
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


def append(path: Path, words: str) -> None:
    path.write_bytes(path.read_bytes() + words.encode())


def test_rows_in_any_order(tmp_path: Path) -> None:
    made = corpus(tmp_path)
    for name in ("spans", "relations"):
        path = tmp_path / f"{name}.csv"
        head, *rows = path.read_bytes().split(b"\r\n")[:-1]
        path.write_bytes(b"\r\n".join((head, *reversed(rows))) + b"\r\n")
    found = [each for each in items(read(tmp_path)) if isinstance(each, Article)]
    assert [each.document for each in found] == [each.document for each in made]
    assert [each.works[0].annotations[::-1] for each in found] == [
        each.works[0].annotations for each in made
    ]
    change(tmp_path / "spans.csv", "d1", "d9")
    where = [place for place, what in problems(read(tmp_path)) if "no article" in what]
    assert where == [f"{tmp_path / 'spans.csv'}, line {line}" for line in (2, 3)]


def test_few_columns_do(tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text("id;text\nx;Baku said so\n")
    (tmp_path / "spans.csv").write_text("document,label,start,end\nx,actor,0,4\nx,claim,5,12\n")
    ((article,), again) = (items(read(tmp_path)), items(read(tmp_path)))
    assert again == [article]
    assert isinstance(article, Article)
    (work,) = article.works
    assert article.document.title == "Baku said so"
    assert (work.layer.annotator, work.layer.state) == ("", "done")
    assert [each.quote("Baku said so") for each in work.annotations] == ["Baku", "said so"]


def test_an_article_without_its_text(tmp_path: Path) -> None:
    (made, _) = corpus(tmp_path)
    list(tables.write([replace(made, document=replace(made.document, text=""))], tmp_path))
    (article,) = items(read(tmp_path))
    assert isinstance(article, Article)
    assert article.document.withheld
    assert article.works == made.works


def test_formulas_and_bom(tmp_path: Path) -> None:
    (_, article) = corpus(tmp_path)
    options = {"bom": "yes", "formulas": "escaped", "separator": "tab"}
    list(tables.write([article], tmp_path, options))
    data = (tmp_path / "documents.tsv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid\t")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter="\t")
    assert (row["text"], row["escaped"]) == ("'=Yerevan says so.", "title text")
    assert registry.sniffed(data, "documents.tsv") is FORMAT
    assert items(read(tmp_path, ".tsv")) == [article]


@pytest.mark.parametrize(
    ("table", "old", "new", "what"),
    [
        ("documents", "Baku", "Bako", "its text does not have the hash"),
        ("documents", ",Baku", ",Baku,Baku", "it has 12 cells for 10 columns"),
        ("spans", ",open,actor,0,4,", ",shut,actor,0,4,", '"state" is not one of'),
        ("spans", ",annotator,1,open,actor,0,", ",annotator,0,open,actor,0,", '"round" is not'),
        ("spans", ",annotator,1,open,actor,0,", ",boss,1,open,actor,0,", '"role" is not one of'),
        ("spans", ",0,4,", ",0,x,", '"end" is not a whole number'),
        ("spans", ",0,4,", ",4,0,", "there is no span from 4 to 0"),
        ("spans", ",0,4,", ",0,400,", "it ends at 400, beyond the 15 characters"),
        ("spans", ",0,4,,Baku,", ',0,4,"[[0, 4], [5, 9]]",Baku,', "its quote is not what"),
        ("spans", ",0,4,,Baku,", ",0,4,{,Baku,", '"fragments": it is not JSON'),
        ("relations", "d0,ada", "d0,eva", "its annotator has no spans"),
        ("relations", ",1,source", ",one,source", '"round" is not a whole number'),
    ],
)
def test_broken_rows(tmp_path: Path, table: str, old: str, new: str, what: str) -> None:
    corpus(tmp_path)
    change(tmp_path / f"{table}.csv", old, new)
    found = read(tmp_path)
    assert problems(found)
    where, said = problems(found)[0]
    assert where.endswith(f"{table}.csv, line 2")
    assert said.startswith(what)
    assert len(items(found)) == (1 if table == "documents" else 2)


def test_broken_entities(tmp_path: Path) -> None:
    list(tables.write([Entity("e", "Baku", ("B",)), Entity("f", "")], tmp_path))
    change(tmp_path / "entities.csv", "[", "{")
    append(tmp_path / "entities.csv", "x\r\n")
    found = read(tmp_path)
    assert items(found) == [Entity("f", "")]
    assert [what for _, what in problems(found)] == [
        *(what for _, what in problems(found) if what.startswith('"aliases"')),
        "it has 1 cells for 5 columns",
    ]


def test_the_wrong_table(tmp_path: Path) -> None:
    corpus(tmp_path)
    said = rough.read(FORMAT, (tmp_path / "relations.csv").read_bytes(), "relations.csv")
    assert said == 'relations.csv is no table of documents: it has no column "text".'
    (tmp_path / "spans.csv").write_text("a,b\n")
    with pytest.raises(Exception, match='no table of spans: it has no column "document"'):
        read(tmp_path)


def test_a_row_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(tmp_path)
    monkeypatch.setattr("annotator.formats.csv_reader.LIMIT", 200)
    append(tmp_path / "documents.csv", 'd9,"' + "x\n" * 200)
    ((where, what),) = problems(read(tmp_path))
    assert where.endswith("documents.csv, line 4")
    assert what == "field larger than field limit (200); the rest was left out"
    csv.field_size_limit(streams.LIMIT)


def test_the_tables_are_one_source(tmp_path: Path) -> None:
    list(tables.write([Entity("e", "Baku"), *corpus(tmp_path)], tmp_path))
    files = sorted(tmp_path.iterdir())
    for paths in ([tmp_path], files):
        found = sources(paths, but=tmp_path / "p.db")
        assert [Path(each.name).name for each in found] == ["documents.csv"]
    alone = sources([tmp_path / "spans.csv"], but=tmp_path / "p.db")
    assert [Path(each.name).name for each in alone] == ["spans.csv"]
