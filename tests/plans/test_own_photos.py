"""Photos that people send: looked at by content, drawn anew, kept out of reach, thrown away when nobody needs them."""

import datetime
import io
import struct
import uuid
import zlib

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from backup_plan_site.web import uploads
from backup_plan_site.web.models import Once
from plans import actions as plan_actions
from plans.models import GivenPhoto, OwnItem, OwnPhoto
from plans.own import actions, photos
from tests.cast import in_english
from tests.plans.composing import izabel
from tests.plans.owning import clean, draft, in_use, photo, upload, with_photos

ORIENTATION, COMMENT = 0x0112, 0x9286


def why(content, name="photo.jpg"):
    with pytest.raises(photos.Refused) as refused:
        photos.cleaned(upload(content, name))
    return refused.value.why


def head_only(width, height):
    """A PNG that says how large it is, and holds next to nothing: a bomb for who decodes first."""
    data = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", data)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", photos.NO_PHOTO),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", photos.NO_PHOTO),
        (b"%PDF-1.7 not a photo", photos.NO_PHOTO),
        (b"\xff\xd8\xff\xe0" + b"\0" * 400, photos.NO_PHOTO),
        (photo(kind="GIF", mode="L", colour=3), photos.NO_PHOTO),
        (photo(kind="TIFF"), photos.NO_PHOTO),
        (photo()[:600], photos.NO_PHOTO),
        (photo(size=(299, 2000)), photos.TOO_SMALL),
        (head_only(10_000, 5_000), photos.TOO_MANY_PIXELS),
        (head_only(60_000, 60_000), photos.TOO_MANY_PIXELS),
        (b"x" * (photos.MOST_BYTES + 1), photos.TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_photo_for_us_is_refused_with_the_reason(content, reason):
    assert why(content) == reason


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"mode": "CMYK", "colour": (0, 100, 100, 0)}),
        ("JPEG", {"mode": "L", "colour": 80}),
        ("PNG", {}),
        ("PNG", {"mode": "RGBA", "colour": (1, 2, 3, 0)}),
        ("PNG", {"mode": "P", "colour": 5}),
        ("PNG", {"mode": "LA", "colour": (9, 0)}),
        ("WEBP", {}),
        ("WEBP", {"mode": "RGBA", "colour": (1, 2, 3, 0)}),
    ],
)
def test_each_kind_becomes_a_small_jpeg(kind, options):
    made = photos.cleaned(upload(photo(size=(1700, 850), kind=kind, **options), "whatever.exe"))

    with Image.open(io.BytesIO(made.jpeg)) as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (1600, 800))
        if options.get("mode") in ("RGBA", "LA"):
            assert image.getpixel((5, 5)) == (255, 255, 255)  # what was transparent is white paper
    assert (made.width, made.height) == (1600, 800)


def test_it_is_turned_upright_and_tells_nothing_of_where_it_was_taken():
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # held sideways
    exif[COMMENT] = "canary-comment"
    exif.get_ifd(0x8825)[1] = "canary-north"
    sideways = photo(size=(800, 400), exif=exif, comment=b"canary-text", icc_profile=b"canary-profile")
    assert b"canary-text" in sideways
    made = photos.cleaned(upload(sideways))

    assert (made.width, made.height) == (400, 800)
    assert b"canary" not in made.jpeg and b"Exif" not in made.jpeg
    with Image.open(io.BytesIO(made.jpeg)) as image:
        assert not image.getexif() and set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }


def test_the_guard_over_what_is_left_behind_sees_a_picture_that_was_not_drawn_anew(monkeypatch):
    """A planted fault: whoever saves the picture that came in saves what it tells."""

    def saved_as_it_came(image):
        made = io.BytesIO()
        image.save(made, "JPEG")
        return photos.Clean(made.getvalue(), *image.size)

    monkeypatch.setattr(photos, "_drawn_anew", saved_as_it_came)

    assert b"canary-text" in photos.cleaned(upload(photo(comment=b"canary-text"))).jpeg


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "1/x.jpg", "1/" + "a" * 32 + ".png", "", "/1/" + "a" * 32 + ".jpg"]
)
def test_only_names_of_ours_are_looked_up_on_disk(name):
    with pytest.raises(photos.Lost):
        photos.path_of(name)
    assert not photos.is_there(name)


# --- in the browser ---------------------------------------------------------------------------------------


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def staff(cast):
    return in_english(cast.client("practitioner_a"))


def send(client, item, content, place="start", **fields):
    item.refresh_from_db()
    url = reverse("desk:own-photo-add", args=[item.code])
    fields = {"once_key": str(uuid.uuid4()), "place": place, "seen": item.latest.number, **fields}
    return client.post(url, {**fields, "photo": upload(content)})


def test_a_photo_is_shown_to_who_works_here_and_to_nobody_else(cast, pieter, staff):
    item = draft(pieter, "exercise")
    assert send(staff, item, photo()).status_code == 302
    row = OwnPhoto.objects.get()
    url = reverse("desk:own-photo", args=[row.code])
    answer = staff.get(url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content[:2] == b"\xff\xd8"
    assert cast.client("desk_a").get(url).status_code == 200
    assert cast.client("practitioner_b").get(url).status_code == 404
    assert cast.client("anonymous").get(url).status_code == 302
    assert row.name not in staff.get(reverse("desk:own-item", args=[item.code])).content.decode()
    # The folder itself has no address.
    assert {
        cast.client("anonymous").get(f"/{path}").status_code
        for path in (f"photos/{row.name}", f"static/{row.name}")
    } == {404}
    assert photos.path_of(row.name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (head_only(10_000, 5_000), "This photo has more than 30 megapixels."),
        (b"nothing", "This is no photo that we can read."),
        (b"x" * (uploads.MOST_BYTES + 5), "This photo is larger than 10 MB."),
    ],
    ids=["50 megapixels", "no photo", "too many bytes"],
)
def test_a_refused_photo_says_why_beside_its_field_and_nothing_is_kept(pieter, staff, content, said):
    item = draft(pieter, "exercise")
    answer = send(staff, item, content, place="end")
    page = answer.content.decode()

    assert answer.status_code == 422
    assert f'id="id_photo_end_error"><li>{said}' in page
    assert 'aria-describedby="id_photo_end_error"' in page and "id_photo_start_error" not in page
    assert not OwnPhoto.objects.exists()
    assert item.versions.count() == 1


