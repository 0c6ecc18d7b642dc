"""An article's tree as text."""

from xml.etree.ElementTree import fromstring

import pytest

from annotator.ingest.blocks import blocks_of


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>a\tb  c</p>loose<p>d</p>end", ["a b c", "loose", "d", "end"]),
        ("<p>a<lb/>b<hi>c <p>d</p></hi></p>", ["a\nbc d"]),
        ("<list><item/><item>a<p>b<lb/>c</p></item></list>", ["- a b c"]),
        ("<quote><p>a</p><p>b</p></quote>", ["a", "b"]),
        ("<table><row><cell>a<lb/>b</cell><cell/></row></table>", ["a b\t"]),
        ("<table><row><cell><p>a</p><p>b</p></cell><cell>c</cell></row></table>", ["a", "b", "c"]),
        ("<p/><list/>", []),
        ("<graphic>x</graphic><p>a</p>", ["a"]),
    ],
)
def test_blocks(body: str, blocks: list[str]) -> None:
    assert blocks_of(fromstring(f"<body>{body}</body>")) == blocks
