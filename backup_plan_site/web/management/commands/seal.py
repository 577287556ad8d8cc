"""`./run seal FILE …`: from now on these content files never change; new wording is a new version."""

import tomllib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from backup_plan_site.content import MANIFEST, fingerprint, identity, problems


class Command(BaseCommand):
    help = "Seals content files: writes their sha256 into the manifest beside them. A sealed file never changes again."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)

    def handle(self, *, files, **options):
        for path in files:
            self.seal(path)
            self.stdout.write(f"{path}: sealed")

    def seal(self, path):
        """Write one file into the manifest of its folder. Raises CommandError for a file that is not ready."""
        try:
            identity(path)
            seal = fingerprint(path)
        except (ValueError, OSError) as error:
            raise CommandError(str(error)) from None
        if found := [problem for problem in problems(path.parent) if problem.startswith(f"{path.name}:")]:
            raise CommandError("\n".join(found))
        manifest = path.parent / MANIFEST
        sealed = tomllib.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
        lines = [f'"{name}" = "{one}"' for name, one in sorted({**sealed, path.name: seal}.items())]
        manifest.write_text("\n".join([ABOUT, *lines, ""]), encoding="utf-8")


ABOUT = "# Content files that never change again, each with its sha256 (./run seal). New wording is a new version.\n"
