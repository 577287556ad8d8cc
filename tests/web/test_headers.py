"""What stands around every page: headers that keep it private; and nothing inline in it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from backup_plan_site.staff import matrix
from tests.patients import Phone, add_glasses
from tests.test_access import ARGUMENTS, VISITORS

# Written out by hand: nothing but what comes from this site itself, and nothing inline.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Cache-Control": "no-store, private, max-age=0",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def faults(response):
    """What is wrong with the headers of one answer."""
    found = [
        f"{name}: {response.headers.get(name)}"
        for name, value in HEADERS.items()
        if response.headers.get(name) != value
    ]
    said = response.headers.get("Content-Security-Policy", "")
    policy = dict(part.strip().partition(" ")[::2] for part in said.split(";") if part.strip())
    if policy != POLICY:
        found.append(f"Content-Security-Policy: {said}")
    if "unsafe" in said or "*" in said:
        found.append(f"unsafe: {said}")
    if not re.fullmatch(r"[0-9a-f]{32}", response.headers.get("X-Request-Id", "")):
        found.append("X-Request-Id")
    for cookie in response.cookies.values():
        if not (cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict")):
            found.append(f"cookie {cookie.key}")
    return found


def addresses(cast):
    """(name, path, whoever may open it) for every address of the site."""
    for name, _view in matrix.urls():
        entry = matrix.load()[name]
        path = reverse(name, kwargs=ARGUMENTS.get(name, lambda cast: {})(cast))
        who = next(one.name for one in VISITORS if one.side != "b" and entry.admits(one.kind, one.roles))
        yield name, path, who


def test_every_address_keeps_its_answers_private(cast, patients, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    add_glasses(cast)
    wrong, seen, clients = [], set(), {}

    for name, path, who in addresses(cast):
        client = clients.setdefault(who, cast.client(who))
        for visitor in (client, Client()):
            for answer in (visitor.get(path), visitor.post(path)):
                wrong += [f"{name} {answer.request['REQUEST_METHOD']}: {fault}" for fault in faults(answer)]
                seen.add(answer.status_code)
        if name in ("account_logout", "intake:leave"):
            del clients[who]

    assert not wrong, "\n".join(wrong)
    assert seen >= {200, 302, 400, 403, 404, 405}


def test_pages_of_what_went_wrong_are_private_too(cast, monkeypatch):
    from plans.desk import worklist

    def broken(*args, **kwargs):
        raise ZeroDivisionError("secret: rf3-heart yes")

    client = cast.client("desk_a")
    client.raise_request_exception = False
    checked = Client(enforce_csrf_checks=True)
    monkeypatch.setattr(worklist, "lists", broken)
    answers = {
        404: Client().get("/no/such/page/"),
        403: checked.post(reverse("account_login")),
        500: client.get(reverse("desk:worklist")),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert faults(answer) == []
        assert "secret" not in answer.content.decode()


def test_a_busy_database_is_told_calmly_and_may_be_tried_again(cast, monkeypatch):
    from django.db import OperationalError

    from plans.desk import worklist

    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    client = cast.client("desk_a")
    monkeypatch.setattr(worklist, "lists", locked)

    answer = client.get(reverse("desk:worklist"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert faults(answer) == []


def test_an_id_of_a_request_from_outside_is_not_taken_over():
    answer = Phone().get(reverse("healthz"), headers={"x-request-id": "mine\ninjected"})

    assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-Id"])


# --- pages as they are sent (their templates: tests/test_templates.py) ----------------------------


def inline(source):
    """What a strict policy would block in one page. A script of data is not run."""
    found = re.findall(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", source, re.I)
    return found + [
        tag
        for tag in re.findall(r"<script\b[^>]*>", source, re.I)
        if " src=" not in tag and "/json" not in tag
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<p style='x'>",
        "<style>",
        "<script>1</script>",
        '<a onclick="x">',
        "<a href='javascript:x'>",
        "<SCRIPT type=x>",
    ],
)
def test_the_search_for_inline_things_finds_each_of_them(source):
    assert inline(source)


def test_no_page_as_sent_has_anything_inline(cast, patients, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    add_glasses(cast)
    clients, pages = {}, 0

    for name, path, who in addresses(cast):
        answer = clients.setdefault(who, cast.client(who)).get(path)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            assert inline(answer.content.decode()) == [], name
            pages += 1

    assert pages > 30
