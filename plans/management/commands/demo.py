"""`./run demo`: a practice with invented patients, made through its own pages, and served."""

import json
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from plans.demo.practice import make, released_pdf
from plans.demo.stories import EXAMPLES

MARK = "made-by-demo"


class Command(BaseCommand):
    help = "Makes the demo practice (once) and serves it on 127.0.0.1."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="make it and stop")
        parser.add_argument("--reset", action="store_true", help="throw the demo away and make it anew")

    def handle(self, *, port, no_serve, reset, **options):
        if not settings.DEMO:
            raise CommandError("The demo runs by `./run demo` only: it keeps away from every other database.")
        settings.BASE_URL = os.environ["BASE_URL"] = f"http://127.0.0.1:{port}"
        folder = Path(settings.DATA_DIR)
        if reset or not (folder / MARK).exists():
            self._make(folder, throw_away=reset)
        self._tell(json.loads((folder / MARK).read_text(encoding="utf-8")))
        if not no_serve:
            call_command("serve", port=port)

    def _make(self, folder, *, throw_away):
        database = Path(connection.settings_dict["NAME"])
        if connection.vendor != "sqlite" or database.parent != folder:
            raise CommandError(
                "DATABASE_URL names another database; the demo makes its own and leaves it alone."
            )
        begun = folder / "demo-begun"
        if database.exists() and not (throw_away and (folder / MARK).exists()) and not begun.exists():
            raise CommandError(f"{database} was not made by the demo, so the demo leaves it alone.")
        connection.close()
        (folder / MARK).unlink(missing_ok=True)
        begun.touch()
        for file in folder.glob(f"{database.name}*"):
            file.unlink()
        for name in ("mail", "queue"):
            shutil.rmtree(folder / name, ignore_errors=True)
        self.stderr.write("Making the demo practice …")
        call_command("migrate", verbosity=0)
        # Written last: a demo that was cut off on the way is made anew, never half used.
        (folder / MARK).write_text(json.dumps(make(), ensure_ascii=False, indent=2), encoding="utf-8")
        begun.unlink()

    def _tell(self, made):
        url = settings.BASE_URL
        people = [{**one, "link": one["link"] and url + one["link"]} for one in made["patients"]]
        document = {"url": url, "staff": made["staff"], "patients": people}
        output = settings.DEMO_OUTPUT
        output.mkdir(exist_ok=True)
        (output / "demo.json").write_text(
            json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        for name in EXAMPLES:
            (output / f"{name}-plan.pdf").write_bytes(released_pdf(name))
        self.stdout.write(f"\nBack-Up Plan, demo: {url}\n\nStaff: log in at {url}/staff/login/")
        for one in made["staff"]:
            self.stdout.write(f"  {one['email']:32} {one['password']:24} {one['role']}")
        self.stdout.write(
            f"  (passkeys need a name instead of numbers: {url.replace('127.0.0.1', 'localhost')})"
        )
        self.stdout.write("\nPatients: open the link and type the date of birth")
        for one in people:
            name = f"{one['name']} ({one['birth_date']})"
            self.stdout.write(f"  {name:34} {one['state']:15} {one['link'] or '–'}")
        self.stdout.write(f"\nThe same as a file: {output / 'demo.json'}")
        self.stdout.write(f"Three plans on paper: {output}/{{{','.join(EXAMPLES)}}}-plan.pdf\n")
