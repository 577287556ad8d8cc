"""`./run` on machines that are not like this one: with false interpreters, in folders with spaces, twice at once."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What the script may count on. None of them is a Python, and none installs anything.
TOOLS = [
    "cat",
    "chmod",
    "cksum",
    "cp",
    "dirname",
    "env",
    "grep",
    "head",
    "id",
    "mkdir",
    "mv",
    "rm",
    "sh",
    "sleep",
]

NEW_ENOUGH = """#!/bin/sh
# Stands for a Python that runs; tells the test what it was asked.
echo "$0 $*" >>"$ASKED"
case "$*" in
    *"sys.version_info <"*) exit 0 ;;
    *"import ensurepip"*) exit {ensurepip} ;;
    *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *"-m pip --version"*) exit 0 ;;
    *"-m pip install"*) exit "${{PIP_FAILS:-0}}" ;;
    *"--require-hashes"*) exit 1 ;;
    *weasyprint*) exit "${{NO_PANGO:-0}}" ;;
    *"python%d.%d-venv"*) echo python3.12-venv ;;
    manage.py*) echo "manage.py: $* DATA_DIR=${{DATA_DIR-}} DATABASE_URL=${{DATABASE_URL-}} A=${{A-}} B=${{B-}}" ;;
esac
"""
TOO_OLD = "#!/bin/sh\nexit 1\n"
BROKEN_SHIM = "#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n"


class Machine:
    """A folder with the script, a PATH with little in it, and a home."""

    def __init__(self, folder):
        self.house = folder / "a house"
        self.bin = folder / "bin of mine"
        self.home = folder / "home"
        self.asked = folder / "asked"
        for path in (self.house, self.bin, self.home):
            path.mkdir()
        shutil.copy2(ROOT / "run", self.house)
        (self.house / "requirements.lock").write_text("a==1\n")
        (self.house / "requirements-dev.lock").write_text("a==1\nb==1\n")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def has(self, name, text, where=None):
        path = (where or self.bin) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path

    def python(self, name="python3.12", *, ensurepip=True, where=None):
        return self.has(name, NEW_ENOUGH.format(ensurepip=0 if ensurepip else 1), where)

    def start(self, *arguments, cwd="/", **environment):
        self.asked.write_text("")
        surrounding = {"PATH": str(self.bin), "HOME": str(self.home), "ASKED": str(self.asked)}
        return subprocess.Popen(
            [self.house / "run", *arguments],
            cwd=cwd,
            env=surrounding | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments, **environment):
        process = self.start(*arguments, **environment)
        process.out, process.err = process.communicate(timeout=60)
        return process

    def calls(self, part=""):
        return [line for line in self.asked.read_text().splitlines() if part in line]


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_alone_it_says_what_it_can_do_and_installs_nothing(machine):
    ended = machine.run()

    assert ended.returncode == 0
    assert "./run demo" in ended.err
    assert "./run test" in ended.err
    assert ended.out == ""
    assert not (machine.house / ".venv").exists()


def test_without_a_python_one_sentence_says_what_to_install(machine):
    machine.has("python3", TOO_OLD)
    machine.has("python3.13", BROKEN_SHIM)

    ended = machine.run("check")

    assert ended.returncode == 1
    assert "Python 3.12 or newer" in ended.err
    assert len(ended.err.strip().splitlines()) == 1


def test_what_does_not_run_is_passed_over(machine):
    machine.has("python3.14", TOO_OLD)
    machine.has("python3.13", BROKEN_SHIM)
    good = machine.python("python3.12")

    ended = machine.run("check")

    assert ended.returncode == 0, ended.err
    assert "manage.py: manage.py check" in ended.out
    assert machine.calls(f"{good} -I -m venv")


def test_the_newest_that_runs_is_taken(machine):
    machine.python("python3.12")
    machine.python("python3")
    newest = machine.python("python3.13")
    machine.run("check")

    assert machine.calls("-m venv") == [f"{newest} -I -m venv .venv"]


def test_a_python_of_pyenv_is_found_behind_its_broken_shims(machine):
    machine.has("python3.12", BROKEN_SHIM)
    machine.has("python", TOO_OLD, machine.home / ".pyenv/versions/3.9.1/bin")
    good = machine.python("python", where=machine.home / ".pyenv/versions/3.12.1/bin")

    assert machine.run("check").returncode == 0
    assert machine.calls("-m venv") == [f"{good} -I -m venv .venv"]


def test_a_python_that_cannot_make_environments_gives_way_to_one_that_can(machine):
    machine.python("python3.13", ensurepip=False)
    able = machine.python("python3.12")

    assert machine.run("check").returncode == 0
    assert machine.calls("-m venv") == [f"{able} -I -m venv .venv"]


def test_when_none_can_the_one_line_is_printed(machine):
    machine.python("python3.12", ensurepip=False)

    ended = machine.run("check")

    assert ended.returncode == 1
    assert "apt-get install python3.12-venv" in ended.err


def test_the_second_start_asks_no_pip(machine):
    machine.python()
    assert machine.run("check").returncode == 0

    ended = machine.run("check")

    assert ended.returncode == 0
    assert len(machine.calls()) == 1
    assert ended.err == ""


@pytest.mark.parametrize("change", ["lock", "interrupted", "moved"])
def test_what_changed_is_installed_again(machine, change):
    machine.python()
    machine.run("check")
    if change == "lock":
        (machine.house / "requirements.lock").write_text("a==2\n")
    elif change == "interrupted":
        (machine.house / ".venv/requirements.lock.done").unlink()
    else:
        machine.house = machine.house.rename(machine.house.parent / "another house")

    assert machine.run("check").returncode == 0
    assert machine.calls("-m pip install")
    assert not machine.calls("-m venv")


def test_an_environment_whose_python_is_gone_is_made_anew(machine):
    machine.python()
    machine.run("check")
    (machine.house / ".venv/bin/python").unlink()
    (machine.house / ".venv/bin/python").symlink_to("/nowhere/python")

    assert machine.run("check").returncode == 0
    assert machine.calls("-m venv")


def test_a_failed_installation_is_tried_again_next_time(machine):
    machine.python()
    first = machine.run("check", PIP_FAILS="1")
    assert first.returncode == 1
    assert "Start again" in first.err

    second = machine.run("check")

    assert second.returncode == 0
    assert machine.calls("-m pip install")


def test_every_package_is_checked_against_its_hash(machine):
    machine.python()
    machine.run("check")

    assert all("--require-hashes -r requirements.lock" in call for call in machine.calls("-m pip install"))


def test_without_pango_it_says_so_and_goes_on(machine):
    machine.python()

    ended = machine.run("check", NO_PANGO="1")

    assert ended.returncode == 0
    for words in ("apt-get install libpango-1.0-0", "dnf install", "brew install"):
        assert words in ended.err
    assert "Pango" not in machine.run("check").err


def test_two_at_once_make_one_environment(machine):
    machine.python()
    both = [machine.start("check") for _ in range(2)]
    ended = [(process.communicate(timeout=60), process.returncode) for process in both]

    assert [code for _, code in ended] == [0, 0], ended
    assert len(machine.calls("-m venv")) == 1
    assert len(machine.calls("-m pip install")) == 1
    assert not (machine.house / "var/run.lock").exists()


def test_the_lock_of_one_that_was_killed_is_cleared_away(machine):
    machine.python()
    gone = subprocess.Popen(["true"])
    gone.wait()
    lock = machine.house / "var/run.lock"
    lock.mkdir(parents=True)
    (lock / "pid").write_text(f"{gone.pid}\n")

    assert machine.run("check").returncode == 0
    assert not lock.exists()


@pytest.mark.parametrize(
    "environment",
    [
        {"CDPATH": "/usr:/"},
        {"PYTHONPATH": "/nowhere", "PYTHONHOME": "/nowhere"},
        {"VIRTUAL_ENV": "/nowhere", "PIP_REQUIRE_VIRTUALENV": "1", "PIP_TARGET": "/nowhere"},
    ],
)
def test_what_the_shell_is_set_to_leads_nowhere_else(machine, environment):
    machine.has(
        "python3.12", NEW_ENOUGH.format(ensurepip=0) + f'[ -z "${{{next(iter(environment))}-}}" ] || exit 9\n'
    )

    ended = machine.run("check", **environment)

    assert ended.returncode == 0, ended.err
    assert "manage.py: manage.py check" in ended.out


def test_the_demo_hears_of_no_database_of_a_practice(machine):
    machine.python()
    (machine.house / ".env").write_text("DATABASE_URL=postgres://practice\nDATA_DIR=/srv/practice\n")

    ended = machine.run("demo", "--no-serve", DATABASE_URL="postgres://practice")

    assert ended.out.startswith("manage.py: manage.py demo --no-serve ")
    assert "DATABASE_URL= " in ended.out
    assert f"DATA_DIR={machine.house}/var/demo " in ended.out


def test_the_env_file_is_read_as_it_stands_and_evaluates_nothing(machine):
    machine.python()
    (machine.house / ".env").write_text(
        "# a comment\n\nA=$(id) `x` \"q\" a=b\r\nB='quoted words'\nDATA_DIR=/from/file\nno line\n1X=no\n$(x)=y\n"
    )

    ended = machine.run("check", DATA_DIR="/from/environment")

    assert 'A=$(id) `x` "q" a=b B=quoted words' in ended.out
    assert "DATA_DIR=/from/environment" in ended.out
    assert ended.err.count("passed over") == 3


def test_the_development_lock_holds_all_of_the_other_one():
    plain, development = (
        {line.split(" ")[0] for line in (ROOT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert plain <= development


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_index_and_pins_every_package(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "--index" not in text
    packages = [part for part in text.replace("\\\n", " ").splitlines() if part.strip() and part[0] != "#"]
    assert all("==" in part and "--hash=sha256:" in part for part in packages)


@pytest.mark.parametrize("name", ["run", ".ci/run"])
def test_the_scripts_may_be_started_and_stand_the_checker(name):
    assert (ROOT / name).stat().st_mode & stat.S_IXUSR
    if checker := shutil.which("shellcheck"):
        found = subprocess.run([checker, ROOT / name], capture_output=True, text=True)
        assert found.returncode == 0, found.stdout


@pytest.mark.long
@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_a_bare_copy_makes_its_environment_and_starts(tmp_path, version):
    """The real thing, with the network: a copy in a folder with a space, little in the environment."""
    found = next(
        (Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python"), shutil.which(f"python{version}")
    )
    if not found:
        pytest.skip(f"no Python {version} here, and only --long asks for it")
    house = tmp_path / "a house"
    away = shutil.ignore_patterns(".venv", ".git", "var", "demo-output", "*_cache", "__pycache__")
    shutil.copytree(ROOT, house, ignore=away)
    (mine := tmp_path / "bin").mkdir()
    (mine / f"python{version}").symlink_to(found)
    kept = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP", "http"))
    }
    environment = kept | {"PATH": f"{mine}:/usr/bin:/bin", "HOME": os.environ.get("HOME", "/")}

    ended = subprocess.run([house / "run", "check"], env=environment, capture_output=True, text=True, cwd="/")

    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout
