"""The whole road in French: not one Dutch or English word of ours on a page, in a mail or on paper."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from backup_plan_site.jobs.api import run_due
from backup_plan_site.staff import matrix
from backup_plan_site.staff.mails import send_invitation, send_password_reset
from backup_plan_site.staff.models import Practice, User
from intake.mails import send_urgent_alert
from intake.models import Intake, Patient
from plans import paper
from tests import one_language, paper_people
from tests.patients import add_glasses, begin
from tests.test_access import ARGUMENTS
from tests.test_pdf import poppler  # noqa: F401
from tests.verapdf import reading
from triggers.models import GlassQuestionnaire

WHO = ("anonymous", "patient_a", "practitioner_a", "desk_a", "owner_a")
# What somebody typed, and names that stay as they are.
TYPED = ("Praktijk De Linde", "sitting")  # the last is a code in the trail of who did what


def test_what_is_looked_for_is_seen():
    page = """<html lang="fr"><p>Continuer</p><p>Te veel
      zitten</p><img alt="Go on"><button>Verder</button><span lang="nl">Nederlands</span><p>Bonjour. I spend most waking
      hours on a chair, sofa or car seat. Merci.</p></html>"""

    found = one_language.strangers(one_language.texts_of(page))
    assert [text[:8] for text in sorted(found)] == ["Bonjour.", "Go on", "Te veel ", "Verder"]


@pytest.fixture
def in_french(cast, patients, settings, monkeypatch):
    """Everybody reads French; what patients sent stays in the language they sent it in, as it should."""
    settings.ACCOUNT_RATE_LIMITS = False
    # tests/plans/test_paper_form.py reads the blank paper form; making it takes seconds each time.
    monkeypatch.setattr("plans.paper_entry.hub.intake_pdf", lambda *given: b"%PDF-1.7")
    add_glasses(cast)
    for make in ARGUMENTS.values():
        make(cast)
    for model, field in ((User, "language"), (Intake, "language"), (Patient, "language")):
        model.objects.update(**{field: "fr"})
    GlassQuestionnaire.objects.update(language="fr")
    Practice.objects.update(default_language="fr")
    return cast


def places(cast):
    for name, _view in matrix.urls():
        try:
            yield name, reverse(name, kwargs=ARGUMENTS.get(name, lambda cast: {})(cast) | language_of(name))
        except NoReverseMatch:
            raise AssertionError(f"{name} needs an entry in ARGUMENTS") from None


def language_of(name):
    wanted = ("reading:home", "reading:find", "reading:guide", "reading:glass", "reading:condition")
    return {"language": "fr"} if name in wanted else {}


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_french(in_french, who):
    """Each address as it is opened, and as it answers an empty form."""
    client, found, read = in_french.client(who), {}, 0
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"
    for name, path in places(in_french):
        for method, body in (("GET", {}), ("POST", {"once_key": "7f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c11"})):
            # A release speaks the language it was given in: tests/plans/test_library_pages.py opens one in each.
            if (
                name == "account_logout"
                or name.startswith("own:")
                or (method == "POST" and name.startswith("intake:leave"))
            ):
                continue
            answer = client.generic(
                method,
                path,
                "&".join(f"{key}={value}" for key, value in body.items()),
                content_type="application/x-www-form-urlencoded",
            )
            if (
                not answer.headers.get("Content-Type", "").startswith("text/html")
                or answer.status_code >= 500
            ):
                continue
            page = answer.content.decode()
            read += "<main" in page
            if strange := [
                text for text in one_language.strangers(one_language.texts_of(page)) if text not in TYPED
            ]:
                found[f"{method} {name}"] = strange
    assert read > 5
    assert not found, "\n".join(f"{where}: {strange}" for where, strange in found.items())


def test_every_mail_is_french(in_french, mailoutbox):
    """The invitation, the alert to who is on call, and the two mails to staff."""
    story = begin(in_french.a, given="Odile", channel="email")
    Intake.objects.filter(pk=story.intake.pk).update(language="fr", appointment_at=timezone.now())
    person = in_french.people["owner_a"]
    run_due()
    mailoutbox[:] = mailoutbox[-1:]
    send_urgent_alert({"practice": in_french.a.pk})
    send_invitation({"user": person.pk, "practice": in_french.a.pk})
    send_password_reset({"user": person.pk})

    assert len(mailoutbox) == 4
    for sent in mailoutbox:
        texts = [sent.subject, *sent.body.splitlines()]
        texts += [text for content, _kind in sent.alternatives for text in one_language.texts_of(content)]
        assert one_language.strangers(list(map(one_language.squeeze, texts))) == [], sent.subject


@pytest.mark.usefixtures("poppler")
@pytest.mark.parametrize("name", ["izabel", "jan", "georgette"])
def test_every_paper_is_french(name):
    pages = reading.pages(paper.plan_pdf(getattr(paper_people, name)("fr")))
    lines = [one_language.squeeze(line) for page in pages for line in page.split("  ")]

    assert one_language.strangers([line for line in lines if line]) == []
    dutch = reading.pages(paper.plan_pdf(getattr(paper_people, name)("nl")))
    assert one_language.strangers([one_language.squeeze(line) for page in dutch for line in page.split("  ")])
