"""The two errors that a person is meant to read."""


class UserError(Exception):
    """Something the user can put right: its text is one sentence saying what, where and what to do."""


class Conflict(UserError):
    """A row is no longer what an edit expects it to be; nothing was written."""
