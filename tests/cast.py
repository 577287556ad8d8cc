"""The cast of the tests: two practices and the people in them. conftest.py imports the fixture `cast`.

    cast.a, cast.b                 Praktijk De Linde in Mechelen and Rugpunt in Gent
    cast.people["practitioner_a"]  a User; also owner_a, desk_a, owner_b, practitioner_b, desk_b, and stranger,
                                   who has a login and no practice
    cast.actor("desk_b")           the Actor of somebody
    cast.client("owner_a")         a test client that is logged in with both locks; "anonymous" is nobody
    cast.visitors["patient_a"]     how to make a client for somebody who does not log in; filled in by `patients`
    cast.things                    rows by name, for tests of other apps
    cast.canaries["a"]             words of practice A that nobody outside it may ever read

An owner here is an owner and nothing else, so that reading clinical pages with that role alone shows.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from backup_plan_site.staff.actors import Actor
from backup_plan_site.staff.models import Membership, Practice, User

PASSWORD = "linde beuk esdoorn wilg"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

PEOPLE = {
    "owner_a": ("Olga Verlinden", "owner"),
    "practitioner_a": ("Pieter Vanackere", "practitioner"),
    "desk_a": ("Dora Wauters", "desk"),
    "owner_b": ("Omer Quaghebeur", "owner"),
    "practitioner_b": ("Paula Zwaenepoel", "practitioner"),
    "desk_b": ("Dries Xhonneux", "desk"),
}


@dataclass
class Cast:
    a: Practice
    b: Practice
    people: dict[str, User]
    visitors: dict[str, Callable[[], Client]] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    canaries: dict[str, list[str]] = field(default_factory=dict)

    def client(self, name):
        """A fresh test client for one of the cast."""
        if name == "anonymous":
            return Client()
        if name in self.visitors:
            return self.visitors[name]()
        return log_in(Client(), self.people[name])

    def actor(self, name):
        """The Actor of one person, as ActorMiddleware makes it."""
        rows = Membership.objects.running().filter(user=self.people[name]).select_related("user", "practice")
        return Actor.staff(rows)

    def membership(self, name):
        """The (only) membership of one person."""
        return Membership.objects.get(user=self.people[name])


def log_in(client, user):
    """Log `user` in, freshly and with both locks, and return the client."""
    client.force_login(user)
    session = client.session
    now = time.time()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": now, "email": user.email},
        {"method": "mfa", "at": now, "type": "totp", "reauthenticated": True},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def build_staff():
    """The staff part of the cast, written to the database."""
    a = Practice.objects.create(
        name="Praktijk De Linde", phone="+32 15 11 22 33", on_call_email="wacht@delinde-mechelen.be"
    )
    b = Practice.objects.create(
        name="Rugpunt Gent", phone="+32 9 44 55 66", on_call_email="wacht@rugpunt-gent.be"
    )
    people = {"stranger": _person("stranger", "Stan Ypersiel")}
    for key, (name, role) in PEOPLE.items():
        people[key] = _person(key, name)
        Membership.objects.create(practice=b if key.endswith("_b") else a, user=people[key], role=role)
    canaries = {
        side: [practice.on_call_email, *(people[key].name for key in PEOPLE if key.endswith(f"_{side}"))]
        for side, practice in {"a": a, "b": b}.items()
    }
    return Cast(a=a, b=b, people=people, canaries=canaries)


def _person(key, name):
    user = User.objects.create_user(f"{key}@example.org", name, PASSWORD)
    TOTP.activate(user, TOTP_SECRET)
    return user


@pytest.fixture
def cast(db):
    return build_staff()


def in_english(client):
    """The same client, for somebody who reads the desk in English."""
    User.objects.filter(pk=client.session["_auth_user_id"]).update(language="en")
    return client
