"""Tasks."""

from __future__ import annotations

from . import jobs as jobs_module
from ._runtime.client import AsyncResource, Resource
from ._runtime.renamed import Renamed


class Tasks(Resource):
    """`client.tasks`."""

    get = Renamed("tasks.get", "jobs.get", lambda core: jobs_module.Jobs(core).get)


class AsyncTasks(AsyncResource):
    get = Renamed("tasks.get", "jobs.get", lambda core: jobs_module.AsyncJobs(core).get)
