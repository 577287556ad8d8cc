"""The Bucketlist, item by item: added, changed, moved, removed. Three at most begin; the rest is for later."""

from django.db import transaction
from django.db.models import Max

from plans.composition import MOST_HABITS, MOST_TO_START
from plans.models import BucketlistItem

from .errors import Changed, TooMany
from .locking import take, touch
from .seeing import seen_habit


@transaction.atomic
def add_habit(actor, plan, values):
    """A new item at the end of the list. Raises TooMany. A tip that is a habit already brings that item again."""
    plan = take(actor, plan)
    tip = values.get("tip", "")
    if tip and (there := plan.habits.filter(tip=tip).first()):
        return there
    if plan.habits.count() >= MOST_HABITS:
        raise TooMany(MOST_HABITS)
    _room_to_begin(plan, values)
    last = plan.habits.aggregate(last=Max("position"))["last"]
    item = BucketlistItem.objects.create(
        practice_id=plan.practice_id, plan=plan, position=0 if last is None else last + 1, **values
    )
    touch(actor, plan, "plan.habit-added", item=item.code)
    return item


@transaction.atomic
def change_habit(actor, item, values, *, seen):
    """Change one item. Raises Changed when it is gone or no longer what `seen` says, TooMany for a fourth."""
    plan = take(actor, item.plan)
    now = plan.habits.filter(pk=item.pk).first()
    if now is None or seen_habit(now) != seen:
        raise Changed
    _room_to_begin(plan, values, except_for=item)
    plan.habits.filter(pk=item.pk).update(**{**values, "tip": now.tip})
    touch(actor, plan, "plan.habit-changed", item=item.code)


@transaction.atomic
def remove_habit(actor, item):
    """Take one item off the list; what is gone already stays gone."""
    plan = take(actor, item.plan)
    plan.habits.filter(pk=item.pk).delete()
    touch(actor, plan, "plan.habit-removed", item=item.code)


@transaction.atomic
def move_habit(actor, item, *, up):
    """Let one item change places with its neighbour; at the end of the list nothing happens."""
    plan = take(actor, item.plan)
    rows = list(plan.habits.order_by("position", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == item.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if other is None or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.position = position
    BucketlistItem.objects.bulk_update(rows, ["position"])
    touch(actor, plan, "plan.habit-moved", item=item.code)


def _room_to_begin(plan, values, *, except_for=None):
    if not values.get("begins"):
        return
    others = plan.habits.filter(begins=True)
    if except_for is not None:
        others = others.exclude(pk=except_for.pk)
    if others.count() >= MOST_TO_START:
        raise TooMany(MOST_TO_START)
