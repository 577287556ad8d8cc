"""Every address, every kind of visitor, every method: what the access matrix forbids is refused and changes nothing.

An address with something in it (`<uuid:code>`) is tried with rows of practice A, patient A: an entry in ARGUMENTS
says which. Everybody of practice B, and every other patient, must then be refused, whatever their role.
"""

import copy
import itertools
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from backup_plan_site.staff import matrix, views
from backup_plan_site.staff.actors import ActorQuerySet
from backup_plan_site.staff.mails import set_password_url
from backup_plan_site.staff.middleware import ActorMiddleware
from backup_plan_site.staff.models import Membership, User
from backup_plan_site.staff.roles import Role
from plans import actions, whole_method
from plans.confirming import actions as confirming
from plans.models import Visit
from tests.database_state import DatabaseState
from tests.passkeys import give_passkey
from tests.patients import add_glasses
from tests.plans import owning
from tests.plans.composing import released_plan

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")


@dataclass(frozen=True)
class Visitor:
    name: str
    kind: str
    side: str = ""
    roles: frozenset[str] = frozenset()


VISITORS = [
    Visitor("anonymous", "anonymous"),
    Visitor("patient_a", "patient", "a"),
    Visitor("patient_b", "patient", "b"),
    Visitor("practitioner_a", "staff", "a", frozenset({"practitioner"})),
    Visitor("desk_a", "staff", "a", frozenset({"desk"})),
    Visitor("owner_a", "staff", "a", frozenset({"owner"})),
    Visitor("owner_b", "staff", "b", frozenset({"owner"})),
    Visitor("practitioner_b", "staff", "b", frozenset({"practitioner"})),
    Visitor("desk_b", "staff", "b", frozenset({"desk"})),
    Visitor("stranger", "staff"),
]

