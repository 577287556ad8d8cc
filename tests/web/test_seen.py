"""What was saved elsewhere is not overwritten unseen; and nobody is asked where nothing would be lost."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from backup_plan_site.web import seen
from intake.fields import CardChoice, CardChoices, ScaleField, WordsField, YesNoField


class Asked(forms.Form):
    """One field of each kind that the pages have."""

    sex = CardChoice(choices=[("male", "Man"), ("female", "Vrouw")], required=False)
    regions = CardChoices(choices=[("neck", "Nek"), ("leg", "Been")], required=False)
    fell = YesNoField(required=False)
    pain = ScaleField(required=False)
    words = WordsField(max_length=100, required=False)
    done = forms.BooleanField(required=False)


def form(saved, typed=None):
    return Asked(None if typed is None else posted(typed), initial=saved)


def posted(values, **more):
    """What a browser would post of `values`, as they are saved."""
    query = QueryDict(mutable=True)
    for name, value in {**values, **more}.items():
        value = {True: "on" if name == "done" else "yes", False: "" if name == "done" else "no"}.get(
            value if isinstance(value, bool) else None, value
        )
        if value not in (None, "", []):
            query.setlist(name, value if isinstance(value, list) else [str(value)])
    return query


def asked_about(shown, saved, typed):
    """Whether somebody who saw `shown` and typed `typed` is asked, where `saved` stands now."""
    request = RequestFactory().post("/")
    request.POST = posted(typed, seen=seen.fingerprint(form(shown)))
    return seen.changed_meanwhile(request, form(saved, typed))


A = {"sex": "male", "regions": ["neck"], "fell": True, "pain": 3, "words": "Nek\r\nen rug", "done": True}
B = {**A, "pain": 4}
C = {**A, "words": "Iets anders"}

CASES = {
    "nothing was changed": (A, A, C, False),
    "changed elsewhere, something else typed": (A, B, C, True),
    "changed elsewhere, typed as it stood": (A, B, A, True),
    "changed elsewhere, the same typed": (A, B, B, False),
    "first answered elsewhere, something else typed": ({}, B, C, True),
    "first answered elsewhere, the same typed": ({}, B, B, False),
    "taken away elsewhere": (A, {}, A, True),
    "taken away elsewhere and here": (A, {}, {}, False),
    "changed and changed back": (A, A, B, False),
    "line ends and blanks are no change": (A, {**A, "words": "Nek\nen rug "}, C, False),
}


@pytest.mark.parametrize(("shown", "saved", "typed", "asks"), CASES.values(), ids=CASES.keys())
def test_who_is_asked(shown, saved, typed, asks):
    assert asked_about(shown, saved, typed) is asks


VALUES = some.fixed_dictionaries(
    {
        "sex": some.sampled_from([None, "male", "female"]),
        "regions": some.sampled_from([[], ["neck"], ["neck", "leg"]]),
        "fell": some.sampled_from([None, True, False, "unknown"]),
        "pain": some.sampled_from([None, 0, 7]),
        "words": some.sampled_from(["", "a", "a\r\nb"]),
        "done": some.booleans(),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, VALUES, VALUES)
def test_nothing_is_overwritten_unseen_and_nobody_is_asked_for_nothing(shown, saved, typed):
    lost = shown != saved and typed != saved

    assert asked_about(shown, saved, typed) is lost


def test_a_form_without_a_fingerprint_is_taken_as_before():
    request = RequestFactory().post("/", {"sex": "male"})

    assert not seen.changed_meanwhile(request, form(B, A))


def test_what_is_saved_is_told_in_words_where_something_else_was_typed():
    request = RequestFactory().post("/")
    request.POST = posted({"words": "Rug"}, seen=seen.fingerprint(form({})))

    rows = seen.seen(request, form({**A, "regions": ["leg", "neck"]}, {"words": "Rug"}))["meanwhile"]

    assert [row["values"] for row in rows] == [
        ["Man"],
        ["Nek", "Been"],
        ["Ja"],
        ["3"],
        ["Nek\nen rug"],
        ["Ja"],
    ]


def test_the_cases_see_a_fingerprint_that_forgets_a_field(monkeypatch):
    whole = seen._saved
    monkeypatch.setattr(seen, "_saved", lambda bound: "" if bound.name == "pain" else whole(bound))

    assert not asked_about(A, B, C)
