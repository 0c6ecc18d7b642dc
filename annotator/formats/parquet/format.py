"""Parquet in the layout that `datasets` loads from a folder: one table, one row an article."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats.base import (
    FEATURES,
    HOW_IT_WAS_MADE,
    NO_OPTIONS,
    Format,
    Item,
    Options,
    Problem,
    Reading,
    Source,
    Writing,
)
from annotator.formats.extras import need
from annotator.formats.fields import Bad, Fields
from annotator.formats.jsonl import line_of
from annotator.formats.jsonl_reader import article_of
from annotator.formats.jsonl_reader import read as read_lines
from annotator.formats.parquet.columns import table_of
from annotator.formats.parquet.rows import record_of

TABLE = Path("data", "train-00000-of-00001.parquet")
README = "README.md"
_HEADS = b"annotator"
"""The key of the file's metadata under which stands what comes before the articles."""
_ROWS = 1_000
_CHARACTERS = 4_000_000
"""Articles and characters in a row group, of which one is in memory at a time."""
_BATCH = 50
"""Rows that are values of Python at a time."""
_LARGEST = 2_000_000_000
"""Bytes in a row group, unpacked."""
_CARD = """\
---
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train-*.parquet
---

One row an article. `layers` holds the work of each annotator, with annotations and relations;
offsets count Unicode code points, the end is excluded. Attributes and `meta` are JSON.
"""


def read(source: Source, _options: Options = NO_OPTIONS) -> Reading:
    """The rows of a file, each by itself: one that is broken is a Problem, the others come.

    Raises UserError for what is no Parquet, or has no column `text`.
    """
    parquet: Any = need("parquet", "pyarrow.parquet")
    with source.open() as stream:
        with _said(source.name):
            file = parquet.ParquetFile(stream, page_checksum_verification=True)
            columns = file.schema_arrow.names
        if "text" not in columns:
            named = ", ".join(columns[:10])
            raise UserError(f'{source.name} has no column "text"; it has {named}.')
        heads = (file.metadata.metadata or {}).get(_HEADS, b"")
        yield from read_lines(Source(source.name, stream=BytesIO(heads)))
        number = 0
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group)
            try:
                yield from _group(file, group, source.name, number)
            except UserError as error:
                where = f"{source.name}, rows {number + 1} to {number + rows.num_rows}"
                yield Problem(where, str(error).removesuffix("."))
            number += rows.num_rows


def _group(file: Any, group: int, name: str, before: int) -> Reading:
    """The articles of a row group, of whose rows there are some before it."""
    if file.metadata.row_group(group).total_byte_size > _LARGEST:
        raise UserError(f"They unpack to more than {_LARGEST // 1_000_000_000} GB.")
    for number, row in enumerate(_rows(file, group), before + 1):
        where = f"{name}, row {number}"
        try:
            yield from article_of(Fields(record_of(row)), where, 0)
        except Bad as error:
            yield Problem(where, str(error))


def _rows(file: Any, group: int) -> Iterator[Mapping[str, Any]]:
    batches = file.iter_batches(batch_size=_BATCH, row_groups=[group])
    while True:
        with _said("They"):
            batch = next(batches, None)
            rows = () if batch is None else batch.to_pylist()
        if batch is None:
            return
        yield from rows


@contextmanager
def _said(what: str) -> Iterator[None]:
    """Turns what pyarrow raises into UserError."""
    arrow: Any = need("parquet", "pyarrow")
    try:
        yield
    except (arrow.ArrowException, OSError, ValueError, MemoryError) as error:
        first = str(error).partition("\n")[0].rstrip(".")
        raise UserError(f"{what} can't be read as Parquet: {first}.") from error


def sniff(head: bytes, _name: str = "") -> bool:
    """Whether a file begins like Parquet."""
    return head.startswith(b"PAR1")


def write(items: Iterable[Item], folder: Path, _options: Options = NO_OPTIONS) -> Writing:
    """Write items into the table and its card, and give each back when it is written."""
    arrow: Any = need("parquet", "pyarrow")
    parquet: Any = need("parquet", "pyarrow.parquet")
    schema = table_of(arrow, ()).schema
    (folder / TABLE.parent).mkdir()
    (folder / README).write_text(_CARD, encoding="utf-8", newline="\n")
    settings = {"compression": "zstd", "write_page_checksum": True, "version": "2.6"}
    with (
        (folder / TABLE).open("xb") as stream,
        parquet.ParquetWriter(stream, schema, **settings) as writer,
    ):
        heads: list[bytes] = []
        waiting: list[Article] = []
        characters = 0
        for item in items:
            if isinstance(item, Article):
                waiting.append(item)
                characters += len(item.document.text)
                if len(waiting) >= _ROWS or characters >= _CHARACTERS:
                    writer.write_table(table_of(arrow, waiting))
                    waiting, characters = [], 0
            else:
                heads.append(line_of(item))
            yield item
        if waiting:
            writer.write_table(table_of(arrow, waiting))
        writer.add_key_value_metadata({_HEADS: b"".join(heads)})


FORMAT = Format(
    "parquet",
    "a Parquet table that `datasets`, pandas, polars and DuckDB load, one row an article; keeps "
    "everything but the journal",
    (".parquet",),
    frozenset(FEATURES) - HOW_IT_WAS_MADE,
    read=read,
    to_folder=write,
    sniff=sniff,
)
