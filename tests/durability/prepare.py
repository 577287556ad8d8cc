"""Run as a program: makes the tables and patients who stand before the safety questions, and prints their links."""

import json
import os
import sys

BIRTH_DATE = "1979-05-03"


def main(count):
    from django.core.management import call_command

    from backup_plan_site.staff.actors import Actor
    from backup_plan_site.staff.models import Practice
    from intake import actions, tokens
    from intake.models import Intake, Patient
    from plans.demo.filling import fill_in
    from plans.demo.people import Person

    call_command("migrate", verbosity=0)
    practice = Practice.objects.create(name="Praktijk De Linde")
    for number in range(count):
        patient = Patient.objects.create(
            practice=practice, given_name=f"Klaas {number}", family_name="Vaak", birth_date=BIRTH_DATE
        )
        intake = Intake.objects.create(practice=practice, patient=patient)
        invitation = actions.invite(Actor.system(practice.pk), intake, "slip")
        link = f"/l/{tokens.unseal(invitation.sealed_token)}/"
        fill_in(link, Person("Klaas", "Vaak", BIRTH_DATE, "", day=None, stop="beginning"))
        yield link


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.dev")
    django.setup()
    json.dump(list(main(int(sys.argv[1]))), sys.stdout)
