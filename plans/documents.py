"""The PDF of a release: made by a job, kept under the data folder, and read back only when its hash still fits."""

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from backup_plan_site.jobs.api import handler
from backup_plan_site.jobs.models import IllegalMove, Job
from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Actor

from .models import Document, Release

KIND = "plan-document"
# A file half written this long ago has no writer any more: its process was killed.
LEFT_BEHIND = 3600  # seconds
DRAFT = ".draft-"


class Damaged(Exception):
    """The file is gone or is not what was made: it must not be handed out."""


@handler(KIND)
def make_document(ids):
    """Make the PDF of one release. Doing it again brings back a lost file; the recorded hash never changes."""
    make(Release.objects.select_related("plan__intake__patient").get(pk=ids["release"]))


def make(release):
    """The Document of `release`, made now when there is none, its file brought back when it is gone or damaged.

    Raises Damaged when what is made today is no longer what was given out then, or cannot be written back.
    """
    document = ready(release)
    if document is not None and _intact(document):
        return document
    from .paper import plan_pdf

    pdf = plan_pdf(release.plan_copy)
    sha256 = hashlib.sha256(pdf).hexdigest()
    if document is not None and document.sha256 != sha256:
        raise Damaged
    name = f"{release.practice_id}/{release.code}.pdf"
    try:
        write(path_of(name), pdf)
    except OSError:
        if document is not None:
            raise Damaged from None
        raise  # The job tries again later.
    return document or _record(release, name, sha256, len(pdf))


def job_key(release):
    """The one job that makes the PDF of `release`."""
    return f"{KIND}:{release.code}"


def order_again(release):
    """Let a job that gave up start again: whoever asks for this paper once more may have mended the cause."""
    job = Job.objects.filter(unique_key=job_key(release), state=Job.State.FAILED).first()
    if job is not None:
        with contextlib.suppress(IllegalMove):  # Somebody else did so at this very moment.
            job.revive(timezone.now())


def is_lost(release):
    """Whether the PDF was made and its file is gone or is not what was made."""
    document = ready(release)
    return document is not None and not _intact(document)


def ready(release):
    """The Document of `release`, or None while it is still to be made. One query."""
    return Document.objects.filter(release=release).first()


def read(document):
    """The PDF's bytes. Raises Damaged when the file is gone or no longer has the recorded hash."""
    try:
        pdf = path_of(document.name).read_bytes()
    except OSError:
        raise Damaged from None
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        raise Damaged
    return pdf


def path_of(name):
    """Where a document lies. Only the server's own user reads there."""
    return Path(settings.DATA_DIR) / "documents" / name


def _intact(document):
    try:
        read(document)
    except Damaged:
        return False
    return True


def write(path, pdf):
    """All of it or nothing: a killed worker leaves no half file under the name, and none beside it for long."""
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=DRAFT)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sweep(folder):
    """Remove what killed workers left half written: nobody would ever ask for it, and it is health data."""
    for draft in folder.glob(f"{DRAFT}*"):
        with contextlib.suppress(OSError):
            if draft.stat().st_mtime < time.time() - LEFT_BEHIND:
                draft.unlink()


@transaction.atomic
def _record(release, name, sha256, size):
    document, created = Document.objects.get_or_create(
        release=release,
        defaults={"practice_id": release.practice_id, "name": name, "sha256": sha256, "size": size},
    )
    if created:
        actor = Actor.system(release.practice_id)
        audit.record(actor, "document.made", document, subject=release.plan.intake.patient.code)
    return document
