"""`demo`: it makes every state through the pages, says so in demo.json, and touches no database it did not make."""

import fcntl
import json
import os
import re
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from backup_plan_site.staff.models import Membership, Practice, User
from intake.models import Intake
from plans.demo import filling
from plans.demo import glasses as by_glasses
from plans.demo.people import PASSWORD, PEOPLE
from tests.verapdf import reading
from triggers.glasses import glasses

ROOT = Path(settings.BASE_DIR)
# The demo writes demo.json beside the project; here beside its database.
RUN = """
import sys
from pathlib import Path
import django
from django.conf import settings
django.setup()
settings.DEMO_OUTPUT = Path(sys.argv[1]) / "demo-output"
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.core.management import call_command
call_command("demo", "--no-serve", *sys.argv[2:])
"""


def demo(folder, *arguments, **changes):
    """Run it as `./run demo --no-serve` does, on a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    env = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "TEST_DATABASE_URL")
    }
    env |= {
        "DJANGO_SETTINGS_MODULE": "backup_plan_site.settings.dev",
        "DEMO": "1",
        "DATA_DIR": str(folder),
    } | changes
    return subprocess.run(
        [sys.executable, "-c", RUN, str(folder), *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
    )


def command(folder, *arguments):
    """Another command on the demo's data."""
    env = {key: value for key, value in os.environ.items() if not key.endswith("DATABASE_URL")}
    env |= {"DJANGO_SETTINGS_MODULE": "backup_plan_site.settings.dev", "DEMO": "1", "DATA_DIR": str(folder)}
    run = [sys.executable, "manage.py", *arguments]
    return subprocess.run(run, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def released(folder):
    """{first name: the copy that was released} of the demo."""
    found = rows(
        folder,
        "SELECT q.given_name, r.copy FROM plans_release r JOIN plans_plan p ON r.plan_id = p.id "
        "JOIN intake_intake i ON p.intake_id = i.id JOIN intake_patient q ON i.patient_id = q.id",
    )
    return {name: json.loads(copy) for name, copy in found}


def rows(folder, sql):
    with sqlite3.connect(folder / "backup-plan.sqlite3") as database:
        return database.execute(sql).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of one demo, what it said, and its document: made once, also where two processes share the tests."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, said = shared / "demo" / "var", shared / "demo" / "said.txt"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            done = demo(folder)
            assert done.returncode == 0, done.stderr
            said.write_text(done.stdout, encoding="utf-8")
    document = json.loads((folder / "demo-output" / "demo.json").read_text(encoding="utf-8"))
    return folder, said.read_text(encoding="utf-8"), document


def test_it_makes_one_patient_for_each_state_and_the_three_examples(made):
    _folder, _told, document = made

    patients = {one["name"]: one["state"] for one in document["patients"]}
    assert {"Izabel", "Jan", "Georgette"} <= {name.split()[0] for name in patients}
    assert set(patients.values()) == {
        *("invited", "half-filled-in", "blocked-now", "blocked", "hold", "passed", "cleared", "referred"),
        *("planned", "visit-4"),
    }


def test_every_patient_stands_in_the_database_where_demo_json_says(made):
    folder, _told, document = made
    found = dict(
        rows(
            folder,
            "SELECT p.given_name || ' ' || p.family_name, s.state FROM intake_patient p "
            "JOIN intake_intake i ON i.patient_id = p.id LEFT JOIN intake_screening s ON s.intake_id = i.id",
        )
    )

    told = {one["name"]: one["state"] for one in document["patients"]}
    meant = {"invited": None, "half-filled-in": "incomplete", "planned": "passed", "visit-4": "passed"}
    assert found == {name: meant.get(state, state) for name, state in told.items()}


def test_demo_json_has_exactly_the_shape_that_was_promised(made):
    _folder, _told, document = made

    assert set(document) == {"url", "staff", "patients"}
    assert document["url"] == "http://127.0.0.1:8000"
    assert all(set(one) == {"email", "password", "role", "totp_secret"} for one in document["staff"])
    assert {one["role"] for one in document["staff"]} == {"owner", "practitioner", "desk"}
    assert all(set(one) == {"name", "birth_date", "state", "link"} for one in document["patients"])
    assert all(len(one["birth_date"].split("-")[0]) == 4 for one in document["patients"])
    ended = {one["state"] for one in document["patients"] if not one["link"]}
    assert ended == {"planned", "passed", "visit-4"}
    links = [one["link"] for one in document["patients"] if one["link"]]
    assert len(set(links)) == len(links)
    assert all(link.startswith("http://127.0.0.1:8000/l/") for link in links)


def test_it_prints_the_address_the_logins_and_the_links(made):
    _folder, told, document = made

    for one in document["staff"]:
        assert one["email"] in told
        assert one["password"] in told
    for one in document["patients"]:
        assert one["name"] in told
        assert one["birth_date"] in told
        assert (one["link"] or "–") in told
    assert document["url"] in told


def test_a_second_run_makes_nothing_anew(made):
    folder, _told, document = made
    before = rows(folder, "SELECT id, code, token_hash FROM intake_invitation")

    again = demo(folder, "--port", "8123")

    assert again.returncode == 0, again.stderr
    assert "Making" not in again.stderr
    assert rows(folder, "SELECT id, code, token_hash FROM intake_invitation") == before
    told = json.loads((folder / "demo-output" / "demo.json").read_text(encoding="utf-8"))
    assert told["url"] == "http://127.0.0.1:8123"
    assert [(one["link"] or "").replace("8123", "8000") for one in told["patients"]] == [
        one["link"] or "" for one in document["patients"]
    ]


# Clinical-brief A10: these glasses, and no other.
CIRCLED = {
    "Izabel": {"sitting", "stress", "poor-sleep"},
    "Jan": {"sitting", "weight-food"},
    "Georgette": {"social-net"},
}


@pytest.mark.parametrize("name", CIRCLED)
def test_the_plan_of_an_example_patient_names_their_glasses_and_no_other(made, name):
    folder, _told, _document = made
    pdf = (folder / "demo-output" / f"{name}-plan.pdf").read_bytes()
    words = " ".join(" ".join(reading.pages(pdf)).split())

    named = {key for key, glass in glasses().items() if glass.name.nl in words}
    labelled = {key for key, glass in glasses().items() if re.search(rf"\b{glass.label.nl}\b", words)}
    assert named == CIRCLED[name]
    assert labelled <= CIRCLED[name]


def test_the_three_plans_are_for_three_people(made):
    folder, _told, _document = made
    copies = released(folder)

    assert [(glass["key"], glass["size"]) for glass in copies["Izabel"]["glasses"]] == [
        ("sitting", "medium"),
        ("poor-sleep", "medium"),
        ("stress", "giant"),
    ]
    assert [glass["compensated"] for glass in copies["Izabel"]["glasses"]] == [True, False, False]
    assert [one["key"] for one in copies["Georgette"]["conditions"]] == ["arthrosis"]
    # Relaxing helps Jan hardly (clinical-brief A10): his plan begins with moving.
    assert copies["Jan"]["exercises"][0]["key"] == "walk"
    assert not {"r1", "r2", "r3", "y-pmr"} & {one["key"] for one in copies["Jan"]["exercises"]}
    habits = [{habit["do"] for habit in copies[name]["habits"]} for name in CIRCLED]
    assert not (habits[0] & habits[1] or habits[1] & habits[2] or habits[0] & habits[2])


def test_the_same_answers_typed_in_another_practice_give_the_same_plan(made, db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    folder, _told, _document = made
    practice = Practice.objects.create(name="Rugpunt Gent", phone="09 123 45 67")
    for email, role in (("lies@rugpunt.example", "desk"), ("tom@rugpunt.example", "practitioner")):
        user = User.objects.create_user(email, email.partition("@")[0].title(), PASSWORD)
        Membership.objects.create(practice=practice, user=user, role=role)
    person = replace(next(one for one in PEOPLE if one.given_name == "Izabel"), given_name="Zoë", email="")
    link = filling.make_patient(filling.staff("lies@rugpunt.example"), person, user.pk)
    by_glasses.recognise(*filling.fill_in(link, person), "Izabel")
    release = by_glasses.compose(filling.staff(user.email), Intake.objects.get(), "Izabel")

    here, there = release.copy, released(folder)["Izabel"]
    own = {"given_name", "full_name", "practice", "phone", "out_of_hours", "made_by", "link"}
    assert {key for key in here if here[key] != there[key]} == own


def test_a_released_plan_is_printed_by_its_code_and_in_the_demo_by_a_first_name(made):
    folder, _told, _document = made
    code = rows(
        folder,
        "SELECT p.code FROM plans_plan p JOIN intake_intake i ON p.intake_id = i.id "
        "JOIN intake_patient q ON i.patient_id = q.id WHERE q.given_name = 'Jan'",
    )[0][0]
    known = (folder / "demo-output" / "Jan-plan.pdf").read_bytes()

    for plan in (code, "jan"):
        output = folder / "again.pdf"
        done = command(folder, "print", plan, "--output", str(output))
        assert done.returncode == 0, done.stderr
        assert output.read_bytes() == known


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ("nobody", "PLAN is a code like"),
        ("123e4567-e89b-12d3-a456-426614174000", "No plan has this code."),
    ],
)
def test_what_cannot_be_printed_is_said(made, plan, sentence):
    folder, _told, _document = made
    done = command(folder, "print", plan, "--output", str(folder / "none.pdf"))

    assert done.returncode == 1
    assert sentence in done.stderr
    assert not (folder / "none.pdf").exists()


