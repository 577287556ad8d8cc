"""`demo`: it makes every state through the pages, says so in demo.json, and touches no database it did not make."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

ROOT = Path(settings.BASE_DIR)
# The demo writes demo.json beside the project; here beside its database.
RUN = """
import sys
from pathlib import Path
import django
from django.conf import settings
django.setup()
settings.BASE_DIR = Path(sys.argv[1])
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


def rows(folder, sql):
    with sqlite3.connect(folder / "backup-plan.sqlite3") as database:
        return database.execute(sql).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "var"
    done = demo(folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout, json.loads((folder / "demo-output" / "demo.json").read_text(encoding="utf-8"))


def test_it_makes_one_patient_for_each_state_and_the_three_examples(made):
    _folder, _told, document = made

    patients = {one["name"]: one["state"] for one in document["patients"]}
    assert {"Izabel", "Jan", "Georgette"} <= {name.split()[0] for name in patients}
    assert set(patients.values()) == {
        *("invited", "half-filled-in", "blocked-now", "blocked", "hold", "passed", "cleared", "referred")
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
    meant = {"invited": None, "half-filled-in": "incomplete"}
    assert found == {name: meant.get(state, state) for name, state in told.items()}


def test_demo_json_has_exactly_the_shape_that_was_promised(made):
    _folder, _told, document = made

    assert set(document) == {"url", "staff", "patients"}
    assert document["url"] == "http://127.0.0.1:8000"
    assert all(set(one) == {"email", "password", "role", "totp_secret"} for one in document["staff"])
    assert {one["role"] for one in document["staff"]} == {"owner", "practitioner", "desk"}
    assert all(set(one) == {"name", "birth_date", "state", "link"} for one in document["patients"])
    assert all(len(one["birth_date"].split("-")[0]) == 4 for one in document["patients"])
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
        assert one["link"] in told
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
    assert [one["link"].replace("8123", "8000") for one in told["patients"]] == [
        one["link"] for one in document["patients"]
    ]


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
