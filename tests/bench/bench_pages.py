"""Pages against an empty view that passes the same middleware, in process, on a fresh SQLite file."""

import os
import uuid

ROUNDS = 60
PATIENTS = 50


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.test")
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure():
    from django.urls import reverse

    from plans.demo.filling import Hands, fill_in, make_patient
    from plans.demo.people import Person
    from tests.bench.timing import medians, tell
    from tests.cast import build_staff, log_in

    cast = build_staff()
    desk, practitioner = (log_in(Hands(), cast.people[name]) for name in ("desk_a", "practitioner_a"))
    red = {"rf1-weight-loss": "yes", "rf2-foot-drop": "yes", "rf2-foot-drop.new": "no"}
    links = []
    for number in range(PATIENTS):
        person = Person(f"Alma {number}", "Quintelier", "1987-11-23", "", day=0, red=red, stop="belly-skin")
        links.append(make_patient(desk, person, ""))
        if number < 3:
            fill_in(links[-1], person)
    phone = Hands()
    start = phone.send(links[0], birth_date_day="23", birth_date_month="11", birth_date_year="1987")
    intake = start.split("/")[2]
    page = f"{start}safety/hands-neck/"
    answers = {name: "no" for name in ("rf2-clumsy-hands", "rf2-unsteady", "rf2-electric")}

    def get(client, path):
        assert client.get(path).status_code == 200

    def save():
        assert phone.post(page, {"once_key": str(uuid.uuid4()), **answers}).status_code == 302

    variants = {
        "empty view": lambda: get(phone, "/healthz"),
        "link": lambda: get(Hands(), links[-1]),
        "context page": lambda: get(phone, f"{start}pain/"),
        "question page": lambda: get(phone, page),
        "question page, saved": save,
        f"worklist, {PATIENTS} patients": lambda: get(practitioner, reverse("desk:worklist")),
        "review": lambda: get(practitioner, reverse("desk:review", args=[intake])),
    }
    tell(medians(variants, ROUNDS), against="empty view")


if __name__ == "__main__":
    main()
