"""The data card of a package, its guidelines, and its lists, as they stand in files."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.core.citation import Author, Citation
from annotator.core.model import Annotator
from annotator.core.tagset import Label, RelationType, Tagset
from annotator.transfer.census import cell
from annotator.transfer.publishing import Publishing

COUNTS = ("<!-- counts -->", "<!-- /counts -->")
"""What stands around the tables of counts in a card."""
UNTITLED = "Untitled corpus"
_LOAD = """\
```python
import csv
import json

with open("data/corpus.jsonl", encoding="utf-8") as lines:
    records = [json.loads(line) for line in lines]
articles = [each for each in records if each["record"] == "document"]
for article in articles:
    for layer in article["layers"]:
        for annotation in layer["annotations"]:
            print(layer["annotator"], annotation["label"], annotation["spans"])

with open("tables/spans.csv", encoding="utf-8", newline="") as table:
    spans = list(csv.DictReader(table))
print("articles:", len(articles), "annotations:", len(spans))
```
"""
_AGAIN = """\
`annotator import new.db data/corpus.jsonl{}` makes a project of it again; `annotator check` with
the name of this package proves that it is whole.
"""
_FILES = """\
| file | what it is |
| --- | --- |
| `data/corpus.jsonl` | everything: articles, layers, gold, decisions, actors, tag set |
| `tables/*.csv` | articles, spans, links and actors, a row each |
| `tagset.toml` | labels, attributes and links |
| `GUIDELINES.md` | what the labels mean, for people |
| `AGREEMENT.md` | how far the annotators agree, where two have done an article |
| `annotators.csv` | who annotated, and what is known of them |
| `annotator-jsonl.schema.json` | the JSON Schema of the records |
| `CITATION.cff` | how to cite this corpus |
| `SHA256SUMS` | checksums of all files, for `sha256sum -c SHA256SUMS` |
"""


@dataclass(frozen=True, slots=True)
class Card:
    """What a data card says; `tables` are the counts (census.py), `lost` what tables can't hold."""

    citation: Citation
    tables: str
    people: Sequence[Annotator]
    backgrounds: Mapping[str, str]
    lost: Sequence[tuple[str, int]]
    publishing: Publishing

    def markdown(self) -> str:
        """The card."""
        citation = self.citation
        parts = [
            f"# {cell(citation.title or UNTITLED)}\n",
            f"{citation.abstract.strip()}\n" if citation.abstract else "",
            "News articles in which spans are labelled and linked, made with Annotator.\n",
            self._facts(),
            "## What is in it\n",
            f"{COUNTS[0]}\n{self.tables}{COUNTS[1]}\n",
            "Labels, attributes and links are explained in GUIDELINES.md.\n",
            "## Who annotated\n",
            self._people(),
            "## Files\n",
            _FILES,
            "## How to load it\n",
            "Offsets are Unicode code points from 0, the end excluded: `text[start:end]`.\n",
            _LOAD,
            _AGAIN.format(" --attach texts/" if self.publishing.without_text else ""),
            "## What is not in it\n",
            self._missing(),
        ]
        return "\n".join(part for part in parts if part)

    def _facts(self) -> str:
        citation = self.citation
        facts = (
            ("Authors", "; ".join(map(_author, citation.authors))),
            ("Version", citation.version),
            ("Date", citation.date),
            ("DOI", citation.doi),
            ("Address", citation.url),
            ("Keywords", ", ".join(citation.keywords)),
            ("Licence", citation.licence or "not given: ask the authors before you use it"),
        )
        return "".join(f"* {name}: {cell(value)}\n" for name, value in facts if value)

    def _people(self) -> str:
        lines = []
        for each in self.people:
            shown = f" ({cell(each.display)})" if each.display else ""
            told = self.backgrounds.get(each.name)
            lines.append(f"* {cell(each.name)}{shown}{f': {cell(told)}' if told else ''}\n")
        return "".join(lines) or "Nobody yet.\n"

    def _missing(self) -> str:
        lines = ["* the journal of edits, which stays in the project\n"]
        if self.publishing.without_text:
            lines.append("* the texts: each article is known by the SHA-256 of its text\n")
        if self.publishing.pseudonyms:
            lines.append("* the annotators' names, and the paths of the articles' files\n")
        lines += [f"* from the tables: {count:,} {what}\n" for what, count in self.lost]
        return "".join(lines)


def _author(author: Author) -> str:
    names = f"{author.given} {author.name}".strip()
    more = ", ".join(each for each in (author.affiliation, author.orcid) if each)
    return f"{names} ({more})" if more else names


def guidelines(tagset: Tagset) -> str:
    """What the labels and links of a tag set mean, in Markdown."""
    parts = [f"# Guidelines: {cell(tagset.name)}, version {tagset.version}\n", "## Labels\n"]
    parts += [_label(each) for each in tagset.labels]
    if tagset.relations:
        parts += ["## Links\n", *(_relation(each) for each in tagset.relations)]
    return "\n".join(parts)


def _label(label: Label) -> str:
    lines = [f"### {cell(label.title or label.name)} (`{label.name}`)\n"]
    lines += [f"{label.guideline.strip()}\n"] if label.guideline else []
    lines += ["".join(f"* “{cell(each)}”\n" for each in label.examples)] if label.examples else []
    return "\n".join([*lines, *_attributes(label)])


def _relation(relation: RelationType) -> str:
    arrow = "and" if relation.symmetric else "to"
    ends = f"From {', '.join(relation.sources)} {arrow} {', '.join(relation.targets)}.\n"
    lines = [f"### {cell(relation.title or relation.name)} (`{relation.name}`)\n", ends]
    lines += [f"{relation.guideline.strip()}\n"] if relation.guideline else []
    return "\n".join([*lines, *_attributes(relation)])


def _attributes(owner: Label | RelationType) -> list[str]:
    if not owner.attributes:
        return []
    return [
        "".join(
            f"* `{each.name}`: {', '.join(map(cell, each.values)) or each.type}"
            f"{', several' if each.several else ''}\n"
            for each in owner.attributes
        )
    ]


def annotators(people: Iterable[Annotator], backgrounds: Mapping[str, str]) -> str:
    """Who annotated, as CSV."""
    rows = ((each.name, each.display, backgrounds.get(each.name, "")) for each in people)
    return _csv(("name", "display", "background"), rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    found = io.StringIO(newline="")
    writer = csv.writer(found)
    writer.writerow(head)
    writer.writerows(rows)
    return found.getvalue()
