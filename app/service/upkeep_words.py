"""Jobs of upkeep in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from second_me.app.service import upkeep_jobs
from second_me.app.service.shapes import time_text
from second_me.app.service.upkeep import JobState
from second_me.app.words import tr
from second_me.core.upkeep import Hindrance

Json = dict[str, Any]
_NAMES = {
    upkeep_jobs.READING: tr("Reading what you said"),
    upkeep_jobs.FADING: tr("Letting fade what is not used"),
    upkeep_jobs.CHECKS: tr("Checking that all is whole"),
    upkeep_jobs.GRAINS: tr("Summing up what was said"),
    upkeep_jobs.PURGE: tr("Erasing what was deleted a month ago"),
}
_WAITS = {
    Hindrance.ANSWER: tr("waits for an answer that is being written"),
    Hindrance.REQUEST: tr("waits while you are using Second Me"),
    Hindrance.VECTORS: tr("waits until new memories are ready"),
    Hindrance.PERSON: tr("waits until you pause"),
    Hindrance.BATTERY: tr("waits for mains power"),
    Hindrance.LOAD: tr("waits until the computer has time"),
}


def shape(job: JobState, now: datetime) -> Json:
    """A job of `upkeep.status`."""
    return {
        "job": job.job,
        "text": f"{_NAMES.get(job.job, job.job)}: {_told(job, now)}",
        "state": job.state,
        "last": time_text(job.last),
        "next": time_text(job.next),
        "done": job.done,
        "left": job.left,
    }


def _told(job: JobState, now: datetime) -> str:
    if job.state == "running":
        return tr("going on") if job.left is None else tr("going on, {n} left", n=job.left)
    if job.state == "failed":
        return tr("did not work, is tried again")
    if job.hindrance is not None:
        return _WAITS[job.hindrance]
    return tr("not yet") if job.last is None else ago(job.last, now)


def ago(then: datetime, now: datetime) -> str:
    """When it was, as people say it."""
    days = (now.date() - then.date()).days
    if days <= 0:
        return tr("done today at {time}", time=f"{then:%H:%M}")
    if days == 1:
        return tr("last night") if then.hour >= 18 else tr("yesterday")
    return tr("{n} days ago", n=days)
