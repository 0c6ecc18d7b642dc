"""What figures can be taken apart by."""

from collections.abc import Mapping

BY: Mapping[str, str] = {
    "label": "label",
    "pair": "pair of annotators",
    "annotator": "annotator, against the rest",
    "document": "article",
    "order": "order of work (drift)",
    "round": "round (drift)",
}
"""By their names on the command line and in reports: what stands behind "by" for people."""
