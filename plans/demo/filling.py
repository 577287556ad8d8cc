"""Filling in by the pages themselves: a test client that posts what a browser would post."""

import datetime
import re
import uuid

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.red_flags import red_flags

from .people import PASSWORD, USUAL, Person

CONTEXT_PAGES = {
    "about": ("sex", "pregnant", "phone", "gp"),
    "where": ("regions",),
    "complaint": ("worst_place", "own_words", "cannot_do"),
    "since": ("duration", "onset_age", "first_episode", "sudden_onset"),
    "pain": ("recent_fall", "changes_with_movement", "course", "pain_now", "worst_pain"),
    "health": ("blood_thinners", "smoker", "high_blood_pressure", "spine_procedure_3_months"),
}


class Refused(Exception):
    """A page did not take what was posted."""


class Hands(Client):
    """A browser's hands: every form carries its own key, and a page that does not lead on is an error."""

    def send(self, url, **fields):
        """Post a form and return where it leads. Raises Refused with the page's errors."""
        fields = {name: value for name, value in fields.items() if value not in ("", None)}
        response = self.post(url, {"once_key": str(uuid.uuid4()), **fields})
        if response.status_code not in (302, 303):
            wrong = re.findall(
                r'<p class="wrong".*?</p>|invalid-feedback">.*?</', response.content.decode(), re.S
            )
            raise Refused(f"{url}: {response.status_code} {wrong}")
        return response["Location"]


def staff(email):
    """Hands of somebody who has logged in by the login page."""
    hands = Hands()
    hands.send(reverse("account_login"), login=email, password=PASSWORD)
    return hands


def make_patient(desk, person: Person, practitioner_id):
    """Let the desk make patient, intake and slip. Returns the path of the link."""
    appointment = ""
    if person.day is not None:
        day = timezone.localdate() + datetime.timedelta(days=max(0, person.day))
        appointment = f"{day}T{person.hour:02}:{person.minute:02}"
    slip = desk.send(
        reverse("desk:patient-new"),
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
        email=person.email,
        language=person.language,
        appointment_at=appointment,
        practitioner=practitioner_id,
        channel="slip",
    )
    page = desk.get(slip).content.decode()
    return re.search(r"/l/[A-Za-z0-9_-]{43}/", page)[0]


def fill_in(link, person: Person):
    """Let the patient open the link and fill in part A, as far as this person goes. Returns hands and start page."""
    hands = Hands(headers={"accept-language": person.language})
    year, month, day = person.birth_date.split("-")
    start = hands.send(link, birth_date_day=day, birth_date_month=month, birth_date_year=year)
    hands.send(f"{start}whom/", who="self")
    hands.send(f"{start}consent/", care="on")
    told = {**USUAL, **person.told}
    for page, names in CONTEXT_PAGES.items():
        hands.send(f"{start}{page}/", **{name: told[name] for name in names})
    care = f"{start}care/"
    for theme in red_flags().themes:
        if theme.key == person.stop:
            return hands, start
        answers = dict.fromkeys(theme.items, "no")
        red = {key: value for key, value in person.red.items() if key.partition(".")[0] in answers}
        if hands.send(f"{start}safety/{theme.key}/", **{**answers, **red}) == care and not _read(hands, care):
            return hands, start
    hands.send(f"{start}check/")
    while hands.get(f"{start}sent/").status_code == 302:
        if not _read(hands, care):
            break
    return hands, start


def _read(hands, care):
    """Press 'I have read this'. False on the page of a NOW, which leads nowhere else."""
    page = hands.get(care)
    if page.status_code != 200:
        return True
    urgency = re.search(r"care--(now|today|days|talk)", page.content.decode())[1]
    if urgency == "now":
        return False
    hands.send(care, urgency=urgency)
    return True


def decide(practitioner, person: Person, intake_code):
    """Let the practitioner decide on every flag of this person in the way the demo tells."""
    today = timezone.localdate()
    flag_address = re.compile(r"/desk/flags/([0-9a-f-]{36})/(clear|refer)/")
    page = practitioner.get(reverse("desk:review", args=[intake_code])).content.decode()
    way = "refer" if person.decide == "gp" else "clear"
    for code, _way in sorted({found for found in flag_address.findall(page) if found[1] == way}):
        if way == "refer":
            fields = {"to": "gp", "explanation": "Samen besproken. Gaat deze week naar de huisarts."}
        else:
            fields = {
                "reason": person.decide,
                "done_by": "dr. Smets, Bonheiden",
                "done_on": str(today - datetime.timedelta(days=7)),
                "explanation": "Gekend en opgevolgd. Geen krachtige technieken.",
            }
        url = reverse(f"desk:flag-{way}", args=[code])
        practitioner.send(url, **{f"{way}-{code}-{name}": value for name, value in fields.items()})
