"""What the machine's layers say: what became of suggestions, and how sure it is of each article."""

import json
from collections.abc import Sequence

from annotator.store.matching import Rows

_MACHINES = "FROM annotation a JOIN layer l ON l.id = a.layer AND l.role = 'machine'"
_JUDGED = "(SELECT group_concat(value, ' ') FROM json_each(a.meta, '$.judged'))"
"""What people said to a suggestion, side by side."""


def tallies(rows: Rows) -> list[tuple[str, str, str, int, int, int]]:
    """Suggester, label, judgement, and how many suggestions, those checked, those right.

    Checked are those in articles that somebody has done; right are those of them that such work, or
    gold, has with the same label and ends. Where several judged one, it is what comes first of
    rejected, corrected, accepted.
    """
    sql = f"""
    WITH checked AS (SELECT DISTINCT document FROM layer WHERE role <> 'machine' AND state = 'done')
    SELECT coalesce(json_extract(a.meta, '$.by'), ''), a.label,
      CASE WHEN {_JUDGED} LIKE '%rejected%' THEN 'rejected'
        WHEN {_JUDGED} LIKE '%corrected%' THEN 'corrected'
        WHEN {_JUDGED} LIKE '%accepted%' THEN 'accepted' ELSE '' END,
      count(*), total(c.document IS NOT NULL),
      total(c.document IS NOT NULL AND EXISTS (SELECT 1 FROM layer o JOIN annotation b
        ON b.layer = o.id AND b.start = a.start AND b.end = a.end AND b.label = a.label
        WHERE o.document = l.document AND o.role <> 'machine' AND o.state = 'done'))
    {_MACHINES} LEFT JOIN checked c ON c.document = l.document GROUP BY 1, 2, 3"""  # noqa: S608  (our own words)
    return [
        (str(by), str(label), str(judged), int(count), int(checked), int(right))
        for by, label, judged, count, checked, right in rows(sql)
    ]


def doubts(rows: Rows) -> dict[str, float]:
    """By article, how unsure the machine is of what it suggests there, from 0 to 1.

    That is one less the mean confidence (least confidence, Lewis and Gale 1994), of what was
    learned where there is some, else of all that is suggested and that nobody has judged.
    """
    sure = "avg(json_extract(a.meta, '$.confidence'))"
    learned = f"{sure} FILTER (WHERE json_extract(a.meta, '$.by') = 'learned')"
    sql = (
        f"SELECT l.document, 1 - coalesce({learned}, {sure}) {_MACHINES}"
        f" WHERE json_extract(a.meta, '$.judged') IS NULL GROUP BY 1 HAVING {sure} IS NOT NULL"
    )
    return {str(document): float(doubt) for document, doubt in rows(sql)}


def ids(rows: Rows, numbers: Sequence[int]) -> list[str]:
    """The ids of the articles with these row numbers, in their order; "" for one that is gone."""
    sql = (
        "SELECT coalesce(d.id, '') FROM json_each(?) number"
        " LEFT JOIN document d ON d.pk = number.value ORDER BY number.key"
    )
    return [str(row[0]) for row in rows(sql, json.dumps(list(numbers)))]
