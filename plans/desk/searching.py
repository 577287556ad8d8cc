"""Finding one patient among very many, and leafing through them, at a cost that does not grow with their number."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from intake.models import Patient, PatientWord
from intake.search_words import asked

MOST = 20  # patients that a search shows
READ = 100  # words read for them: one patient may have several that begin alike
PAGE = 50


@dataclass(frozen=True)
class Found:
    """Patients to show, and whether there are more: `after` is then the last one's code, where leafing goes on."""

    people: list = field(default_factory=list)
    more: bool = False
    after: UUID | None = None


def found(actor, typed):
    """Whom `typed` finds: each word begins a word of the name, or is a date or year of birth. At most MOST."""
    places = {}
    for way in asked(typed):
        for patient in _matching(actor, way):
            places.setdefault(patient, len(places))
    first = sorted(places, key=places.get)[:MOST]
    people = Patient.objects.for_actor(actor).filter(pk__in=first)
    return Found(sorted(people, key=lambda one: places[one.pk]), more=len(places) > MOST)


def _matching(actor, way):
    """Primary keys of patients who have all of `way`; whole words first, since they stand first in the index."""
    words = PatientWord.objects.for_actor(actor)
    # The longest one leaves the fewest rows in which to look for the others.
    longest, *others = sorted(way, key=lambda beginnings: -len(beginnings[0]))
    rows = words.beginning(*longest)
    for beginnings in others:
        rows = rows.filter(Exists(words.beginning(*beginnings).filter(patient=OuterRef("patient"))))
    return rows.order_by("word", "patient").values_list("patient", flat=True)[:READ]


def listed(actor, after=None):
    """A page of all patients by name: the first, or the one behind the patient with the code `after`."""
    rows = Patient.objects.for_actor(actor)
    last = rows.filter(code=after).first() if after else None
    if last:
        family = Q(family_name__gt=last.family_name)
        given = Q(family_name=last.family_name, given_name__gt=last.given_name)
        same = Q(family_name=last.family_name, given_name=last.given_name, pk__gt=last.pk)
        # The first condition says nothing new: it is where the database begins to read the index.
        rows = rows.filter(family_name__gte=last.family_name).filter(family | given | same)
    people = list(rows.order_by("family_name", "given_name", "pk")[: PAGE + 1])
    more = len(people) > PAGE
    return Found(people[:PAGE], more=more, after=people[PAGE - 1].code if more else None)


def code_in(text):
    """The code in an address, or None for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
