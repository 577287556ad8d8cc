"""Patients for the tests: stories that begin with a link, and short ways to go on with them.

The fixture `patients` gives both practices of the cast the same three: one who sent part A with flags, one who is
half-way, one who has not opened the slip yet. `add_glasses` brings one in the middle of part B. Afterwards there are

    cast.visitors["patient_a"]       a client that opened both links of A by posting the birth dates; also patient_b
    cast.things["sent_a"]            a Story; also busy_a, invited_a, and the same of B
    cast.things["flag_a"]            an open flag of the patient who sent; also notice_a and the practitioner's note_a
    cast.canaries["a"]               every word about these patients, so that none of it shows where it should not
    cast.canaries["clinical_a"]      those that the desk may not read either

Stories speak English, so that a sentence on a page is the one in the code.
"""

import copy
import datetime
import uuid
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.staff.actors import Actor
from intake import actions, tokens
from intake.access import RESPONDENTS
from intake.consents import consent_text
from intake.models import Answer, Flag, Intake, Invitation, Notice, Patient, Screening
from tests.database_state import DatabaseState
from tests.intake.people import ALL_ITEMS
from triggers import actions as glass_actions
from triggers.models import GlassAnswer, GlassQuestionnaire

BORN = datetime.date(1991, 4, 12)

# A man with an old, dull pain in the low back: nothing here raises anything.
DULL_PAIN = {
    "sex": "male",
    "gp": None,
    "regions": ["low-back"],
    "own_words": None,
    "cannot_do": None,
    "duration": "over-3-months",
    "onset_age": None,
    "first_episode": False,
    "sudden_onset": False,
    "recent_fall": False,
    "changes_with_movement": True,
    "course": "same",
    "pain_now": 3,
    "worst_pain": 5,
    "blood_thinners": False,
    "smoker": False,
    "high_blood_pressure": False,
    "spine_procedure_3_months": False,
}

# The same man page by page, as a browser posts him.
PAGES = {
    "about": {"sex": "male"},
    "where": {"regions": ["low-back"]},
    "complaint": {},
    "since": {"duration": "over-3-months", "first_episode": "no", "sudden_onset": "no"},
    "pain": {
        "recent_fall": "no",
        "changes_with_movement": "yes",
        "course": "same",
        "pain_now": "3",
        "worst_pain": "5",
    },
    "health": {
        "blood_thinners": "no",
        "smoker": "no",
        "high_blood_pressure": "no",
        "spine_procedure_3_months": "no",
    },
}

# Written out by hand: which questions this man finds on which page of the safety lists. Hidden for him: what is asked
# of women only, and what is asked only with pain in neck, head or arm.
THEMES = {
    "beginning": "rf1-trauma-major rf1-trauma-minor rf1-steroid-use rf1-fragile-bones rf1-cancer-history "
    "rf1-weight-loss rf1-constant-worse",
    "unwell": "rf1-band-pain rf1-fever-unwell rf1-infection-risk rf1-inflammatory rf1-inflammatory-kin rf1-pmr rf1-gca",
    "toilet-legs": "rf2-bladder rf2-bowel rf2-saddle rf2-sexual rf2-both-legs rf2-weak-legs rf2-foot-drop",
    "hands-neck": "rf2-clumsy-hands rf2-unsteady",
    "chest-flank": "rf3-heart rf3-aorta-tear rf3-aorta-belly rf3-lung-acute rf3-lung-slow rf3-kidney-infection "
    "rf3-kidney-stone",
    "belly-skin": "rf3-gallbladder rf3-pancreas rf3-gut rf3-urological rf3-shingles",
}
THEMES = {theme: tuple(items.split()) for theme, items in THEMES.items()}
HIDDEN = set(ALL_ITEMS) - {item for items in THEMES.values() for item in items}


class Phone(Client):
    """A patient's browser. `send` posts a form with a key of its own, unless the test gives one."""

    def send(self, path, fields=None, *, key=None, **more):
        return self.post(path, {"once_key": str(key or uuid.uuid4()), **(fields or {}), **more})


