"""Why a verb of intake refuses."""


class Frozen(Exception):
    """What was sent does not change any more."""


class Stopped(Exception):
    """A NOW answer stands open: the patient needs help now, and the form waits."""


class NotAllowed(Exception):
    """A decision that clinical-brief B7 does not give to this flag, or that misses what must be written down.

    `fields` names what is missing.
    """

    def __init__(self, message, *, fields=()):
        super().__init__(message)
        self.fields = tuple(fields)
