"""The log says who asked for what and when; never a token, a name or what somebody answered."""

import io
import json
import logging
import uuid

import pytest
from django.conf import settings as project
from django.urls import reverse

from backup_plan_site.jobs.api import run_due
from backup_plan_site.web.logs import JsonFormatter, MaskFilter, mask
from intake import tokens
from tests.patients import BORN, PAGES, THEMES, Phone, begin, birth_date

CANARY = "Wortegem-Petegem"


@pytest.fixture
def log():
    """Everything that the project's own handler writes, from the lowest level on."""
    out = io.StringIO()
    handler = next(one for one in logging.getLogger().handlers if isinstance(one.formatter, JsonFormatter))
    loggers = [
        logging.getLogger(name)
        for name in ("", "django", "django.request", "django.db.backends", "backup_plan_site")
    ]
    levels = [logger.level for logger in loggers]
    before = handler.setStream(out)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # SQL is for a developer's own machine
    yield out
    handler.setStream(before)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def test_the_handler_of_the_project_masks_and_writes_json():
    console = project.LOGGING["handlers"]["console"]

    assert (console["formatter"], console["filters"]) == ("line", ["mask"])
    assert project.LOGGING["root"]["handlers"] == ["console"]


def test_a_whole_visit_leaves_no_token_no_name_and_no_answer_in_the_log(cast, log, mailoutbox):
    story = begin(cast.a, given="Florentijn", family="Debacquer", channel="email")
    link = reverse("intake:link", args=[story.token])
    run_due()
    phone = Phone()
    phone.get(link)
    phone.send(link, birth_date(BORN.replace(year=1971)))
    phone.post(link)
    phone.send(link, story.born)
    phone.send(story.url("consent"), care="on")
    for name, fields in PAGES.items():
        words = {"own_words": CANARY, "gp": CANARY, "phone": "+32 470 12 34 56"}
        phone.send(story.url(name), {**fields, **words})
        phone.send(story.url(name), {**fields, **words, "regions": "x", "sex": CANARY, "onset_age": CANARY})
    phone.send(story.url("safety", "unwell"), {**dict.fromkeys(THEMES["unwell"], "no"), "rf1-gca": "unsure"})
    phone.get(link + "x")
    phone.get(reverse("intake:link", args=[tokens.new_token()]))
    phone.post(story.url("start"))
    story.invitation.revoke()
    phone.get(link)

    lines = log.getvalue()
    assert lines.count("Not Found") >= 2
    assert "/l/***/" in lines
    words = [
        story.token,
        story.token[:20],
        "Florentijn",
        "Debacquer",
        "florentijn@",
        CANARY,
        "1991",
        "470 12 34 56",
        "unsure",
    ]
    assert not [word for word in words if word in lines]
    assert str(story.intake.code) not in lines
    assert all(json.loads(line) for line in lines.splitlines())


def test_an_error_is_logged_by_place_and_class_without_its_words(cast, log, monkeypatch):
    from intake.views import pages

    def broken(*args, **kwargs):
        raise ValueError(f"cannot save {CANARY}")

    story = begin(cast.a).consent()
    phone = story.phone()
    phone.raise_request_exception = False
    monkeypatch.setattr(pages.actions, "save_page", broken)

    assert phone.send(story.url("about"), {**PAGES["about"], "gp": CANARY}).status_code == 500

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    line = next(line for line in lines if line["level"] == "ERROR")
    assert (line["exception"], line["request_id"]) == ("ValueError", line["request_id"])
    assert any(place.startswith("intake.views.pages:") for place in line["where"])
    assert CANARY not in log.getvalue()


def test_a_line_break_in_a_path_makes_no_second_line(log):
    Phone().get("/nothing/%0d%0a{%22level%22:%22ERROR%22}/")

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["level"] for line in lines if line["level"] != "DEBUG"] == ["WARNING"]
    assert "\n{" not in log.getvalue().replace('\n{"at"', "")


@pytest.mark.parametrize(
    "text", ["/l/{}/", "/l/{}", "GET /l/{}/?x=1", "https://example.org/l/{}/ gone", "{}"]
)
def test_a_token_is_masked_wherever_it_stands(text):
    token = tokens.new_token()

    assert mask(text.format(token)) == text.format("***")


def test_a_token_in_an_argument_is_masked_too():
    token = tokens.new_token()
    record = logging.LogRecord("x", logging.INFO, "", 0, "Not Found: %s", (f"/l/{token}/",), None)

    assert MaskFilter().filter(record)
    assert record.getMessage() == "Not Found: /l/***/"


def test_what_is_no_token_stays_readable():
    assert mask("Not Found: /desk/patients/new/") == "Not Found: /desk/patients/new/"
    assert mask(f"/i/{uuid.uuid4()}/about/") == "/i/***/about/"
