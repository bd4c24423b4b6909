"""How gunicorn runs the service: several processes with threads, each with its model open.

    gunicorn -c python:matcher.web.gunicorn_conf service:app

Address, processes and threads are settings; what is named on gunicorn's command line goes before
them. The main process imports the code, which takes seconds, so that a process that takes the
place of a killed one is ready soon. It makes no application and opens nothing: a child that is
forked after OpenMP ran hangs. Importing `matcher` sets the variables that OpenMP reads.
"""

from __future__ import annotations

import os
import shutil
import sys
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from matcher.errors import UsageError
from matcher.settings import Settings, load_settings

_METRICS = "PROMETHEUS_MULTIPROC_DIR"
_MEMORY = Path("/dev/shm")  # noqa: S108
_READY, _CODE = "/readyz", "matcher.web.app"


def _settings() -> Settings:
    """The settings, or the end of the process with what is wrong with them."""
    try:
        return load_settings()
    except UsageError as error:
        sys.exit(f"Error: {error}")


_given = _settings()

bind = _given.listen
workers = _given.workers
threads = _given.threads
worker_class = "gthread"
preload_app = False
# Opening a model of a million records takes a while, and a process says nothing meanwhile.
timeout = 120
graceful_timeout = 30
# A process takes no more connections than it has threads, and keeps none: those that wait stay
# with the socket that all processes share. Otherwise one of them takes all that come at once and
# queues them, while the others have nothing to do.
worker_connections = threads
keepalive = 0
# The most that can be limited: a search is part of the line.
limit_request_line = 8190
# A heartbeat on a disk that is slow looks like a process that hangs.
worker_tmp_dir = str(_MEMORY) if os.access(_MEMORY, os.W_OK) else None
# It would lie in the home of whoever runs it, and nothing here needs it.
control_socket_disable = True
# The service writes a line for every request itself, without addresses and queries.
accesslog = None
logconfig_dict = {
    "root": {"level": "WARNING", "handlers": ["lines"]},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["lines"], "propagate": False},
        "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
    },
    "handlers": {"lines": {"()": "matcher.web.lines.StandardError"}},
    "formatters": {},
}


def on_starting(_server: Any) -> None:
    """Import the code once for all processes, and make a folder for their numbers."""
    given = os.environ.get(_METRICS)
    if given:
        Path(given).mkdir(parents=True, exist_ok=True)
    folder = mkdtemp(prefix="matcher-metrics-", dir=given or None)
    # prometheus-client reads it when it is imported.
    os.environ[_METRICS] = folder
    import_module(_CODE)


def post_worker_init(worker: Any) -> None:
    """Open the model before anything is accepted. Without one the process answers, not ready."""
    answer = worker.wsgi.test_client().get(_READY)
    ready = answer.status_code == HTTPStatus.OK
    worker.log.info("Worker %s (pid: %s)", "ready" if ready else "has no model", worker.pid)


def child_exit(_server: Any, worker: Any) -> None:
    """Count a process that has ended out of those that have a model open."""
    import_module("prometheus_client.multiprocess").mark_process_dead(worker.pid)


def on_exit(_server: Any) -> None:
    """Remove the folder of the numbers."""
    shutil.rmtree(os.environ[_METRICS], ignore_errors=True)
