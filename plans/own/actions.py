"""What people do to their own things: write, take into use, withdraw, put back. Each verb is atomic and audited.

Words are never changed: every saving is a new version. An owner or a practitioner writes; the desk reads.
"""

from dataclasses import replace

from django.db import IntegrityError, transaction

from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Role
from intake.actions import NotAllowed
from plans.models import OwnItem, OwnPhoto, OwnVersion, PlanExercise
from plans.plan_copy import PhotoOnPlan

from . import body as bodies
from . import photos
from .body import EXERCISE, TEXT

# So many files a practice keeps at most; an exercise has two.
MOST_PHOTOS = 400


class Changed(Exception):
    """Somebody else saved other words after these were shown."""


class Taken(Exception):
    """The place of this text has a text already: `item`."""

    def __init__(self, item):
        super().__init__(item.place)
        self.item = item


class TooManyPhotos(Exception):
    """The practice keeps as many photos as it may."""


@transaction.atomic
def create(actor, kind, body, *, place=""):
    """A new draft with its first words. Raises NotAllowed, ValueError for a wrong body, and Taken."""
    _editor(actor)
    _sound(kind, body)
    if (kind == TEXT) != (place in OwnItem.Place.values):
        raise ValueError(f"{kind} cannot stand in {place!r}")
    if there := place and OwnItem.objects.for_actor(actor).filter(place=place).first():
        raise Taken(there)
    item = OwnItem.objects.create(practice_id=actor.practice_id, kind=kind, place=place)
    _write(actor, item, body)
    audit.record(actor, "own.created", item, kind=kind)
    return item


@transaction.atomic
def save(actor, item, body, *, seen):
    """Newer words, which wait until they are taken into use. The same words again add nothing.

    `seen` is the number of the version that the page had shown. Raises Changed, NotAllowed and ValueError.
    """
    item = _take(actor, item, seen)
    _sound(item.kind, body)
    if bodies.as_json(body) == item.latest.body:
        return item.latest
    version = _write(actor, item, body)
    audit.record(actor, "own.saved", item, number=version.number)
    return version


def restore(actor, item, number, *, seen):
    """The words of an earlier version once more, as the newest. Raises Changed, and DoesNotExist for no version."""
    old = item.versions.get(number=number)
    body = bodies.from_json(item.kind, old.body)
    if item.kind == EXERCISE:
        # A photo that was thrown away meanwhile does not come back.
        there = tuple(photo for photo in body.photos if photos.is_there(photo.name))
        body = replace(body, photos=there)
    return save(actor, item, body, seen=seen)


@transaction.atomic
def use(actor, item, *, seen):
    """Let the newest words count. Plans that were given keep theirs. Raises Changed, IllegalMove and NotAllowed."""
    item = _take(actor, item, seen)
    item.use()
    audit.record(actor, "own.used", item, number=item.used.number)


@transaction.atomic
def withdraw(actor, item):
    """Offer it to no new plan. Raises IllegalMove and NotAllowed."""
    item = _take(actor, item)
    item.withdraw()
    audit.record(actor, "own.withdrawn", item)


@transaction.atomic
def put_back(actor, item):
    """Undo a withdrawal. Raises IllegalMove and NotAllowed."""
    item = _take(actor, item)
    item.put_back()
    audit.record(actor, "own.put-back", item)


# --- photos -------------------------------------------------------------------------------------------


@transaction.atomic
def add_photo(actor, item, place, clean, *, seen):
    """Newer words with this photo in its place. Raises Changed, NotAllowed, TooManyPhotos and OSError."""
    item = _take(actor, item, seen)
    body = _exercise_body(item, place)
    mine = OwnPhoto.objects.for_actor(actor)
    if mine.count() >= MOST_PHOTOS:
        raise TooManyPhotos
    name = photos.keep(actor.practice_id, clean)
    row = OwnPhoto.objects.create(
        practice_id=actor.practice_id, item=item, name=name, sha256=clean.sha256, size=len(clean.jpeg)
    )
    new = PhotoOnPlan(
        place=place,
        code=str(row.code),
        name=name,
        sha256=clean.sha256,
        width=clean.width,
        height=clean.height,
    )
    return save(actor, item, _with_photos(body, place, (new,)), seen=item.latest.number)


@transaction.atomic
def remove_photo(actor, item, place, *, seen):
    """Newer words without the photo in that place. An earlier version keeps it."""
    item = _take(actor, item, seen)
    return save(actor, item, _with_photos(_exercise_body(item, place), place, ()), seen=item.latest.number)


def tidy_photos(older_than):
    """Throw away the photos of exercises that were withdrawn before `older_than` and stand on no plan.

    Returns how many. Until then a withdrawal can be undone with everything that belonged to it.
    """
    withdrawn = {"item__state": OwnItem.State.WITHDRAWN, "item__state_at__lt": older_than}
    rows = OwnPhoto.objects.filter(**withdrawn, given__isnull=True).select_related("item")
    return sum(_drop_unused(row) for row in rows)


@transaction.atomic
def _drop_unused(photo):
    item = OwnItem.objects.select_for_update().get(pk=photo.item_id)
    used = PlanExercise.objects.filter(practice_id=item.practice_id, exercise=item.key).exists()
    if used or item.state != OwnItem.State.WITHDRAWN or photo.given.exists():
        return False
    photo.delete()
    # The row first, the file when that is certain: a file without a row is found by nobody.
    transaction.on_commit(lambda: photos.drop(photo.name), robust=True)
    return True


# --- how ----------------------------------------------------------------------------------------------


def may_edit(actor):
    """Whether this person writes the practice's own things."""
    return actor.kind == "staff" and actor.has(Role.OWNER, Role.PRACTITIONER)


def _editor(actor):
    if not may_edit(actor):
        raise NotAllowed("only an owner or a practitioner writes the practice's own things")


def _take(actor, item, seen=None):
    """The item under lock. Raises NotAllowed, DoesNotExist for another practice's, and Changed."""
    _editor(actor)
    rows = OwnItem.objects.for_actor(actor).select_for_update(of=("self",)).select_related("latest", "used")
    item = rows.get(pk=item.pk)
    if seen is not None and str(item.latest.number) != str(seen):
        raise Changed
    return item


def _sound(kind, body):
    if wrong := list(bodies.problems(kind, body)):
        raise ValueError("; ".join(wrong))


def _write(actor, item, body):
    number = item.latest.number + 1 if item.latest else 1
    own = {"practice_id": actor.practice_id, "by_id": actor.user_id, "by_name": actor.user_name}
    try:
        with transaction.atomic():
            version = OwnVersion.objects.create(item=item, number=number, body=bodies.as_json(body), **own)
    except IntegrityError:
        raise Changed from None
    item.latest = version
    OwnItem.objects.filter(pk=item.pk).update(latest=version)
    return version


def _exercise_body(item, place):
    if item.kind != EXERCISE or place not in (bodies.START, bodies.END):
        raise ValueError(f"a {item.kind} has no photo {place!r}")
    return bodies.from_json(item.kind, item.latest.body)


def _with_photos(body, place, new):
    return replace(body, photos=(*(photo for photo in body.photos if photo.place != place), *new))
