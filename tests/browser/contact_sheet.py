"""Every page of a patient on one sheet, to look at. Run by hand:

    python -m tests.browser.contact_sheet OUTDIR [--width 390] [--dark] [--language nl] [--text 100] [--only care]
        [--forced-colors] [--grey] [--paper]

Writes a picture of every page and of all of them together (sheet-1.png, sheet-2.png …) into OUTDIR.
"""

import argparse
import html
import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ON_A_SHEET = 6
# As a browser does whose reader asked for larger letters: everything here is measured in rem.
LARGER = "size => { document.documentElement.style.fontSize = `${size}%`; }"
HEIGHT = "document.documentElement.scrollHeight"
GREY = "document.documentElement.style.filter = 'grayscale(1)'"


def main():
    asked = arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.test")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        walk(asked)
    finally:
        teardown_databases(databases, verbosity=0)


def arguments():
    parser = argparse.ArgumentParser(description="Every page of a patient on one sheet.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--width", type=int, default=390)
    parser.add_argument("--language", default="nl", choices=["nl", "fr", "en"])
    parser.add_argument("--text", type=int, default=100, help="letters as large as this, in per cent")
    parser.add_argument("--only", default="", help="only pages with this in their name")
    for name in ("dark", "forced-colors", "grey", "paper"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args()


def walk(asked):
    from pytest_django.live_server_helper import LiveServer

    from tests.browser.conftest import ARGUMENTS, NAMES, Visitor
    from tests.browser.patient_way import pages
    from tests.cast import build_staff

    server, cast, taken = LiveServer("127.0.0.1"), build_staff(), []
    chromium = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        surroundings = {
            "viewport": {"width": asked.width, "height": 844},
            "color_scheme": "dark" if asked.dark else "light",
            "forced_colors": "active" if asked.forced_colors else "none",
            "timezone_id": "Europe/Brussels",
        }

        def visit(**options):
            return Visitor(browser.new_context(**surroundings, **options), server.url)

        for number, (name, visitor) in enumerate(pages(cast.a, asked.language, visit), start=1):
            if asked.only in name:
                path = asked.folder / f"{number:02}-{name.replace(', ', '-').replace(' ', '-')}.png"
                picture(visitor.page, path, asked)
                taken.append((name, path))
        put_together(browser, asked, taken)
        browser.close()
    server.stop()


def picture(page, path, asked):
    if asked.text != 100:
        page.evaluate(LARGER, asked.text)
    if asked.grey:
        page.evaluate(GREY)
    page.emulate_media(media="print" if asked.paper else "screen")
    # As high as the page is: what sticks to the foot of a screen then stands where it belongs.
    page.set_viewport_size({"width": asked.width, "height": max(844, page.evaluate(HEIGHT))})
    page.screenshot(path=path, animations="disabled", timeout=60_000)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": asked.width, "height": 844})


def put_together(browser, asked, taken):
    """The pictures beside each other, as many on a sheet as one can look at."""
    wide = 300 if asked.width < 700 else 480
    for sheet, start in enumerate(range(0, len(taken), ON_A_SHEET), start=1):
        cells = "".join(
            f'<figure><figcaption>{html.escape(name)}</figcaption><img src="{path.name}" width="{wide}"></figure>'
            for name, path in taken[start : start + ON_A_SHEET]
        )
        page_file = asked.folder / f"sheet-{sheet}.html"
        page_file.write_text(
            "<!doctype html><meta charset='utf-8'><style>body{display:flex;flex-wrap:wrap;gap:12px;margin:12px;"
            "background:#888;font:14px sans-serif}figure{margin:0}img{display:block}</style>" + cells,
            encoding="utf-8",
        )
        page = browser.new_page(viewport={"width": ON_A_SHEET * (wide + 12) + 24, "height": 800})
        page.goto(page_file.resolve().as_uri())
        page.screenshot(path=asked.folder / f"sheet-{sheet}.png", full_page=True)
        page.close()


if __name__ == "__main__":
    main()
