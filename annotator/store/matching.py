"""The words of a query as the full-text search of SQLite takes them."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from annotator.core.query import Query, Word
from annotator.store.signs import cut

Rows = Callable[..., Sequence[Any]]
"""Runs SQL with values and gives all rows."""
_UNTOLD = re.compile(r'["\0\ud800-\udfff]')
"""What would end a quoted word, or can't be told to SQLite."""
_ENDINGS = 40
"""As many words that begin alike are looked for one by one."""
_TOKENIZED = "tokenize = 'unicode61 remove_diacritics 2'"


def match_of(rows: Rows, words: Iterable[Word]) -> str:
    """The words as a query of the full-text search, "" where none has a letter, digit or sign.

    Each word is quoted, so that nothing a person types is taken for a query's syntax.
    """
    terms = []
    for word in words:
        text = _UNTOLD.sub(" ", cut(word.text))
        found = tokens(text)
        if found:
            one = len(found) == 1 and not word.phrase
            spelled = _beginning(rows, found[0]) if one else ()
            star = "" if word.phrase else "*"
            alike = " OR ".join(f'"{each}"' for each in spelled) or f'"{text}"{star}'
            terms.append(f"({alike})")
    return " AND ".join(terms)


def wanted(rows: Rows, query: Query) -> str:
    """The words that are looked for, less those that are to be left out; "" for none."""
    match = match_of(rows, (word for word in query.words if not word.without))
    for word in query.words if match else ():
        unwanted = match_of(rows, [word]) if word.without else ""
        match = f"({match}) NOT {unwanted}" if unwanted else match
    return match


def hits_beyond(rows: Rows, match: str, number: int) -> bool:
    """Whether more than so many articles match."""
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM document_search WHERE document_search MATCH ? LIMIT ?)"
    )
    return bool(match) and rows(sql, match, number + 1)[0][0] > number


@cache
def _tokenizer() -> sqlite3.Connection:
    """An index in memory that tells how SQLite takes words apart and folds them."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute(f"CREATE VIRTUAL TABLE one USING fts5 (text, {_TOKENIZED})")
    connection.execute("CREATE VIRTUAL TABLE word USING fts5vocab ('one', 'instance')")
    return connection


def tokens(text: str) -> list[str]:
    """The words of a text as the full-text search has them, in order."""
    connection = _tokenizer()
    connection.execute("INSERT INTO one (rowid, text) VALUES (1, ?)", (text,))
    try:
        found = connection.execute("SELECT term FROM word ORDER BY offset").fetchall()
    finally:
        connection.execute("DELETE FROM one")
    return [row[0] for row in found]


def _beginning(rows: Rows, token: str) -> tuple[str, ...]:
    """The words of all articles that begin with this one; none where they are too many.

    A search for a beginning reads all places of all such words before it gives the first one, and
    a search for whole words doesn't: with a million articles that is a matter of seconds.
    """
    rows(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word"
        " USING fts5vocab ('main', 'document_search', 'instance')"
    )
    found: list[str] = []
    after = token
    while len(found) <= _ENDINGS:
        row = rows("SELECT term FROM temp.search_word WHERE term >= ? LIMIT 1", after)
        if not row or not row[0][0].startswith(token):
            return tuple(found)
        found.append(row[0][0])
        after = found[-1] + "\x01"  # no word has it
    return ()
