"""The address that a page gives its article in JSON-LD."""

import json
from typing import Any

import pytest
import trafilatura

from annotator.ingest.linked_data import address

URL = "https://e.example/talks"
ARTICLE = {"@type": "NewsArticle", "url": URL}


def of(*scripts: str) -> str:
    said = "".join(f'<script type="application/ld+json">{each}</script>' for each in scripts)
    return address(trafilatura.load_html(f"<html><head>{said}</head><body><p>x</p></body></html>"))


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        {"@type": ["Thing", "ReportageNewsArticle"], "mainEntityOfPage": {"@id": URL}},
        {"@type": "LiveBlogPosting", "mainEntityOfPage": True, "url": f" {URL} ".strip()},
        [{"@type": "WebSite", "url": "https://e.example"}, ARTICLE],
        {"@graph": [{"@type": "Person", "url": "https://e.example/ani"}, "x", ARTICLE]},
    ],
)
def test_address_of_the_article(data: Any) -> None:
    assert of(json.dumps(data)) == URL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "[[[]]]",
        '{"@type": 3}',
        '{"@type": "NewsArticle", "url": "/talks", "@id": "#article"}',
        '{"@type": "WebPage", "url": "https://e.example/talks"}',
    ],
)
def test_what_says_nothing_of_it(text: str) -> None:
    assert of(text) == ""
    assert of(text, json.dumps(ARTICLE)) == URL