@dataclass
class Story:
    """One patient with one intake and one slip; `token` is what stands on it."""

    patient: Patient
    intake: Intake
    invitation: Invitation
    token: str

    @property
    def actor(self):
        return Actor.patient(practice_id=self.intake.practice_id, intake_id=self.intake.pk)

    @property
    def screening(self):
        """As it stands in the database now."""
        return Screening.objects.select_related("intake__patient").filter(intake=self.intake).last()

    @property
    def state(self):
        return self.screening.state

    @property
    def link(self):
        return reverse("intake:link", args=[self.token])

    @property
    def born(self):
        return birth_date(self.patient.birth_date)

    def url(self, name, *args):
        return reverse(f"intake:{name}", args=[self.intake.code, *args])

    def page(self, name, *args):
        """The address of a page of part B."""
        return reverse(f"triggers:{name}", args=[self.intake.code, *args])

    def begin_glasses(self):
        """Read the picture lesson, so that part B has begun."""
        glass_actions.read_lesson(self.actor, glass_actions.begin(self.actor, self.intake))
        return self

    @property
    def questionnaire(self):
        """Part B as it stands in the database now, or None."""
        return GlassQuestionnaire.objects.select_related("intake__patient").filter(intake=self.intake).first()

    def glass(self, key):
        """The answer to one glass as it stands in the database now, or None."""
        return GlassAnswer.objects.filter(questionnaire__intake=self.intake, glass=key).first()

    def flags(self):
        """{item: class} of what stands raised."""
        return dict(Flag.objects.filter(screening__intake=self.intake).values_list("item", "urgency"))

    def flag(self, item):
        return Flag.objects.select_related("screening__intake__patient").get(
            screening__intake=self.intake, item=item
        )

    def flag_of(self, number, item):
        """The flag of one item in one round."""
        return Flag.objects.select_related("screening__intake__patient").get(
            screening__intake=self.intake, screening__number=number, item=item
        )

    def answers(self):
        """{key: value}, the latest one of each."""
        rows = Answer.objects.filter(screening__intake=self.intake).order_by("pk")
        return dict(rows.values_list("key", "value"))

    def rows(self):
        """How many answers were written down, revisions included."""
        return Answer.objects.filter(screening__intake=self.intake).count()

    def phone(self, **headers):
        """A browser that has opened this link."""
        phone = Phone(**headers)
        answer = phone.send(self.link, self.born)
        assert answer.status_code == 302, answer.status_code
        assert answer["Location"] == self.url("start"), answer["Location"]
        return self.for_myself(phone)

    def for_myself(self, phone):
        """Let this browser have said that the patient fills in alone; also where advice or sending came first."""
        respondent = actions.answer_as(self.actor, self.intake, who="self", way="link")
        session = phone.session
        told = session.get(RESPONDENTS, {})
        session[RESPONDENTS] = {**told, str(self.intake.code): str(respondent.code)}
        session.save()
        return phone

    def consent(self):
        text = consent_text()
        actions.give_consent(
            self.actor, self.intake, {"care": True}, version=text.version, text_hash=text.hash, language="en"
        )
        return self

    def tell(self, **changes):
        """Answer every page before the safety lists: the dull pain, with `changes`."""
        self.save({**DULL_PAIN, **changes})
        return self

    def answer(self, answers=None, *, rest=None):
        """Answer items and follow-ups; with `rest`, everything else that this man is asked too."""
        others = {item: rest for items in THEMES.values() for item in items} if rest else {}
        self.save({**others, **(answers or {})})
        return self

    def save(self, values):
        actions.save_page(self.actor, self.screening, "test", values)

    def send(self):
        actions.send(self.actor, self.screening)
        return self

    def read(self):
        """Read every advice that stands open."""
        for urgency in actions.open_urgencies(self.screening):
            actions.read_care(self.actor, self.screening, urgency)
        return self


class Kept(DatabaseState):
    """Everything stored but the memory of forms: a form that led elsewhere leaves its key there, and nothing more."""

    def __init__(self):
        super().__init__()
        del self.tables["web_once"]


def birth_date(day):
    """A date as the three boxes of a page post it."""
    return {"birth_date_day": day.day, "birth_date_month": day.month, "birth_date_year": day.year}


def begin(
    practice, *, given="Milo", family="Stevens", born=BORN, language="en", in_days=1, channel="slip", **more
):
    """A patient with an intake, an appointment in `in_days` days (None: none) and a link."""
    patient = Patient.objects.create(
        practice=practice,
        given_name=given,
        family_name=family,
        birth_date=born,
        language=language,
        **{"email": f"{given.lower()}@example.org", "phone": "+32 470 00 00 00", **more},
    )
    actions.write_words(patient)
    appointment = None if in_days is None else timezone.now() + datetime.timedelta(days=in_days)
    intake = Intake.objects.create(
        practice=practice, patient=patient, language=language, appointment_at=appointment
    )
    invitation = actions.invite(Actor.system(practice.pk), intake, channel)
    return Story(patient, intake, invitation, tokens.unseal(invitation.sealed_token))


def sent(practice, answers=None, told=None, **person):
    """A patient who sent part A, with no but for `answers`, and who read every advice."""
    story = begin(practice, **person).consent().tell(**(told or {})).answer(answers, rest="no")
    return story.read().send().read()


