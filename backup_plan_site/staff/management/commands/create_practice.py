"""The first practice, or one more: `./run create_practice "De Linde" --owner-email ann@delinde.be …`."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from backup_plan_site.staff import actions
from backup_plan_site.staff.mails import set_password_url
from backup_plan_site.staff.models import Practice


class Command(BaseCommand):
    help = "Creates a practice with its owner and prints the link with which the owner chooses a password."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name that patients know")
        parser.add_argument("--country", default="BE", choices=Practice.Country.values)
        parser.add_argument("--language", default="nl", choices=[code for code, _ in settings.LANGUAGES])
        parser.add_argument("--owner-email", required=True)
        parser.add_argument("--owner-name", required=True)

    def handle(self, *, name, country, language, owner_email, owner_name, **options):
        if Practice.objects.filter(name__iexact=name.strip()).exists():
            raise CommandError(f"A practice called {name.strip()!r} is already there; nothing was created.")
        try:
            practice, owner = actions.create_practice(
                name=name.strip(),
                country=country,
                language=language,
                owner_email=owner_email,
                owner_name=owner_name,
            )
        except ValidationError as error:
            raise CommandError("Nothing was created: " + " ".join(error.messages)) from error
        self.stdout.write(f"{practice.name} is ready; {owner.get_full_name()} is owner and practitioner.")
        if owner.has_usable_password():
            self.stdout.write(f"{owner.email} already has a login and keeps its password.")
        else:
            hours = settings.PASSWORD_RESET_TIMEOUT // 3600
            self.stdout.write(f"Choose a password with this link, once, within {hours} hours:")
            self.stdout.write(set_password_url(owner))
