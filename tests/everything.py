"""`./run test`: everything that must hold, on both databases, and at the end what was left out.

./run test                    all but what takes minutes
./run test --long             that too
./run test tests/intake -k x  pytest's own arguments; the checks of the code run all the same
"""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import servers

ROOT = Path(__file__).resolve().parents[1]
SUMMARY = re.compile(r"\d+ (passed|failed|error|skipped|deselected|xfailed|no tests ran).* in [\d.:]+")
SKIPPED = re.compile(r"^SKIPPED \[(\d+)\] (.*)$")
NO_TESTS = 5
# Words in a skip's reason that say that another run of the same command does it.
ELSEWHERE = ("--long", "PostgreSQL only", "SQLite only")
# What belongs to the person's own practice has no business here.
FOREIGN = (
    "DATABASE_URL",
    "EMAIL_URL",
    "CELERY_BROKER_URL",
    "DATA_DIR",
    "BASE_URL",
    "DEMO",
    "DJANGO_SETTINGS_MODULE",
)


@dataclass
class Report:
    held: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def note(self, name: str, good: bool, detail: str = "") -> None:
        (self.held if good else self.failed).append(f"{name}{': ' if detail else ''}{detail}")


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    began = time.monotonic()
    report = Report()
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment["DJANGO_SETTINGS_MODULE"] = "backup_plan_site.settings.test"
    check_code(report, environment)
    with contextlib.ExitStack() as stack:
        environment |= stack.enter_context(bring_redis(report))
        bring_tools(report)
        on_sqlite(report, environment, arguments)
        with bring_postgresql(report) as address:
            if address:
                on_postgresql(report, environment | {"TEST_DATABASE_URL": address}, arguments)
    return tell(report, time.monotonic() - began)


def check_code(report: Report, environment: dict[str, str]) -> None:
    """The checks that need no test: form, Django's own, and migrations in step with the models."""
    manage = [sys.executable, "manage.py"]
    for name, command in (
        ("ruff check", [sys.executable, "-m", "ruff", "check"]),
        ("ruff format", [sys.executable, "-m", "ruff", "format", "--check"]),
        ("manage.py check", [*manage, "check"]),
        ("migrations in step", [*manage, "makemigrations", "--check", "--dry-run"]),
    ):
        heading(name)
        report.note(name, subprocess.run(command, env=environment).returncode == 0)


@contextlib.contextmanager
def bring_redis(report: Report) -> Iterator[dict[str, str]]:
    with servers.redis() as address:
        if address:
            yield {"REDIS_URL": address}
            return
        report.left_out.append("jobs over Redis (no redis-server)")
        yield {}


def bring_tools(report: Report) -> None:
    for there, what in (
        (servers.chromium, "tests in a browser (no Chromium)"),
        (servers.poppler, "reading PDFs back (no poppler-utils)"),
        (servers.hunspell, "spelling (no hunspell)"),
        (servers.verapdf, "PDF/UA by veraPDF (no Java, or no JAXB)"),
    ):
        if not there():
            report.left_out.append(what)


@contextlib.contextmanager
def bring_postgresql(report: Report) -> Iterator[str | None]:
    try:
        with servers.postgresql() as address:
            if not address:
                report.left_out.append("the database tests on PostgreSQL (no server, and none could be made)")
            yield address
    except servers.Broken as error:
        report.left_out.append(f"the database tests on PostgreSQL ({error})")
        yield None


def on_sqlite(report: Report, environment: dict[str, str], arguments: list[str]) -> None:
    environment = {name: value for name, value in environment.items() if name != "TEST_DATABASE_URL"}
    pytest(report, "pytest on SQLite", environment, arguments)


def on_postgresql(report: Report, environment: dict[str, str], arguments: list[str]) -> None:
    pytest(report, "pytest on PostgreSQL", environment, ["-m", "database", *arguments])


def pytest(report: Report, name: str, environment: dict[str, str], arguments: list[str]) -> None:
    """Runs pytest, lets its output through and keeps its summary and what it skipped."""
    heading(name)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-rs"]
    summary = "no summary"
    with subprocess.Popen(
        [*command, *arguments], env=environment, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            if SUMMARY.search(line):
                summary = line.strip(" =\n")
            elif (skip := SKIPPED.match(line)) and not any(word in line for word in ELSEWHERE):
                report.left_out.append(f"{skip[1]} skipped on {name.rpartition(' ')[2]}: {skip[2]}")
    # Somebody who asks for a few tests by name need not have named one for each database.
    none_asked = process.returncode == NO_TESTS and bool(arguments)
    report.note(name, process.returncode == 0 or none_asked, summary)


def heading(name: str) -> None:
    print(f"\n== {name}", file=sys.stderr, flush=True)


def tell(report: Report, seconds: float) -> int:
    print(flush=True)
    for line in report.held:
        print(f"held      {line}")
    for line in report.left_out:
        print(f"left out  {line}")
    for line in report.failed:
        print(f"FAILED    {line}")
    if not report.left_out:
        print("left out  nothing")
    strict = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    bad = report.failed or (strict and report.left_out)
    figures = [line for line in (*report.held, *report.failed) if line.startswith("pytest")]
    print(f"{'FAILED' if bad else 'All held'} in {seconds:.0f} s; {'; '.join(figures)}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