def at_glasses(practice, **person):
    """A patient who sent part A without anything raised and has read the lesson of part B."""
    return sent(practice, **person).begin_glasses()


PEOPLE = {
    "a": (("Florentijn", "Debacquer"), ("Wannes", "Kestemont"), ("Godelieve", "Ysenbrandt")),
    "b": (("Zulma", "Opdenakker"), ("Ferre", "Vuylsteke"), ("Nonkel", "Prieëls")),
}
WORDS = {
    "a": ("Sinds de verhuis naar Wortegem", "Mijn duiven verzorgen", "Raemdonck, Bonheiden"),
    "b": ("Gevallen op de Gravensteenberg", "Weer kunnen kaatsen", "Hanssens, Ledeberg"),
}
NOTES = {"a": "Belt liever na de avondmis", "b": "Zoon is apotheker in Eeklo"}
# Who is in the middle of part B: first name, family name, and what they wrote on the shelf.
GLASS_PEOPLE = {
    "a": ("Ludovica", "Terryn", "Mijn moestuin in Zoersel"),
    "b": ("Odiel", "Maesfranckx", "De trappen van de Boekentoren"),
}
RAISED = {"rf3-shingles": "yes", "rf1-weight-loss": "yes", "rf1-steroid-use": "yes"}
# Words of the review page that say why somebody was flagged: rules, items, what they point to.
REASON_WORDS = ("rf1-weight-loss", "rf3-shingles", "rf1-steroid-use", "zoster", "Told by")
# What the three flags are called on the review page, in English: the questions as they were asked.
QUESTIONS = (
    "one-sided burning strip of pain",
    "lost weight in the past 6 months",
    "cortisone tablets",
)


def add_patients(cast):
    """Write the patients to the database and into the cast."""
    for side, practice in (("a", cast.a), ("b", cast.b)):
        (one, two, three), (own_words, cannot_do, gp) = PEOPLE[side], WORDS[side]
        told = {"own_words": own_words, "cannot_do": cannot_do, "gp": gp}
        stories = {
            "sent": sent(practice, RAISED, told, given=one[0], family=one[1]),
            "busy": begin(practice, given=two[0], family=two[1]).consent().tell(**told),
            "invited": begin(practice, given=three[0], family=three[1]),
        }
        stories["busy"].answer(dict.fromkeys(THEMES["beginning"], "no"))
        actions.add_note(cast.actor(f"practitioner_{side}"), stories["sent"].intake, NOTES[side])
        cast.things |= {f"{name}_{side}": story for name, story in stories.items()}
        cast.things[f"flag_{side}"] = stories["sent"].flag("rf1-weight-loss")
        cast.things[f"note_{side}"] = stories["sent"].intake.notes.get()
        cast.things[f"notice_{side}"] = Notice.objects.create(
            practice=practice, intake=stories["invited"].intake, kind=Notice.Kind.LINK_LOCKED
        )
        names = [name for person in PEOPLE[side] for name in person]
        emails = [story.patient.email for story in stories.values()]
        cast.canaries[f"clinical_{side}"] = [*WORDS[side], NOTES[side], *QUESTIONS]
        cast.canaries[side] += [*names, *emails, *WORDS[side], NOTES[side]]
        cast.visitors[f"patient_{side}"] = _visitor(stories["sent"], stories["busy"])
    return cast


def add_glasses(cast):
    """After `add_patients`: one more of each practice, in the middle of part B, with a link that is open too."""
    for side, practice in (("a", cast.a), ("b", cast.b)):
        given, family, missing = GLASS_PEOPLE[side]
        story = at_glasses(practice, given=given, family=family)
        glass_actions.save_glass(
            story.actor, story.questionnaire, "sitting", recognised=["sitting-1"], fills="yes"
        )
        glass_actions.save_shelf(story.actor, story.questionnaire, glasses={}, missing=missing)
        cast.things[f"glasses_{side}"] = story
        cast.canaries[f"clinical_{side}"].append(missing)
        cast.canaries[side] += [given, family, story.patient.email, missing]
        cast.visitors[f"patient_{side}"] = _visitor(
            *(cast.things[f"{name}_{side}"] for name in ("sent", "busy", "glasses"))
        )
    return cast


def _visitor(*stories):
    """Makes clients that opened these links; they are opened once and share that session."""
    opened = []

    def client():
        if not opened:
            phone = Phone()
            for story in stories:
                assert phone.send(story.link, story.born)["Location"] == story.url("start")
                story.for_myself(phone)
            opened.append(phone)
        twin = Phone()
        twin.cookies = copy.deepcopy(opened[0].cookies)
        return twin

    return client


@pytest.fixture
def patients(cast):
    return add_patients(cast)
