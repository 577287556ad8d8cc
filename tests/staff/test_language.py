"""Whoever is signed in reads the desk in the language of their choice, on every device."""

import pytest

from backup_plan_site.staff.models import User
from tests.patients import begin

HERE = "/desk/patients/"


def choose(client, language, to=HERE):
    key = "9f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c11"
    return client.post("/staff/language/", {"language": language, "next": to, "once_key": key})


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_choice_holds_whatever_the_browser_asks(cast, language):
    client = cast.client("practitioner_a")

    assert choose(client, language)["Location"] == HERE
    page = cast.client("practitioner_a").get(HERE, headers={"accept-language": "de,en;q=0.8"})
    assert f'<html lang="{language}">' in page.content.decode()


@pytest.mark.parametrize("language", ["", "de", "nl'; --"])
def test_another_language_changes_nothing(cast, language):
    client = cast.client("practitioner_a")
    choose(client, language)

    assert User.objects.get(pk=cast.people["practitioner_a"].pk).language == "nl"


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(cast, to):
    assert choose(cast.client("desk_a"), "fr", to)["Location"] == "/desk/"


def test_a_patient_s_page_on_a_staff_member_s_device_keeps_the_patient_s_language(cast):
    story = begin(cast.a)
    phone = story.phone()
    phone.force_login(cast.people["practitioner_a"], backend="django.contrib.auth.backends.ModelBackend")
    User.objects.update(language="fr")

    assert f'<html lang="{story.intake.language}">' in phone.get(f"/i/{story.intake.code}/").content.decode()
