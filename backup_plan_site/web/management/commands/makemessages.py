"""Django's makemessages with this project's choices, so that the same code always writes the same file."""

import os
import re
import subprocess
from pathlib import Path

from django.core.management.base import CommandError
from django.core.management.commands import makemessages

NOT_OURS = ("var", "demo-output", "node_modules", "static", "staticfiles", "tests", "docs")
CREATED = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


class Command(makemessages.Command):
    # `_l` is how a module that already has `_` calls gettext_lazy.
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_l"]
    help = "Collects the words of templates and code into locale/nl and locale/fr, and compiles what is translated."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(
            locale=["nl", "fr"],
            ignore_patterns=list(NOT_OURS),
            add_location="file",
            no_wrap=True,
            no_obsolete=True,
        )

    def write_po_file(self, potfile, locale):
        """As Django does, without the time of day, and with the compiled file beside it."""
        super().write_po_file(potfile, locale)
        po = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        po.write_text(CREATED.sub("", po.read_text(encoding="utf-8")), encoding="utf-8")
        compiled = po.with_suffix(".mo")
        result = subprocess.run(
            ["msgfmt", "--check-format", "--output-file", os.fspath(compiled), os.fspath(po)],
            capture_output=True,
            text=True,
        )
        if result.returncode:
            raise CommandError(result.stderr)