# What fills an address: rows of practice A and of patient A.
ARGUMENTS = {
    "staff:member": lambda cast: {"code": cast.membership("desk_a").code},
    "staff:end": lambda cast: {"code": cast.membership("desk_a").code},
    "account_reset_password_from_key": lambda cast: _reset_key(cast.people["desk_a"]),
    "mfa_remove_webauthn": lambda cast: {"pk": _passkey(cast).pk},
    "mfa_edit_webauthn": lambda cast: {"pk": _passkey(cast).pk},
    "intake:link": lambda cast: {"token": cast.things["invited_a"].token},
    **{
        f"intake:{page}": lambda cast: {"code": cast.things["busy_a"].intake.code}
        for page in (
            *(
                "start",
                "whom",
                "consent",
                "about",
                "where",
                "complaint",
                "since",
                "pain",
                "health",
                "safety-start",
            ),
            *("care", "misunderstood", "check", "language", "leave", "consents", "withdraw"),
        )
    },
    "intake:safety": lambda cast: {"code": cast.things["busy_a"].intake.code, "theme": "unwell"},
    "intake:sent": lambda cast: {"code": cast.things["sent_a"].intake.code},
    "intake:new-or-worse": lambda cast: {"code": cast.things["sent_a"].intake.code},
    "intake:calendar": lambda cast: {"code": cast.things["sent_a"].intake.code},
    **{
        f"triggers:{page}": lambda cast: {"code": cast.things["glasses_a"].intake.code}
        for page in ("start", "lesson", "shelf", "check")
    },
    "reading:home": lambda cast: {"language": "nl"},
    "reading:find": lambda cast: {"language": "nl"},
    "reading:guide": lambda cast: {"language": "nl", "key": "first-aid"},
    "reading:glass": lambda cast: {"language": "nl", "key": "sitting"},
    "reading:condition": lambda cast: {"language": "nl", "key": "hernia"},
    "triggers:condition": lambda cast: {"code": cast.things["glasses_a"].intake.code, "number": 1},
    "triggers:glass": lambda cast: {"code": cast.things["glasses_a"].intake.code, "number": 1},
    **{
        f"desk:{page}": lambda cast: {"code": cast.things["sent_a"].patient.code}
        for page in ("patient", "patient-edit", "intake-new")
    },
    **{
        f"desk:{page}": lambda cast: {"code": cast.things["sent_a"].intake.code}
        for page in ("intake-edit", "intake-close", "link-new", "tablet", "review", "note", "not-reassured")
    },
    **{
        f"desk:{page}": lambda cast: {"code": _plan(cast).intake.code}
        for page in ("glasses", "glass-mark", "plan-new", "together", "summary", "summary-pdf")
    },
    **{
        f"desk:{page}": lambda cast: {"code": _plan(cast).code}
        for page in (
            *("plan", "plan-strengths", "plan-glasses", "plan-conditions", "plan-cautions"),
            *("plan-build-up", "plan-ladder", "plan-pacing", "plan-work", "plan-worksheets"),
            *("plan-exercises", "plan-note", "plan-preview", "plan-release", "habit-new"),
        )
    },
    **{
        f"desk:{page}": lambda cast: {"code": _plan(cast).habits.get().code}
        for page in ("habit-edit", "habit-remove", "habit-move")
    },
    "desk:document": lambda cast: {"code": _plan(cast).latest_release.code},
    "desk:release-compare": lambda cast: {"code": _plan(cast).latest_release.code},
    "desk:link-revoke": lambda cast: {"code": cast.things["invited_a"].invitation.code},
    "desk:link-slip": lambda cast: {"code": cast.things["invited_a"].invitation.code},
    "desk:link-copy": lambda cast: {"code": cast.things["invited_a"].invitation.code},
    "desk:flag-clear": lambda cast: {"code": cast.things["flag_a"].code},
    "desk:flag-refer": lambda cast: {"code": cast.things["flag_a"].code},
    **{
        f"desk:{page}": lambda cast: {"code": cast.things["sent_a"].intake.code}
        for page in ("visits", "visit-new", "visit-choice")
    },
    **{
        f"desk:{page}": lambda cast: {"code": _treatment(cast).code}
        for page in ("visit-change", "visit-remove")
    },
    **{f"desk:{page}": lambda cast: {"section": "glasses"} for page in ("texts-section", "texts-confirm")},
    **{
        f"desk:{page}": lambda cast: {"key": "glass:sitting"}
        for page in ("text", "text-confirm", "text-withdraw")
    },
    "desk:paper-blank": lambda cast: {"language": "nl"},
    "desk:paper-form": lambda cast: {"code": cast.things["busy_a"].intake.code, "language": "nl"},
    **{
        f"desk:{page}": lambda cast: {"code": cast.things["busy_a"].intake.code}
        for page in ("paper", "paper-consent", "paper-who", "paper-context", "paper-send")
    },
    "desk:paper-safety": lambda cast: {"code": cast.things["busy_a"].intake.code, "theme": "unwell"},
    "desk:paper-glasses": lambda cast: {"code": cast.things["busy_a"].intake.code, "family": "orange"},
    "desk:exercise": lambda cast: {"key": "c1"},
    "figure": lambda cast: {"key": "c1"},
    "figure-frames": lambda cast: {"key": "c1"},
    "own:exercises": lambda cast: {"token": _own_exercises(cast).token},
    "own:exercise": lambda cast: {"token": _own_exercises(cast).token, "key": "m5"},
    "own:photo": lambda cast: {"token": _own_exercises(cast).token, "code": _own_photo(cast).code},
    "desk:own-kind": lambda cast: {"tab": _own_item(cast) and "exercises"},
    "desk:own-new": lambda cast: {"tab": "tips"},
    **{
        f"desk:own-{page}": lambda cast: {"code": _own_item(cast).code}
        for page in (
            *("item", "edit", "use", "withdraw", "put-back", "restore"),
            *("photo-add", "photo-remove"),
        )
    },
    "desk:own-photo": lambda cast: {"code": _own_photo(cast).code},
    "desk:notice-handled": lambda cast: {"code": cast.things["notice_a"].code},
    **{
        f"desk:{page}": lambda cast: {"section": _confirmed(cast).section}
        for page in ("texts-section", "texts-confirm")
    },
    **{
        f"desk:{page}": lambda cast: {"key": _confirmed(cast).key}
        for page in ("text", "text-confirm", "text-withdraw")
    },
}
# Addresses of what every practice has: no row of A, so everybody with the right role may open them.
EVERYBODYS = {
    "desk:paper-blank",
    "desk:texts-section",
    "desk:texts-confirm",
    "desk:text",
    "desk:text-confirm",
    "desk:text-withdraw",
    "desk:exercise",
    "desk:own-kind",
    "desk:own-new",
}

# Addresses of one person's own things: of all who may open such a page, only they may open this one.
OWN = {"mfa_remove_webauthn": {"practitioner_a"}, "mfa_edit_webauthn": {"practitioner_a"}}

