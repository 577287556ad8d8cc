"""`./run tidy` throws away what has served its purpose, and nothing younger."""

import datetime
import uuid

import pytest
from django.core.management import call_command
from django.utils import timezone

from backup_plan_site.jobs.models import Job
from backup_plan_site.web.models import Once

pytestmark = pytest.mark.django_db


def key(days):
    one = Once.objects.create(key=uuid.uuid4(), owner="user:1", body_hash="0" * 64, location="/")
    Once.objects.filter(pk=one.pk).update(at=timezone.now() - datetime.timedelta(days=days))
    return one


def job(state, days):
    at = timezone.now() - datetime.timedelta(days=days)
    done = at if state == Job.State.DONE else None
    return Job.objects.create(
        kind="x",
        ids={},
        unique_key=uuid.uuid4().hex,
        state=state,
        run_after=at,
        wake_at=at,
        done_at=done,
        created_at=at,
    )


def test_keys_go_after_a_week_and_done_jobs_after_90_days():
    old_key, young_key = key(8), key(6)
    old_job, young_job = job(Job.State.DONE, 91), job(Job.State.DONE, 89)
    waiting = job(Job.State.QUEUED, 400)

    call_command("tidy")

    assert list(Once.objects.all()) == [young_key]
    assert set(Job.objects.all()) == {young_job, waiting}
    assert not Once.objects.filter(pk=old_key.pk).exists()
    assert not Job.objects.filter(pk=old_job.pk).exists()
