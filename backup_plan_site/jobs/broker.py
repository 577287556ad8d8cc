"""Waking the workers. Never holds up or fails whoever asks: a message that is dropped is found by the sweep."""

import logging
import os
import queue
import threading
import time

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger("backup_plan_site.jobs")

TASK = "jobs.run"
TIMEOUT = 2
# For Redis the first two count, for RabbitMQ the last two; the transports pass over what they do not know.
SOCKET_OPTIONS = {
    "socket_timeout": TIMEOUT,
    "socket_connect_timeout": TIMEOUT,
    "read_timeout": TIMEOUT,
    "write_timeout": TIMEOUT,
}


def send(job_ids):
    """Publishes one message per job; blocks for a few time-outs at most and raises what the broker raises."""
    publish(TASK, [(job_id,) for job_id in job_ids])


def publish(task, calls, **options):
    """One message per tuple of arguments, over a connection of its own: an old one may be half dead."""
    # Imported here, and so in the background thread: a web process starts without Celery.
    app = import_string(settings.CELERY_APP)
    transport = {**app.conf.broker_transport_options, **SOCKET_OPTIONS}
    with app.connection_for_write(connect_timeout=TIMEOUT, transport_options=transport) as connection:
        for args in calls:
            app.send_task(task, args=args, connection=connection, retry=False, **options)


class Waker:
    """One daemon thread with a bounded queue between the requests and the broker."""

    def __init__(self, send, *, size=1000, pause=15.0):
        self._send = send
        self._size = size
        self._pause = pause
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def wake(self, job_id):
        """Queues a message and returns at once; drops it when the queue is full or the broker was just dead."""
        if time.monotonic() < self._dead_until:
            return
        try:
            self._queue.put_nowait(job_id)
        except queue.Full:
            return
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jobs-waker", daemon=True)
                self._thread.start()

    def idle(self):
        """Nothing waits and nothing is under way."""
        return self._queue.unfinished_tasks == 0

    def _forget(self):
        # A forked process has the queue and the lock of its parent, but not the thread.
        self._queue = queue.Queue(self._size)
        self._lock = threading.Lock()
        self._thread = None
        self._dead_until = 0.0

    def _work(self):
        while True:
            batch = [self._queue.get()]
            while len(batch) < 100 and not self._queue.empty():
                batch.append(self._queue.get())
            try:
                if time.monotonic() >= self._dead_until:
                    self._send(batch)
            except Exception as error:
                self._dead_until = time.monotonic() + self._pause
                logger.warning(
                    "the broker does not answer (%s); the sweep will send later", type(error).__name__
                )
            finally:
                for _ in batch:
                    self._queue.task_done()


_waker = Waker(send)
wake = _waker.wake