# Addresses that lead elsewhere or refuse when the visitor has nothing to see there yet.
NOTHING_THERE = {
    "mfa_deactivate_totp": {403, 404},
    "mfa_view_recovery_codes": {404},
    "mfa_download_recovery_codes": {404},
}


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda visitor: visitor.name)
def test_every_address_is_tried_and_nothing_forbidden_gets_through(
    cast, patients, settings, monkeypatch, visitor
):
    settings.ACCOUNT_RATE_LIMITS = False
    # Some 35 sheets for each visitor would take minutes, and this is about who gets them.
    monkeypatch.setattr("plans.paper_entry.hub.intake_pdf", lambda *given: b"%PDF-1.7")
    add_glasses(cast)

    faults = crawl(cast, visitors=[visitor])

    assert not faults, "\n".join(faults)


def test_no_address_is_without_a_line_and_no_line_without_an_address():
    assert matrix.disagreements(matrix.load(), matrix.urls()) == []


# --- planted faults: the crawler must see each of them ----------------------------------------


def test_the_crawler_sees_an_address_without_a_line(cast, monkeypatch):
    entries = {name: entry for name, entry in matrix.load().items() if name != "staff:team"}
    monkeypatch.setattr(matrix, "load", lambda: entries)

    assert any("no line" in fault for fault in crawl(cast, only={"staff:team"}))


def test_the_crawler_sees_a_door_that_lets_everybody_in(cast, monkeypatch):
    monkeypatch.setattr(ActorQuerySet, "for_actor", lambda rows, actor: rows.all())

    faults = crawl(cast, only={"staff:member", "staff:end", "staff:team"})

    assert any("owner_b GET staff:member" in fault for fault in faults)
    assert any("owner_b POST staff:end" in fault and "changed" in fault for fault in faults)
    assert any("owner_b GET staff:team" in fault and "shows" in fault for fault in faults)


def test_the_crawler_sees_reading_that_writes(cast, monkeypatch):
    render = views.render

    def writing_render(request, *args, **kwargs):
        User.objects.filter(pk=request.user.pk).update(name="Somebody else")
        return render(request, *args, **kwargs)

    monkeypatch.setattr(views, "render", writing_render)

    assert any(
        "owner_a GET staff:team" in fault and "changed" in fault for fault in crawl(cast, {"staff:team"})
    )


def test_the_crawler_sees_roles_that_do_not_count(cast, monkeypatch):
    find = ActorMiddleware.find

    def everybody_is_everything(self, request):
        actor, practices = find(self, request)
        return actor and replace(actor, roles=frozenset(Role.values)), practices

    monkeypatch.setattr(ActorMiddleware, "find", everybody_is_everything)

    assert any("desk_a GET staff:team" in fault for fault in crawl(cast, {"staff:team"}))


# --- how ----------------------------------------------------------------------------------------


def crawl(cast, only=None, visitors=VISITORS):
    """A sentence for every rule that was broken. With `only`, for these addresses."""
    entries, faults, places = matrix.load(), [], {}
    for name, _view in matrix.urls():
        if only and name not in only:
            continue
        if name not in entries:
            faults.append(f"{name} has no line in the access matrix")
            continue
        try:
            kwargs = ARGUMENTS.get(name, lambda cast: {})(cast)
            places[name] = reverse(name, kwargs=kwargs), {**kwargs, **everything_of(cast.a)}
        except NoReverseMatch:
            faults.append(f"{name} needs an entry in ARGUMENTS")
    for visitor in visitors:
        if visitor.name == "anonymous" or visitor.name in cast.visitors | cast.people:
            faults += _visit(cast, visitor, [(entries[name], *place) for name, place in places.items()])
    return faults


def everything_of(practice):
    """Fields that name rows of `practice`, as somebody of another practice could post them."""
    membership = Membership.objects.filter(practice=practice, role="desk").get()
    return {
        "practice": practice.code,
        "practice_id": practice.pk,
        "user": membership.user_id,
        "user_id": membership.user_id,
        "membership": membership.pk,
        "code": membership.code,
        "once_key": "6f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c11",
        "roles": "owner",
    }


def _visit(cast, visitor, places):
    client, faults = cast.client(visitor.name), []
    client.raise_request_exception = False
    cookies = copy.deepcopy(client.cookies)
    state = DatabaseState()
    whole, of_a = state.fingerprint(), state.fingerprint(cast.a)
    for (entry, path, body), method in itertools.product(places, METHODS):
        asked = f"{visitor.name} {method} {entry.name}"
        may = _may(visitor, entry, method)
        with transaction.atomic():
            written = state.written()
            response = client.generic(method, path, **_sent(method, body))
            changed = state.written() != written and state.fingerprint() != whole
            changed_a = changed and state.fingerprint(cast.a) != of_a
            transaction.set_rollback(True)
        # The session that this answer may have begun is rolled back too.
        client.cookies = copy.deepcopy(cookies)
        faults += _judge(cast, visitor, entry, method, may, response, asked)
        if changed and (not may or method in ("GET", "HEAD")):
            faults.append(f"{asked}: the database changed")
        if changed_a and visitor.side != "a" and entry.allow not in ("public", "signed-in"):
            faults.append(f"{asked}: rows of practice A changed")
    return faults


