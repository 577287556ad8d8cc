"""A practice's own things for the tests: whole bodies, items made by the verbs, and photos of every sort."""

import io
from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile

from plans.own import actions, photos
from plans.own.body import ExerciseBody, HelperBody, TextBody, TipBody, Words

TIP = TipBody(first="nl", about="sitting", text=Words(nl="Zet je bureau eens hoger.", en="Raise your desk."))
EXERCISE = ExerciseBody(
    first="nl",
    name=Words(nl="De reiger", en="The heron", fr="Le héron"),
    goal=Words(nl="Rustig leren staan.", en="Learn to stand calmly.", fr="Apprendre à rester debout."),
    start=Words(nl="Ga rechtop staan.", en="Stand up straight.", fr="Tenez-vous droit."),
    steps=Words(
        nl="Hef één voet.\nAdem rustig.\nWissel van kant.",
        en="Lift one foot.\nBreathe calmly.\nChange sides.",
        fr="Levez un pied.\nRespirez calmement.\nChangez de côté.",
    ),
    feel=Words(nl="Je voelt je enkel.", en="You feel your ankle.", fr="Vous sentez la cheville."),
    dose=Words(nl="5 keer per kant", en="5 times a side", fr="5 fois de chaque côté"),
    stop=Words(nl="Stop als je duizelt.", en="Stop when dizzy.", fr="Arrêtez si la tête tourne."),
    stage="relieve",
    aim="balance",
    regions=("foot", "hip"),
    positions=("standing",),
    glasses=("sitting",),
    cautions=("F",),
)
HELPER = HelperBody(
    first="nl",
    kind="physio",
    name="Lies Peeters",
    address="Dorpsstraat 3, Bonheiden",
    phone="015 11 22 44",
    web="https://lies.example",
    note=Words(nl="Bel eerst."),
)
TEXT = TextBody(first="nl", text=Words(nl="Welkom bij De Linde!", en="Welcome!", fr="Bienvenue !"))
BODIES = {"tip": TIP, "exercise": EXERCISE, "helper": HELPER, "text": TEXT}


def draft(actor, kind, body=None, *, place="", **changes):
    """A draft of one kind; `changes` are those of its body."""
    place = place or ("welcome" if kind == "text" else "")
    return actions.create(actor, kind, replace(body or BODIES[kind], **changes), place=place)


def in_use(actor, kind, body=None, **changes):
    """The same, taken into use."""
    item = draft(actor, kind, body, **changes)
    actions.use(actor, item, seen=1)
    item.refresh_from_db()
    return item


def save(actor, item, body):
    """Newer words of an item as it is now."""
    item.refresh_from_db()
    return actions.save(actor, item, body, seen=item.latest.number)


def with_photos(actor, item, *places):
    """The item with a photo in each place, in use."""
    for place in places or ("start", "end"):
        item.refresh_from_db()
        actions.add_photo(actor, item, place, clean(), seen=item.latest.number)
    item.refresh_from_db()
    actions.use(actor, item, seen=item.latest.number)
    item.refresh_from_db()
    return item


def photo(size=(400, 300), kind="JPEG", colour=(200, 120, 40), mode="RGB", **options):
    """The bytes of a picture."""
    from PIL import Image

    made = io.BytesIO()
    Image.new(mode, size, colour).save(made, kind, **options)
    return made.getvalue()


def upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def clean(**options):
    return photos.cleaned(upload(photo(**options)))
