"""Celery: the alarm clock of the job table. `celery -A backup_plan_site worker` and `manage.py serve` start it.

Nothing imports this at start-up of a web process; `settings.CELERY_APP` names it for the thread that sends.
"""

import os
import threading
import warnings
from urllib.parse import urlsplit

from celery import Celery
from celery.platforms import SecurityWarning
from celery.signals import setup_logging, worker_process_init, worker_ready, worker_shutting_down
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backup_plan_site.settings.production")

from django.conf import settings

from backup_plan_site.jobs import broker

SWEEP_EVERY = 15.0
# kombu complains about an address without a host, even where a host means nothing.
FOLDER_URL = "filesystem://localhost//"
TRANSPORT_ALIASES["filesystem"] = "backup_plan_site.jobs.folder:Transport"


def transport_options(url, data_dir):
    """What each kind of broker needs; makes the folders of the one that is a folder, for its owner's eyes only."""
    scheme = urlsplit(url).scheme
    if scheme.startswith(("redis", "valkey", "sentinel")):
        # The lease of the job row decides, not this: a message only has to come back some time.
        return {"visibility_timeout": 300, "socket_connect_timeout": broker.TIMEOUT, "socket_keepalive": True}
    if scheme != "filesystem":
        return {}
    folders = {name: data_dir / "queue" / name for name in ("messages", "taken", "control")}
    for folder in (data_dir, data_dir / "queue", *folders.values()):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data_dir / "queue").chmod(0o700)
    return {
        "data_folder_in": str(folders["messages"]),
        "data_folder_out": str(folders["messages"]),
        "taken_folder": str(folders["taken"]),
        "control_folder": str(folders["control"]),
        "polling_interval": 0.05,
    }


# It warns root of code smuggled in as pickle; only JSON is accepted here.
warnings.simplefilter("ignore", SecurityWarning)

app = Celery("backup_plan_site")
app.conf.update(
    broker_url=FOLDER_URL if settings.CELERY_BROKER_URL == "filesystem://" else settings.CELERY_BROKER_URL,
    broker_transport_options=transport_options(settings.CELERY_BROKER_URL, settings.DATA_DIR),
    broker_connection_timeout=broker.TIMEOUT,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    result_backend=None,
    task_ignore_result=True,
    accept_content=["json"],
    task_serializer="json",
    task_default_queue="backup-plan",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    # Below the lease of 60 s: whoever takes a job over knows that the first taker is gone.
    task_soft_time_limit=45,
    task_time_limit=55,
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=500,
    worker_max_memory_per_child=400_000,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    worker_redirect_stdouts=False,
    enable_utc=True,
    timezone="UTC",
)


@app.task(name=broker.TASK)
def run(job_id):
    from backup_plan_site.jobs import api

    _quietly(lambda: api.run(job_id))


@app.task(name="jobs.sweep")
def sweep():
    from backup_plan_site.jobs import api

    _quietly(api.sweep)


def _quietly(work):
    # Celery would log the exception's message, and a database's message quotes rows.
    try:
        work()
    except Exception as error:
        broker.logger.warning("a job could not be taken or settled: %s", type(error).__name__)


@setup_logging.connect
def keep_django_logging(**kwargs):
    """Celery adds handlers of its own, without the mask, unless somebody listens here."""


@worker_process_init.connect
def warm_the_press(**kwargs):
    """The first PDF of a worker need not wait for its libraries."""
    from backup_plan_site import press

    press.warm()


_stopping = threading.Event()


@worker_ready.connect
def start_sweeping(**kwargs):
    """At start and every 15 s a message to the worker itself: sweep. The main process never opens the database."""

    def beat():
        while True:
            try:
                broker.publish("jobs.sweep", [()], expires=SWEEP_EVERY)
            except Exception as error:
                broker.logger.warning("the sweep could not be sent: %s", type(error).__name__)
            if _stopping.wait(SWEEP_EVERY):
                return

    threading.Thread(target=beat, name="jobs-sweep", daemon=True).start()


@worker_shutting_down.connect
def stop_sweeping(**kwargs):
    _stopping.set()
