"""Where a saved form leads, told to the script that sent it; and why a page that was not saved should stay."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory
from django.urls import reverse

from backup_plan_site.web import middleware
from intake.models import Answer
from tests.patients import Phone, begin

WORDS = {"own_words": "Het trekt tot in mijn teen.", "cannot_do": "Bukken."}
# Where a view leads, and what the script is told: None when the redirect stays one.
LEADS = {
    "/i/x/where/": "/i/x/where/",
    "/desk/plans/x/#glasses": "/desk/plans/x/#glasses",
    "http://testserver/desk/": "http://testserver/desk/",
    "https://elsewhere.example/": None,
    "//elsewhere.example/": None,
}


def answer(location, method="post", asked="1"):
    headers = {"x-next": asked} if asked else {}
    request = getattr(RequestFactory(), method)("/i/x/about/", headers=headers)
    response = HttpResponseRedirect(location)
    response.set_cookie("kept", "yes")
    return middleware.NextMiddleware(lambda request: response)(request)


@pytest.mark.parametrize(("location", "told"), LEADS.items())
def test_the_script_is_told_addresses_of_this_site_only(location, told):
    response = answer(location)

    assert response.get("X-Next") == told
    assert response.status_code == (204 if told else 302)
    assert response.cookies["kept"].value == "yes"
    assert ("Location" in response) is not bool(told)


def test_the_table_sees_a_middleware_that_tells_every_address(monkeypatch):
    monkeypatch.setattr(middleware, "_is_ours", lambda request, address: True)

    assert answer("https://elsewhere.example/").get("X-Next")


@pytest.mark.parametrize(("method", "asked"), [("get", "1"), ("post", ""), ("post", "2")])
def test_nobody_else_is_told_anything(method, asked):
    response = answer("/i/x/where/", method, asked)

    assert (response.status_code, response["Location"]) == (302, "/i/x/where/")


def test_a_page_stays_a_page():
    request = RequestFactory().post("/i/x/about/", headers={"x-next": "1"})

    response = middleware.NextMiddleware(lambda request: HttpResponse("page", status=409))(request)

    assert (response.status_code, response.content) == (409, b"page")


def test_sending_by_script_and_once_more_by_the_browser_has_one_effect(cast):
    story = begin(cast.a).consent()
    phone, key = story.phone(), "0b4a40cc-5ba8-4cf9-9a33-6d6a6f8d6f0a"
    page = story.url("complaint")

    by_script = phone.post(page, {"once_key": key, **WORDS}, headers={"x-next": "1"})
    by_browser = phone.send(page, WORDS, key=key)

    assert (by_script.status_code, by_script["X-Next"]) == (204, story.url("since"))
    assert by_script.content == b""
    assert (by_browser.status_code, by_browser["Location"]) == (302, story.url("since"))
    assert Answer.objects.filter(key="own_words").count() == 1


def test_a_page_with_something_wrong_may_be_asked_for_again_by_the_same_key(cast):
    story = begin(cast.a).consent()
    phone, key = story.phone(), "0b4a40cc-5ba8-4cf9-9a33-6d6a6f8d6f0a"

    by_script = phone.post(story.url("where"), {"once_key": key}, headers={"x-next": "1"})
    by_browser = phone.send(story.url("where"), key=key)
    right = phone.send(story.url("where"), {"regions": ["neck"]}, key=key)

    assert [by_script.status_code, by_browser.status_code, right.status_code] == [200, 200, 302]


def test_a_page_that_should_stay_is_told_why(cast):
    story = begin(cast.a).consent()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = story.phone().cookies

    without_token = strict.post(story.url("complaint"), WORDS)
    ended = Phone().send(story.url("complaint"), WORDS)
    signed_out = Client().post(reverse("desk:patient-new"), {"given_name": "Tuur"})

    assert (without_token.status_code, without_token["X-Held"]) == (403, "token")
    assert (ended.status_code, ended["X-Held"]) == (404, "link-ended")
    assert (signed_out.status_code, signed_out["X-Held"]) == (403, "signed-out")
