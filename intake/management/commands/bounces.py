"""Mails that came back later: a delivery status message on standard input, or a folder of them."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from intake import actions
from intake.bounces import returned
from intake.models import Invitation

# Ours are a few kilobytes; who sends more is not one of our mails coming back.
LONGEST = 1_000_000
# What a mail server reads as: keep the message and try again later (EX_TEMPFAIL).
LATER = 75


class Command(BaseCommand):
    help = "Reads mails that came back and shows at the desk whose address is wrong."
    # A mail server starts this for every mail; `manage.py check` says what the checks say.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--maildir",
            type=Path,
            metavar="DIR",
            help="read what is new in this folder, and mark it as seen; without it one mail on standard input",
        )

    def handle(self, *, maildir, **options):
        if maildir and not (maildir / "new").is_dir():
            raise CommandError(f"{maildir} is no Maildir: it has no folder 'new'.")
        try:
            count = read_folder(maildir) if maildir else read(sys.stdin.buffer.read(LONGEST + 1))
        except OperationalError as error:
            raise CommandError("The database does not answer; try again later.", returncode=LATER) from error
        self.stdout.write(f"{int(count)} came back")


def read_folder(folder):
    """How many of the new mails of a Maildir were ours and came back. Each is moved to `cur` once it was read."""
    count = 0
    (folder / "cur").mkdir(exist_ok=True)
    for file in sorted((folder / "new").iterdir()):
        with file.open("rb") as mail:
            count += read(mail.read(LONGEST + 1))
        file.rename(folder / "cur" / f"{file.name}:2,S")
    return count


def read(message):
    """Whether this mail says, for the first time, that one of ours came back for good."""
    code = returned(message) if len(message) <= LONGEST else None
    invitation = code and Invitation.objects.select_related("intake__patient").filter(code=code).first()
    return bool(invitation) and actions.mail_returned(invitation)
