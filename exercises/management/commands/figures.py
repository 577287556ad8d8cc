"""`./run figures DIR`: every drawn exercise as SVG, and a contact sheet of all of them by section."""

import os
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from exercises import figure, figure_checks, poses
from exercises.library import library

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
# A card on a telephone, and paper: what is legible here is legible there.
CARD = 300
# A small figure is not blown up further than this many pixels per unit.
LARGEST_SCALE = 1.9
COLUMNS = 4


class Command(BaseCommand):
    help = (
        "Writes every figure as SVG, and a contact sheet of all of them as HTML (and PNG, with a Chromium)."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="where the pictures go")
        parser.add_argument("names", metavar="ID", nargs="*", help="only the figures of these exercises")
        parser.add_argument(
            "--grey", action="store_true", help="the sheet as a black and white printer shows it"
        )

    def handle(self, *, folder, names, grey, **options):
        try:
            found = _chosen(poses.figures(), names)
            folder.mkdir(parents=True, exist_ok=True)
            drawn = {name: figure.svg(one, title=name) for name, one in found.items()}
            sizes = {name: _size(svg) for name, svg in drawn.items()}
            for name, one in found.items():
                _write(folder / f"{name}.svg", drawn[name])
                _write(folder / f"{name}.other-side.svg", figure.svg(one, title=name, mirrored=True))
            sheet = folder / "index.html"
            _write(sheet, _sheet(found, sizes, grey=grey))
        except ValueError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{folder} cannot be written: {error.strerror}") from None
        for one in {id(one): one for one in found.values()}.values():
            for fault in figure_checks.faults(one):
                self.stderr.write(fault)
        picture = _picture(sheet, _height(found, sizes))
        self.stderr.write(f"{len(found)} figures; {picture or 'no Chromium here, so no PNG'}; {sheet}")


def _chosen(found, names):
    if strangers := sorted({*names} - found.keys()):
        raise CommandError(f"No figure of {', '.join(strangers)}.")
    return {name: one for name, one in found.items() if not names or name in names}


def _write(path, text):
    path.write_text(text, encoding="utf-8")


def _sheet(found, sizes, *, grey):
    """One page: a heading per section, and under it every figure with its exercise's name."""
    exercises = library()
    inside = ""
    for section, names in _sections(found, exercises).items():
        cards = "".join(_card(name, exercises, sizes[name]) for name in names)
        inside += f"<h2>{escape(section)}</h2><div class=row>{cards}</div>"
    drawn = poses.figures()
    if missing := [name for name in exercises if name not in drawn]:
        inside += f"<p>Not drawn: {escape(', '.join(missing))}.</p>"
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Figures</title><style>"
        f"body{{font:14px sans-serif;margin:16px;background:#fff;{'filter:grayscale(1)' if grey else ''}}}"
        f".row{{display:grid;grid-template-columns:repeat({COLUMNS},{CARD}px);gap:24px;align-items:end}}"
        f"figure{{margin:0}}</style>{inside}</html>"
    )


def _sections(found, exercises):
    """The figures' names by section, in the order of the library; strangers last."""
    groups = {}
    for name in [name for name in exercises if name in found] + sorted(found.keys() - exercises.keys()):
        groups.setdefault(exercises[name].section if name in exercises else "in no section", []).append(name)
    return groups


def _card(name, exercises, size):
    label = exercises[name].name.nl if name in exercises else ""
    wide = min(CARD, LARGEST_SCALE * size[0])
    return (
        f'<figure><img src="{name}.svg" alt="" width="{wide:.0f}">'
        f"<figcaption>{name} {escape(label)}</figcaption></figure>"
    )


def _size(svg):
    return tuple(float(text) for text in re.search(r' width="([\d.]+)" height="([\d.]+)"', svg).groups())


def _height(found, sizes):
    """About how high the sheet becomes, in pixels."""
    high = 60
    for names in _sections(found, library()).values():
        high += 80
        for start in range(0, len(names), COLUMNS):
            row = [sizes[name] for name in names[start : start + COLUMNS]]
            high += 50 + max(tall * min(CARD / wide, LARGEST_SCALE) for wide, tall in row)
    return round(high)


def _picture(sheet, high):
    """The sheet as PNG, drawn by whichever Chromium there is; None without one."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return None
    target = sheet.with_name("sheet.png")
    wide = COLUMNS * (CARD + 24) + 32
    call = [browser, "--headless", *(["--no-sandbox"] if os.geteuid() == 0 else []), "--disable-gpu"]
    call += ["--hide-scrollbars", "--no-first-run", f"--window-size={wide},{high}"]
    call += [f"--screenshot={target.resolve()}", sheet.resolve().as_uri()]
    try:
        subprocess.run(call, check=True, capture_output=True, timeout=120)
    except (subprocess.SubprocessError, OSError):
        return None
    return target
