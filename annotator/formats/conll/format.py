"""CoNLL-2002 and -2003: a token a line with its tags, the common ground of taggers."""

from annotator.formats.base import ENCODING, Format, Option
from annotator.formats.conll.reader import read
from annotator.formats.conll.sign import SUFFIXES, sniff
from annotator.formats.conll.tags import SCHEMES
from annotator.formats.conll.writer import write

FORMAT = Format(
    "conll",
    "CoNLL-2003 with BIO or BIOES tags, a column a label; whole tokens without attributes or links",
    SUFFIXES,
    frozenset(
        {
            "articles",
            "article details",
            "annotations",
            "layers without annotations",
            "details of layers",
        }
    ),
    read=read,
    to_stream=write,
    sniff=sniff,
    reading=(
        ENCODING,
        Option(
            "tags",
            "which columns: all at the end of a line that hold tags, or the last alone",
            ("found", "last"),
            "found",
        ),
        Option(
            "articles",
            "what is an article: what stands between -DOCSTART- lines, or each sentence",
            ("documents", "sentences"),
            "documents",
        ),
    ),
    writing=(
        Option("scheme", "of the tags", SCHEMES, SCHEMES[0]),
        Option(
            "labels",
            "a column for each label, or one for the outermost annotations",
            ("columns", "outermost"),
            "columns",
        ),
        Option(
            "comments",
            "lines that begin with #, from which the article comes back as it was",
            ("yes", "no"),
            "yes",
        ),
    ),
    layers="one",
    local_ids=True,
)
