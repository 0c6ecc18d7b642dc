"""The two errors that a person is meant to read."""


class UserError(Exception):
    """What the user can put right: its text is one sentence of what, where and what to do."""


class Conflict(UserError):  # noqa: N818  (it is what happened, not a mistake)
    """A row is no longer what an edit expects it to be; nothing was written."""
