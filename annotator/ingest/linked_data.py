"""What a page says of its article in JSON-LD (schema.org), beside what its library reads of it."""

import json
from collections.abc import Iterator
from typing import Any

_TYPE = "application/ld+json"
_ARTICLES = ("Article", "Posting", "Report")


def address(tree: Any) -> str:
    """The address that a page gives its article; "" for none."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == _TYPE:
            for each in _articles(_parsed(script.text or "")):
                for said in (each.get("mainEntityOfPage"), each.get("url"), each.get("@id")):
                    found = said.get("@id") if isinstance(said, dict) else said
                    if isinstance(found, str) and found.startswith(("https://", "http://")):
                        return found.strip()
    return ""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    """The articles at the top, in a list, or in the graph of it."""
    for each in _objects(data):
        for one in (each, *_objects(each.get("@graph"))):
            types = one.get("@type")
            named = types if isinstance(types, list) else [types]
            if any(isinstance(name, str) and name.endswith(_ARTICLES) for name in named):
                yield one


def _objects(data: Any) -> list[dict[str, Any]]:
    return [each for each in (data if isinstance(data, list) else [data]) if isinstance(each, dict)]
