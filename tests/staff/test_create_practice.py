"""`manage.py create_practice`: the first door into an empty installation."""

import pytest
from django.core.management import CommandError, call_command

from backup_plan_site.staff.models import Membership, Practice, User

pytestmark = pytest.mark.django_db


def create(name="De Linde", **options):
    call_command(
        "create_practice", name, **{"owner_email": "Ann@DeLinde.be", "owner_name": "Ann Maes"} | options
    )


def test_a_practice_gets_an_owner_who_also_treats(capsys, client):
    create(country="NL", language="en")

    practice = Practice.objects.get()
    person = User.objects.get()
    assert (practice.name, practice.country, practice.retention_years) == ("De Linde", "NL", 20)
    assert person.email == "ann@delinde.be"
    assert set(Membership.objects.values_list("role", flat=True)) == {"owner", "practitioner"}

    link = capsys.readouterr().out.strip().splitlines()[-1]
    page = client.get("/" + link.split("/", 3)[3], follow=True)
    form = {"password1": "linde beuk esdoorn wilg", "password2": "linde beuk esdoorn wilg"}
    client.post(page.wsgi_request.path, form)
    person.refresh_from_db()
    assert person.check_password("linde beuk esdoorn wilg")


def test_the_same_name_twice_is_refused_and_creates_nothing():
    create()

    with pytest.raises(CommandError, match="already there"):
        create("de linde ", owner_email="other@example.org")

    assert User.objects.count() == 1


@pytest.mark.parametrize("options", [{"owner_email": "no address"}, {"owner_name": " "}, {"name": "x" * 121}])
def test_a_mistake_is_said_and_creates_nothing(options):
    with pytest.raises(CommandError, match="Nothing was created"):
        create(**options)

    assert not Practice.objects.exists()
    assert not User.objects.exists()


def test_an_owner_with_a_login_keeps_it(capsys):
    User.objects.create_user("ann@delinde.be", "Ann Maes", "linde beuk esdoorn wilg")

    create()

    assert "keeps its password" in capsys.readouterr().out
    assert "/password/" not in capsys.readouterr().out
