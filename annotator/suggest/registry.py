"""The suggesters there are: our own, and those that plug-ins bring by entry point."""

from annotator.core.errors import UserError
from annotator.suggest.actors import ACTORS
from annotator.suggest.casualties import NUMBERS
from annotator.suggest.cues import CUES
from annotator.suggest.proposing import Suggester

GROUP = "annotator.suggesters"
"""The entry points' group; each names a Suggester."""
OWN = {each.name: each for each in (CUES, NUMBERS, ACTORS)}


def suggesters() -> dict[str, Suggester]:
    """All suggesters by name, our own first; a plug-in can't take the name of one of ours.

    Raises UserError, naming it, where a plug-in can't be loaded or is no suggester.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - takes longer than all the rest

    found = dict(OWN)
    for point in entry_points(group=GROUP):
        try:
            one = point.load()
        except Exception as error:
            raise UserError(f'The suggester "{point.name}" can\'t be loaded: {error}.') from error
        if not isinstance(one, Suggester):
            raise UserError(f'The plug-in "{point.name}" ({point.value}) is no suggester.')
        found.setdefault(one.name, one)
    return found
