"""kill -9 of the whole server at random moments while patients save: what was called saved is there, exactly once."""

import os
import random
import shutil
import time
import uuid
from contextlib import contextmanager

import pytest

from .clients import Client
from .server import SOUND, PostgreSQL, Server, Sqlite, last_event, stored

PATIENTS = 6
KILLS = 25
MANY_KILLS = 200
# The field whose text tells one saving of a page from the next.
TOLD_BY = {"complaint": "own_words", "about": "gp"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An SQLite file with patients, made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("prepared")
    server = Server(folder, Sqlite(folder / "main.sqlite3"))
    links = server.prepare(PATIENTS)
    server.close()
    return folder / "main.sqlite3", links


@pytest.fixture
def sqlite(prepared, tmp_path):
    made, links = prepared
    server = Server(tmp_path, Sqlite(shutil.copy(made, tmp_path / "main.sqlite3")))
    yield server, links
    server.close()


@pytest.fixture
def postgresql(tmp_path):
    import psycopg

    address = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
    name = f"kill_{uuid.uuid4().hex[:12]}"
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=3) as connection:
            connection.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError as error:
        pytest.skip(f"No PostgreSQL at TEST_DATABASE_URL: {error}")
    server = Server(tmp_path, PostgreSQL(f"{address.rpartition('/')[0]}/{name}"))
    yield server, server.prepare(PATIENTS)
    server.close()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_what_was_called_saved_survives_kills(sqlite, request):
    kills = MANY_KILLS if request.config.getoption("--long") else KILLS

    clients, faults = kill_and_check(*sqlite, kills)

    assert not faults, "\n".join(faults[:20])
    assert sum(len(client.saved) for client in clients) > 10 * kills
    assert sum(client.sent_again for client in clients) >= kills, "hardly any kill hit somebody"


@pytest.mark.long
def test_what_was_called_saved_survives_kills_on_postgresql(postgresql):
    clients, faults = kill_and_check(*postgresql, MANY_KILLS)

    assert not faults, "\n".join(faults[:20])
    assert sum(client.sent_again for client in clients) >= MANY_KILLS


def test_the_check_sees_an_answer_before_the_commit(sqlite):
    _clients, faults = kill_and_check(*sqlite, 3, "tests.durability.faults:answers_before_commit")

    assert [fault for fault in faults if fault.startswith("lost")]


def test_the_check_sees_forgotten_keys(sqlite):
    _clients, faults = kill_and_check(*sqlite, 2, "tests.durability.faults:forgets_keys")

    assert [fault for fault in faults if fault.startswith("doubled")]


# --- how ----------------------------------------------------------------------------------------


def kill_and_check(server, links, kills, application=SOUND):
    """Kill and start again, looking into the database each time. Returns (clients, sentences about faults)."""
    since, faults = last_event(server.database), []
    chance = random.Random(20261121)
    with saving(server, links) as clients:
        for number in range(1, kills + 1):
            server.start(application)
            wait_for_savings(clients, server)
            time.sleep(chance.uniform(0, 0.3))
            server.kill()
            faults += [f"{fault} (after kill {number})" for fault in check(server.database, clients, since)]
        server.start(application)
        wait_for_savings(clients, server)
    # Everybody has an answer to everything by now, so that nothing may be left over.
    faults += check(server.database, clients, since, everything=True)
    faults += [client.fault for client in clients if client.fault]
    return clients, faults


@contextmanager
def saving(server, links):
    clients = [Client(server.port, link, number) for number, link in enumerate(links, start=1)]
    for client in clients:
        client.start()
    try:
        yield clients
    except BaseException:
        for client in clients:
            client.left_alone.set()
        raise
    for client in clients:
        client.asked_to_stop.set()
    for client in clients:
        client.join(90)


def wait_for_savings(clients, server):
    """Until each client has been told something new: the server is up, and in the middle of its work."""
    before = {client: len(client.saved) for client in clients}
    end = time.monotonic() + 60
    while any(len(client.saved) == before[client] and client.is_alive() for client in clients):
        assert server.process.poll() is None, server.log.read_text()[-3000:]
        assert time.monotonic() < end, server.log.read_text()[-3000:]
        time.sleep(0.01)


def check(database, clients, since, *, everything=False):
    """A sentence for each form that was called saved and is not there once, and for what nobody sent."""
    told = [form for client in clients for form in tuple(client.saved)]
    now = stored(database, since)
    faults = [f"damaged: {line}" for line in database.damage()]
    for form in told:
        for text in form.texts:
            count = now.texts[text]
            if count != 1:
                faults.append(f"{'doubled' if count else 'lost'}: {text[1]!r} stands there {count} times")
        if now.keys[form.key] != 1:
            faults.append(f"lost: the key of {form.texts} stands there {now.keys[form.key]} times")
    for page, name in TOLD_BY.items():
        texts = sum(count for (key, _text), count in now.texts.items() if key == name)
        if now.saved[page] != texts:
            what = "doubled" if now.saved[page] > texts else "lost"
            faults.append(f"{what}: {now.saved[page]} audit events tell of {texts} savings of {page}")
    halves = {text.partition(" ")[2] for key, text in now.texts if key == "own_words"}
    if halves != {text.partition(" ")[2] for key, text in now.texts if key == "cannot_do"}:
        faults.append("half: a page was saved in part")
    if everything and set(now.texts) != {text for form in told for text in form.texts}:
        faults.append("left over: a text stands there that nobody was told about")
    return faults
