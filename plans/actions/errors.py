"""Why a verb refused. The pages turn each into a sentence where it happened."""


class GateClosed(Exception):
    """Step 1 is not passed or cleared: nothing of a plan may be made, changed or given."""


class Changed(Exception):
    """Somebody else saved this section after it was shown."""


class TooMany(Exception):
    """More rows than a plan holds. `limit` is how many it does."""

    def __init__(self, limit):
        super().__init__(limit)
        self.limit = limit


class StillHangs(Exception):
    """A glass, condition or strength cannot go: `items` (habits and exercises) hang on it."""

    def __init__(self, items):
        super().__init__(len(items))
        self.items = items


class NotReady(Exception):
    """A plan that cannot be released yet. `problems` are keys of plans.actions.releasing."""

    def __init__(self, problems):
        super().__init__(", ".join(problems))
        self.problems = problems
