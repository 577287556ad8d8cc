"""A real worker on each kind of broker, and the end of it in the middle of the work."""

import os

import pytest
import redis

from backup_plan_site.jobs.serving import worker_command
from tests.jobs.conftest import kill, soon


@pytest.fixture(params=["filesystem", "redis"])
def broker(request, worker_id):
    if request.param == "filesystem":
        return "filesystem://"
    return redis_of(worker_id)


def redis_of(worker_id):
    """The address of an empty Redis database that no other test process uses."""
    address = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15")
    if worker_id.startswith("gw"):
        base, _, number = address.rpartition("/")
        address = f"{base}/{int(number) - int(worker_id[2:])}"
    try:
        with redis.Redis.from_url(address, socket_timeout=2, socket_connect_timeout=2) as client:
            client.ping()
            # Only what a worker of this project leaves behind.
            for name in [*client.keys("backup-plan*"), *client.keys("unacked*"), *client.keys("_kombu.*")]:
                client.delete(name)
    except redis.RedisError:
        if os.environ.get("CI"):
            pytest.fail(f"no Redis answers at {address}")
        pytest.skip("no Redis answers; REDIS_URL names another one")
    return address


@pytest.fixture
def worker_id(request):
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def test_what_is_asked_before_and_while_the_worker_runs_is_done_once(house, broker):
    practice = house(broker)
    practice.enqueue("quick", 1, 2, 3)
    practice.start(*worker_command(), "--concurrency", "2")
    assert soon(lambda: len(practice.lines()) == 3), practice.ask("SELECT * FROM jobs_job")
    practice.enqueue("quick", *range(4, 25))

    assert soon(lambda: len(practice.lines()) == 24)
    assert sorted(practice.lines()) == sorted(f"done {n}" for n in range(1, 25))
    assert soon(
        lambda: practice.ask("SELECT DISTINCT state, attempts, error FROM jobs_job") == [("done", 1, "")]
    )


def test_a_worker_killed_in_the_middle_leaves_a_job_that_the_next_one_does_once(house, broker):
    practice = house(broker)
    practice.enqueue("slow", 1)
    first = practice.start(*worker_command(), "--concurrency", "1")
    assert soon(lambda: practice.lines() == ["begun 1"])
    kill(first)
    # As if the lease of a minute had gone by.
    practice.ask("UPDATE jobs_job SET lease_until = '2000-01-01 00:00:00', wake_at = '2000-01-01 00:00:00'")

    practice.start(*worker_command(), "--concurrency", "1")

    assert soon(lambda: practice.ask("SELECT state, attempts FROM jobs_job") == [("done", 2)])
    assert practice.lines() == ["begun 1", "begun 1", "done 1"]
