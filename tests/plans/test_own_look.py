"""The practice's own things in a real browser: a photo goes up, and every page looks right at every width."""

import pytest
from django.urls import reverse

from plans.models import OwnPhoto
from tests.browser.conftest import DESKTOP, chromium, visit  # noqa: F401
from tests.browser.looking import Looker
from tests.cast import in_english
from tests.plans import owning

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(cast, visit):  # noqa: F811
    return visit(viewport=DESKTOP).take_over(in_english(cast.client("practitioner_a")))


def test_an_exercise_gets_its_photo_and_goes_into_use(cast, staff):
    item = owning.draft(cast.actor("practitioner_a"), "exercise")
    page = staff.page
    staff.open(reverse("desk:own-item", args=[item.code]))
    file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": owning.photo()}
    page.get_by_label("Choose a photo: Photo of the start").set_input_files(file)
    page.get_by_role("button", name="Add the photo").first.click()
    picture = page.get_by_alt_text("Photo of the start", exact=True)
    picture.wait_for()

    assert picture.evaluate("one => one.complete && one.naturalWidth") == 400
    page.get_by_role("button", name="Take into use").click()
    page.get_by_text("In use from now on.").wait_for()
    assert OwnPhoto.objects.count() == 1


@pytest.mark.long
def test_every_page_looks_right(cast, staff):
    pieter = cast.actor("practitioner_a")
    items = [owning.in_use(pieter, kind) for kind in owning.BODIES]
    owning.with_photos(pieter, items[1])
    looker = Looker()
    for name, *arguments in (
        *(("own-kind", tab) for tab in ("tips", "exercises", "helpers", "texts")),
        *(("own-new", tab) for tab in ("tips", "exercises", "helpers", "texts")),
        *(("own-item", item.code) for item in items),
        *(("own-edit", item.code) for item in items),
        ("exercises",),
    ):
        path = reverse(f"desk:{name}", args=arguments)
        assert staff.open(path).status == 200, path
        looker.look(staff, path)

    assert not looker.faults, "\n".join(looker.faults)
