"""`./run paper-form --language nl --output FILE`: the blank intake on paper, for a pile at the desk."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backup_plan_site.pdf import PdfUnavailable
from backup_plan_site.staff.models import Practice
from plans.paper_intake import intake_pdf


class Command(BaseCommand):
    help = "Writes the blank intake as a PDF to print. No patient stands on it."

    def add_arguments(self, parser):
        parser.add_argument("--language", required=True, choices=dict(settings.LANGUAGES))
        parser.add_argument("--output", metavar="FILE", required=True, type=Path, help="where the PDF goes")
        parser.add_argument(
            "--practice", metavar="NAME", help="whose name and phone stand on it; needed with several"
        )

    def handle(self, *, language, output, practice, **options):
        try:
            pdf = intake_pdf(language, _practice(practice))
        except PdfUnavailable as missing:
            raise CommandError(str(missing)) from None
        try:
            output.write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from None
        self.stderr.write(f"{output}: {len(pdf)} bytes")


def _practice(name):
    """The practice of this name, or the only one; None where there is none yet: the form then says no phone."""
    found = Practice.objects.filter(name__iexact=name) if name else Practice.objects.all()
    if name and not found:
        raise CommandError("No practice has this name.")
    if len(found) > 1:
        raise CommandError("There are several practices: say which with --practice NAME.")
    return found.first()