def test_no_file_says_so(pieter, staff):
    item = draft(pieter, "exercise")
    fields = {"once_key": str(uuid.uuid4()), "place": "start", "seen": 1}
    answer = staff.post(reverse("desk:own-photo-add", args=[item.code]), fields)

    assert answer.status_code == 422 and "Choose a photo first." in answer.content.decode()


def test_the_same_photo_sent_twice_is_one_and_another_under_its_key_is_none(pieter, staff):
    item, key = draft(pieter, "exercise"), str(uuid.uuid4())
    first = send(staff, item, photo(), once_key=key, seen=1)
    again = send(staff, item, photo(), once_key=key, seen=1)
    other = send(staff, item, photo(colour=(1, 2, 3)), once_key=key, seen=1)

    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 409)
    assert OwnPhoto.objects.count() == 1 and Once.objects.filter(key=key).count() == 1


def test_a_photo_has_two_places_and_belongs_to_exercises(cast, pieter, staff):
    item, tip = draft(pieter, "exercise"), draft(pieter, "tip")

    assert send(staff, item, photo(), place="side").status_code == 404
    assert send(staff, tip, photo()).status_code == 404
    assert send(cast.client("desk_a"), item, photo()).status_code == 403
    assert send(cast.client("practitioner_b"), item, photo()).status_code == 404
    assert not OwnPhoto.objects.exists()


def test_the_practice_keeps_so_many_photos_and_no_more(pieter, staff, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PHOTOS", 1)
    item = draft(pieter, "exercise")
    assert send(staff, item, photo()).status_code == 302
    answer = send(staff, item, photo(), place="end")

    assert answer.status_code == 422 and "no room for more photos" in answer.content.decode()


def test_a_full_disk_loses_nothing_else(pieter, staff, monkeypatch):
    item = draft(pieter, "exercise")

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(photos, "write", full)
    answer = send(staff, item, photo())

    assert answer.status_code == 503 and "could not be kept just now" in answer.content.decode()
    assert not OwnPhoto.objects.exists() and item.versions.count() == 1


def test_a_photo_that_is_changed_on_disk_is_shown_to_nobody(pieter, staff):
    item = with_photos(pieter, draft(pieter, "exercise"), "start")
    row = OwnPhoto.objects.get()
    photos.path_of(row.name).write_bytes(photo(colour=(0, 0, 0)))

    assert staff.get(reverse("desk:own-photo", args=[row.code])).status_code == 404
    assert item.state == "in-use"


# --- thrown away ------------------------------------------------------------------------------------------


def days_ago(item, days):
    OwnItem.objects.filter(pk=item.pk).update(state_at=timezone.now() - datetime.timedelta(days=days))


def on_plan(cast, actor, item, *, given):
    plan = plan_actions.open_plan(actor, izabel(cast.a).intake)
    plan.exercises.create(practice=cast.a, exercise=item.key, dose="5 keer", hangs_on="moving", hangs_key="")
    if given:
        plan.refresh_from_db()
        plan_actions.release(actor, plan, seen=plan_actions.seen(plan, "all"))
        plan.exercises.all().delete()
    return plan


@pytest.mark.parametrize("stands", ["nowhere", "on a plan", "on a plan that was given"])
def test_photos_go_when_their_exercise_was_withdrawn_and_no_plan_has_it(
    cast, pieter, stands, django_capture_on_commit_callbacks
):
    item = with_photos(pieter, draft(pieter, "exercise"))
    if stands != "nowhere":
        on_plan(cast, pieter, item, given=stands != "on a plan")
    names = list(OwnPhoto.objects.values_list("name", flat=True))
    actions.withdraw(pieter, item)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tidy")
    assert OwnPhoto.objects.count() == 2  # a day to undo it
    days_ago(item, 2)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tidy")

    gone = stands == "nowhere"
    assert OwnPhoto.objects.exists() != gone
    assert [photos.is_there(name) for name in names] == [not gone] * 2
    assert GivenPhoto.objects.exists() == (stands == "on a plan that was given")


def test_a_photo_in_use_stays_however_old(cast, pieter):
    item = with_photos(pieter, draft(pieter, "exercise"), "end")
    days_ago(item, 400)
    call_command("tidy")

    assert photos.is_there(OwnPhoto.objects.get().name)


def test_bringing_back_words_whose_photo_is_gone_brings_the_words(pieter):
    item = with_photos(pieter, in_use(pieter, "exercise"), "start")
    number = item.latest.number
    actions.remove_photo(pieter, item, "start", seen=number)
    photos.drop(OwnPhoto.objects.get().name)
    item.refresh_from_db()
    version = actions.restore(pieter, item, number, seen=item.latest.number)

    assert version.body["photos"] == []
    assert clean().width == 400
