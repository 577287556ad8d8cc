"""Plans for the tests: made by the same verbs as the pages use, and short ways to post what a browser would post."""

import uuid

from django.urls import reverse

from plans import actions
from plans.demo.page_forms import form_to
from tests.glasses import IZABEL, told
from tests.patients import sent

HABIT = {
    "after": "Na het ontbijt",
    "do": "stap ik een blokje om",
    "how_often": "elke dag",
    "where": "",
    "small": "tot aan de brievenbus",
}


def izabel(practice, **person):
    """A patient whose screening is passed and who sent Izabel's glasses."""
    person = {"given": "Izabel", "family": "Tournesol", "language": "nl", **person}
    return told(sent(practice, **person), IZABEL, {"arthrosis": (1, 2)})


def add_habit(actor, plan, **changes):
    values = {**HABIT, "begins": True, "hangs_on": "glass", "hangs_key": "sitting", **changes}
    return actions.add_habit(actor, plan, values)


def released_plan(practice, actor):
    """A plan with one habit that was released once."""
    plan = actions.open_plan(actor, izabel(practice).intake)
    add_habit(actor, plan)
    plan.refresh_from_db()
    actions.release(actor, plan, seen=actions.seen(plan, "all"))
    return plan


class Desk:
    """A practitioner's browser on one plan: opens the page once and posts its forms with some fields changed."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan
        self.page = None

    def open(self):
        """Look at the composer: what is posted next is posted from this page, however old it is by then."""
        self.page = self.client.get(reverse("desk:plan", args=[self.plan.code])).content.decode()
        return self

    def post(self, name, fields=None, *, code=None, **changes):
        """Post the form to `name` as it stood on the page; `changes` replace or, with None, leave out a field."""
        url = reverse(f"desk:{name}", args=[code or self.plan.code])
        standing = form_to(self.page, url) if fields is None else fields
        kept = {**standing, **changes, "once_key": str(uuid.uuid4())}
        return self.client.post(url, {key: value for key, value in kept.items() if value is not None})

    def habit(self, **changes):
        """Post a habit of one's own."""
        return self.post("habit-new", {**HABIT, "hangs": "glass:sitting", "begins": "begin"}, **changes)