def test_a_plan_is_not_printed_while_the_gate_is_closed(made):
    folder, _told, _document = made
    state = (
        "UPDATE intake_screening SET state = '{}' WHERE intake_id = (SELECT i.id FROM intake_intake i JOIN "
    )
    state += "intake_patient q ON i.patient_id = q.id WHERE q.given_name = 'Wim')"
    with sqlite3.connect(folder / "backup-plan.sqlite3") as database:
        database.execute(state.format("blocked"))
    done = command(folder, "print", "Wim", "--output", str(folder / "none.pdf"))
    with sqlite3.connect(folder / "backup-plan.sqlite3") as database:
        database.execute(state.format("passed"))

    assert (done.returncode, (folder / "none.pdf").exists()) == (1, False)
    assert "may not be used" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("--reset",)], ids=["plain", "reset"])
def test_a_database_that_it_did_not_make_is_left_alone(tmp_path, arguments):
    file = tmp_path / "backup-plan.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE patients (name TEXT)")
        database.execute("INSERT INTO patients VALUES ('Echt')")
    before = file.read_bytes()

    refused = demo(tmp_path, *arguments)

    assert refused.returncode == 1
    assert "was not made by the demo" in refused.stderr
    assert file.read_bytes() == before
    assert not (tmp_path / "demo-output").exists()


@pytest.mark.parametrize("interrupted", [False, True])
def test_a_database_elsewhere_is_left_alone_too(tmp_path, interrupted):
    elsewhere, folder = tmp_path / "practice.sqlite3", tmp_path / "var"
    folder.mkdir()
    if interrupted:
        (folder / "demo-begun").touch()
    with sqlite3.connect(elsewhere) as database:
        database.execute("CREATE TABLE patients (name TEXT)")
    before = elsewhere.read_bytes()

    refused = demo(folder, DATABASE_URL=f"sqlite:///{elsewhere}")

    assert refused.returncode == 1
    assert "leaves it alone" in refused.stderr
    assert elsewhere.read_bytes() == before


def test_without_the_demo_setting_it_refuses(tmp_path):
    with pytest.raises(CommandError):
        call_command("demo", "--no-serve")
    refused = demo(tmp_path, DEMO="0")

    assert refused.returncode == 1
    assert list(tmp_path.glob("*.sqlite3")) == []