def _may(visitor, entry, method):
    if ("GET" if method == "HEAD" else method) not in entry.methods:
        return False
    if not entry.admits(visitor.kind, visitor.roles):
        return False
    if entry.name in OWN:
        return visitor.name in OWN[entry.name]
    if entry.allow in ("public", "signed-in"):
        return True
    return bool(visitor.side) and (visitor.side == "a" or entry.name not in ARGUMENTS.keys() - EVERYBODYS)


def _judge(cast, visitor, entry, method, may, response, asked):
    faults = []
    to = response.headers.get("Location", "")
    if response.status_code >= 500:
        faults.append(f"{asked}: answered {response.status_code}")
    elif not may and not _refused(visitor, response):
        faults.append(f"{asked}: answered {response.status_code} {to}, should be refused")
    elif may and method == "GET" and not _fine(entry, response):
        faults.append(f"{asked}: answered {response.status_code} {to}, should be a page")
    if visitor.side != "a" or not may:
        own = {cast.people[visitor.name].name} if visitor.name in cast.people else set()
        text = response.content.decode(errors="replace")
        faults += [
            f"{asked}: shows {word!r}" for word in cast.canaries["a"] if word not in own and word in text
        ]
    return faults


def _refused(visitor, response):
    if response.status_code in (403, 404, 405):
        return True
    # Patients are nobody to the staff's part of the site.
    to_login = urlsplit(response.headers.get("Location", "")).path == reverse("account_login")
    return response.status_code == 302 and to_login and visitor.kind != "staff"


def _fine(entry, response):
    if response.status_code in NOTHING_THERE.get(entry.name, ()):
        return True
    to = response.headers.get("Location", "")
    inside = to.startswith("/") and not to.startswith("//")
    return response.status_code == 200 or (response.status_code in (301, 302, 303) and inside)


def _sent(method, body):
    if method not in ("POST", "PUT"):
        return {}
    return {"data": urlencode(body), "content_type": "application/x-www-form-urlencoded"}


def _reset_key(user):
    uidb36, _, key = set_password_url(user).rstrip("/").rpartition("/")[2].partition("-")
    return {"uidb36": uidb36, "key": key}


def _treatment(cast):
    intake, person = cast.things["sent_a"].intake, cast.people["practitioner_a"]
    by = {"by": person, "by_name": person.name}
    where = {"practice": cast.a, "intake": intake, "on": intake.began_on}
    return Visit.objects.get_or_create(**where, defaults=by)[0]


def _passkey(cast):
    person = cast.people["practitioner_a"]
    return person.authenticator_set.filter(type="webauthn").first() or give_passkey(person)


def _confirmed(cast):
    """A text that practice A has confirmed: B may read the text, and never by whom."""
    entry = whole_method.entries()["glass:sitting"]
    confirming.confirm(cast.actor("practitioner_a"), {entry.key: entry.fingerprint})
    return entry


def _own_exercises(cast):
    """The newest release of practice A, with an exercise on it: at its address its exercises stand."""
    if "own_a" not in cast.things:
        plan, actor = _plan(cast), cast.actor("practitioner_a")
        where = {"hangs_on": "moving", "hangs_key": "", "practice": cast.a}
        plan.exercises.create(exercise="m5", dose="8 keer, elke dag", **where)
        plan.exercises.create(exercise=_own_item(cast).key, dose="5 keer", position=1, **where)
        plan.refresh_from_db()
        cast.things["own_a"] = actions.release(actor, plan, seen=actions.seen(plan, "all"))
    return cast.things["own_a"]


def _own_item(cast):
    """An exercise of practice A's own, in use, with a photo."""
    if "own_item_a" not in cast.things:
        actor = cast.actor("practitioner_a")
        item = owning.draft(actor, "exercise")
        cast.things["own_item_a"] = owning.with_photos(actor, item, "start")
    return cast.things["own_item_a"]


def _own_photo(cast):
    return _own_item(cast).photos.get()


def _plan(cast):
    """A plan of practice A that was released, made when first asked for."""
    if "plan_a" not in cast.things:
        cast.things["plan_a"] = released_plan(cast.a, cast.actor("practitioner_a"))
    return cast.things["plan_a"]
