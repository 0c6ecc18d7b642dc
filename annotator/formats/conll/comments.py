"""The comment lines in which our own CoNLL files hold what gives an article back as it was.

`# newdoc id = …` begins an article, `# annotator = {…}` holds its details and its layer's as JSON,
`# text = …` is a sentence with the white space behind it; `# global.columns = …` begins the file.
"""

import json
import re
from dataclasses import replace

from annotator.core.article import Article
from annotator.core.model import Document, Layer
from annotator.formats.base import KEPT_LINES
from annotator.formats.carried import of_article, of_layer

COLUMNS, NEWDOC, OWN, TEXT = "global.columns", "newdoc", "annotator", "text"
DOCSTART = "-DOCSTART-"
"""What stands for a token where an article begins, in files without comments."""
_COMMENT = re.compile(r"# ([\w.]+)(?: ([\w.]+))?(?: ?= ?(.*))?", re.DOTALL)
_SIGNS = {" ": r"\s", "\n": r"\n", "\t": r"\t", "\r": r"\r", "\\": r"\\"}
_WRITTEN = re.compile(r"[\n\t\r\\\v\f\x1c-\x1e\x85\u2028\u2029]|^\s|\s$")
_READ = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")
_BACK = {"s": " ", "n": "\n", "t": "\t", "r": "\r"}


def comment(key: str, value: str) -> str:
    """A comment line."""
    return f"# {key} = {value}\n"


def split(line: str) -> tuple[str, str]:
    """Key and value of a comment line, "" for what it hasn't; `# newdoc id` has the key newdoc."""
    match = _COMMENT.match(line)
    return (match[1], match[3] or "") if match else ("", "")


def escaped(text: str) -> str:
    """A text in one line, with nothing at its ends that an editor would take away."""
    return _WRITTEN.sub(lambda match: _SIGNS.get(match[0]) or f"\\u{ord(match[0]):04x}", text)


def unescaped(line: str) -> str:
    """The text that `escaped` made a line of."""
    return _READ.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _BACK.get(match[2], match[2]), line
    )


def of_document(document: Document, layer: Layer | None) -> str:
    """The comment lines with which an article begins."""
    own = of_article(Article(document))
    if layer is not None:
        meta = {key: value for key, value in layer.meta.items() if key != KEPT_LINES}
        own["layer"] = of_layer(replace(layer, meta=meta))
    words = json.dumps(own, ensure_ascii=False, sort_keys=True)
    for end in "\x85\u2028\u2029":
        words = words.replace(end, f"\\u{ord(end):04x}")
    return comment(f"{NEWDOC} id", escaped(document.id)) + comment(OWN, words)
