"""`manage.py screening FILE`: try the red-flag rules on written cases. Reads no database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.cases import CaseError, main


class Command(BaseCommand):
    help = "Screen written cases (JSON, see the screening contract) and print what they raise."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="a JSON file with one case or a list; - reads standard input"
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        try:
            answer = main(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=2) from error
        except CaseError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(answer)
