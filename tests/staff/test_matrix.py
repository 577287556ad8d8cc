"""access.toml is read strictly, and every slip in it or in the URLs is found by `manage.py check`."""

import pytest
from django.http import HttpResponse
from django.urls import path

from backup_plan_site.staff import checks, matrix
from backup_plan_site.staff.access import allow, mark, public
from backup_plan_site.staff.roles import Role


@pytest.fixture
def written(tmp_path):
    def write(text):
        place = tmp_path / "access.toml"
        place.write_text(text, encoding="utf-8")
        return matrix.load(place)

    return write


@public
def page(request):
    return HttpResponse()


@allow(Role.OWNER)
def owners_page(request):
    return HttpResponse()


def test_a_line_says_who_how_and_why(written):
    entry = written('["desk:x"]\nallow = ["desk", "owner"]\nmethods = ["GET"]\nnote = "why"')["desk:x"]

    assert entry.allow == {"desk", "owner"}
    assert entry.admits("staff", {"owner"})
    assert not entry.admits("staff", {"practitioner"})
    assert not entry.admits("patient")
    assert not entry.admits("anonymous", {"owner"})


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        '[x]\nallow = "everybody"\nmethods = ["GET"]',
        '[x]\nallow = ["chief"]\nmethods = ["GET"]',
        '[x]\nallow = []\nmethods = ["GET"]',
        '[x]\nallow = ["desk", "desk"]\nmethods = ["GET"]',
        '[x]\nmethods = ["GET"]',
        '[x]\nallow = "public"',
        '[x]\nallow = "public"\nmethods = []',
        '[x]\nallow = "public"\nmethods = ["get"]',
        '[x]\nallow = "public"\nmethods = ["GET"]\nrole = "desk"',
        '[x]\nallow = "public"\nmethods = ["GET"]\nthird_party = "yes"',
        '[x]\nallow = "public"\nmethods = ["GET"]\nnote = 1',
        '[x]\nallow = "public"\nmethods = ["GET"]\n[x]\nallow = "public"\nmethods = ["GET"]',
        "not toml",
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(written, text):
    with pytest.raises(matrix.MatrixError):
        written(text)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(matrix.MatrixError):
        matrix.load(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "view", "said"),
    [
        ('[a]\nallow = "public"\nmethods = ["GET"]', page, []),
        ('[a]\nallow = ["owner"]\nmethods = ["GET"]', owners_page, []),
        ('[a]\nallow = "patient"\nmethods = ["GET"]', mark(lambda request: None, "patient"), []),
        ("", page, ["no line"]),
        ('[a]\nallow = ["owner"]\nmethods = ["GET"]', page, ["marked 'public'"]),
        ('[a]\nallow = ["desk"]\nmethods = ["GET"]', owners_page, ["the access matrix says"]),
        ('[a]\nallow = "public"\nmethods = ["GET"]', lambda request: None, ["marked None"]),
        ('[a]\nallow = "public"\nmethods = ["GET"]\nthird_party = true', page, ["marked 'public'"]),
        (
            '[a]\nallow = "public"\nmethods = ["GET"]\n[b]\nallow = "public"\nmethods = ["GET"]',
            page,
            ["no address"],
        ),
    ],
)
def test_the_matrix_and_the_views_must_agree(written, text, view, said):
    found = matrix.disagreements(written(text), [("a", view)])

    assert len(found) == len(said)
    assert all(words in sentence for words, sentence in zip(said, found, strict=True))


def test_an_address_without_a_name_is_found():
    assert "no name" in matrix.disagreements({}, [(None, page)])[0]


def test_the_real_matrix_and_the_real_site_agree():
    assert checks.every_address_has_a_rule(None) == []


def test_a_missing_line_stops_manage_py_check(tmp_path, monkeypatch):
    text = matrix.PATH.read_text(encoding="utf-8")
    start = text.index('["staff:audit"]')
    place = tmp_path / "access.toml"
    place.write_text(text[:start] + text[text.index("\n\n", start) :], encoding="utf-8")
    monkeypatch.setattr(matrix, "PATH", place)

    (error,) = checks.every_address_has_a_rule(None)

    assert (error.id, "staff:audit" in error.msg) == ("staff.E002", True)


def test_a_broken_matrix_stops_manage_py_check(tmp_path, monkeypatch):
    place = tmp_path / "access.toml"
    place.write_text("[")
    monkeypatch.setattr(matrix, "PATH", place)

    assert [error.id for error in checks.every_address_has_a_rule(None)] == ["staff.E001"]


def test_a_view_without_a_rule_is_found_in_a_whole_urlconf():
    class Urls:
        urlpatterns = [path("new/", page, name="brand-new")]

    assert matrix.urls(Urls) == [("brand-new", page)]
    assert any("brand-new" in words for words in matrix.disagreements(matrix.load(), matrix.urls(Urls)))


def test_allow_needs_a_role():
    with pytest.raises(TypeError):
        allow()
    with pytest.raises(ValueError, match="chief"):
        allow("chief")
