"""Patients' questions on every page of part A, the two statements that anybody may read, and help at one place."""

import html
import re

import pytest
from django.urls import reverse

from backup_plan_site.content import LANGUAGES
from backup_plan_site.staff.models import Practice
from intake.asking import asking
from intake.pages import context_pages
from intake.red_flags import red_flags
from intake.screening import Context
from intake.statements import accessibility, privacy
from plans.models import ExerciseLink
from tests.patients import Phone, begin, sent
from tests.plans.composing import released_plan

PAGES = [page.name for page in context_pages(Context(regions=frozenset({"neck", "arm"})))]
THEMES = [theme.key for theme in red_flags().themes]
STATEMENTS = ("intake:privacy", "intake:accessibility")
HELP = re.compile(r'<header class="top">.*?<a class="help" href="tel:([^"]+)"', re.DOTALL)


# --- why, who, and what if I skip it -------------------------------------------------------------


def test_every_page_and_every_theme_has_its_own_words():
    assert [page.key for page in asking().pages] == [*PAGES, *THEMES]
    # The safety questions share what is said about skipping: they cannot be skipped.
    assert [page.key for page in asking().pages if page.skip is None] == THEMES
    assert len({page.why.nl for page in asking().pages}) == len(asking().pages)
    with pytest.raises(KeyError):
        asking().told("no-such-page", "nl", practice="x")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_name_the_practice_and_the_real_answer(language):
    unsure = {"nl": "Weet ik niet", "en": "Not sure", "fr": "Je ne sais pas"}[language]
    for key in (*PAGES, *THEMES):
        (_why, why), (_who, who), (_skip, skip) = asking().told(key, language, practice="Rugpunt")["lines"]
        assert why
        assert "Rugpunt" in who
        assert (unsure in skip) or key in PAGES


def test_they_stand_folded_on_every_page_of_part_a(cast):
    story = begin(cast.a).consent().tell(regions=["neck", "low-back"], worst_place="neck")
    phone = story.phone()
    urls = [*(story.url(name) for name in PAGES), *(story.url("safety", theme) for theme in THEMES)]
    for url, key in zip(urls, (*PAGES, *THEMES), strict=True):
        page = html.unescape(phone.get(url).content.decode())
        told = asking().told(key, "en", practice=cast.a.name)
        for _heading, text in told["lines"]:
            assert text in page, key
        assert '<details class="explain"><summary>Why do we ask this, and who sees it?</summary>' in page


# --- privacy and accessibility -------------------------------------------------------------------


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_anybody_may_read_them_in_every_language(cast, name, language):
    answer = Phone().get(reverse(name), {"language": language})
    page = answer.content.decode()

    statement = {"intake:privacy": privacy, "intake:accessibility": accessibility}[name]()
    assert f'<html lang="{language}">' in page
    assert statement.title.in_language(language).replace("'", "&#x27;") in page
    assert "{practice}" not in page
    assert cast.a.name not in page  # nobody's link is open: no practice is named
    assert HELP.search(page)[1] == cast.a.phone.replace(" ", "")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("country", "basis", "says", "says_not"),
    [
        ("BE", "care", ["article 9.2.h", "Data Protection Authority (Belgium)"], ["9.2.a", "(Netherlands)"]),
        ("NL", "consent", ["article 9.2.a", "Dutch Data Protection Authority"], ["9.2.h", "(Belgium)"]),
    ],
)
def test_who_opened_a_link_reads_of_that_practice(cast, country, basis, says, says_not):
    Practice.objects.update(country=country, legal_basis=basis, retention_years=21)
    page = begin(cast.b).phone().get(reverse("intake:privacy")).content.decode()

    for text in (*says, "Rugpunt Gent", "for 21 years"):
        assert text in page
    for text in (*says_not, cast.a.name, "the practice that gave you the link"):
        assert text not in page


def test_who_opened_none_reads_every_case():
    told = dict(privacy().told("en"))

    assert len(told["Does the law allow this?"]) == 2
    assert "30 years in Belgium" in told["For how long?"][0]
    assert len(privacy().authorities_of()) == 2
    assert all(texts for texts in told.values())


def test_an_unknown_language_is_the_readers_own(cast):
    phone = begin(cast.a, language="fr").phone()

    assert '<html lang="fr">' in phone.get(reverse("intake:privacy"), {"language": "xx"}).content.decode()


# --- the same place on every page ----------------------------------------------------------------


def test_help_and_the_statements_stand_on_every_page_of_a_patient(cast):
    now, calm = begin(cast.a).consent().tell().answer({"rf3-heart": "yes"}), sent(cast.a).begin_glasses()
    released_plan(cast.a, cast.actor("practitioner_a"))
    own = ExerciseLink.objects.get().token
    busy, phone, stopped = begin(cast.a).consent().tell(), calm.phone(), now.phone()
    half_way = busy.phone()
    pages = [
        (Phone(), busy.link),
        (stopped, now.url("care")),
        (Phone(), "/i/6f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c11/"),
        (Phone(), reverse("intake:link", args=["x" * 43])),
        *(
            (half_way, busy.url(name))
            for name in ("start", "about", "where", "safety-start", "whom", "consents")
        ),
        *((phone, calm.url(name)) for name in ("sent", "new-or-worse")),
        *(
            (phone, calm.page(*page))
            for page in (("start",), ("lesson",), ("glass", 1), ("shelf",), ("check",))
        ),
        *((Phone(), reverse(name)) for name in (*STATEMENTS, "intake:tablet")),
        (Phone(), reverse("own:exercises", args=[own])),
    ]
    for browser, path in pages:
        page = browser.get(path).content.decode()
        assert HELP.search(page), path
        foot = page.partition('<footer class="foot">')[2]
        for name in STATEMENTS:
            assert f'href="{reverse(name)}"' in foot, path


def test_the_exercises_of_a_plan_say_whom_to_call_when_something_is_new(cast):
    released_plan(cast.a, cast.actor("practitioner_a"))
    page = Phone().get(reverse("own:exercises", args=[ExerciseLink.objects.get().token])).content.decode()
    foot = page.partition('<footer class="foot">')[2]

    assert "new-or-worse" not in page
    assert f'href="tel:{cast.a.phone.replace(" ", "")}"' in foot
