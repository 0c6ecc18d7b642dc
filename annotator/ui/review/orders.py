"""What the orders are called in which one goes through conflicts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.review.queue import Order

ORDER_NAMES: "dict[Order, str]" = {
    "reading": "As one reads",
    "severity": "Gravest first",
    "phrase": "By phrase",
}
