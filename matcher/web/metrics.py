"""`/metrics` for Prometheus: how much is asked, how fast it is answered, and with which model.

Labels are names of operations, never a path, an id or an account. Several processes write their
numbers into files of the folder that PROMETHEUS_MULTIPROC_DIR names; whichever is asked adds them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from apiflask import APIFlask
from flask import Response, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.samples import Sample

from matcher.actions.pulse import pulse, require_operator
from matcher.errors import MatcherError
from matcher.web.answered import answered
from matcher.web.context import platform, sign_in, viewer
from matcher.web.logs import method, seconds

EXTENSION = "matcher.metrics"
"""Under which an application has its numbers."""
FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_NOWHERE = "none"
_BUCKETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.09, 0.15, 0.3, 0.6, 1, 2.5, 5, 10, 30)
# What a proxy adds. One on this machine would make everybody look as if they were here.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count_answers()
        self._show_process()
        self._version = ""

    def _count_answers(self) -> None:
        self.requests = Counter(
            "matcher_requests",
            "Requests that were answered.",
            ["operation", "method", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "matcher_request_seconds",
            "Time from a request to its answer.",
            ["operation"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.degraded = Counter(
            "matcher_degraded_answers",
            "Answers for which something couldn't be used.",
            ["why"],
            registry=self.registry,
        )

    def _show_process(self) -> None:
        self.model = Gauge(
            "matcher_model",
            "Processes that answer with this model.",
            ["version"],
            multiprocess_mode="livesum",
            registry=self.registry,
        )
        self.behind = Gauge(
            "matcher_model_behind_changes",
            "Changes of records that the process that was asked doesn't find yet.",
            multiprocess_mode="livemostrecent",
            registry=self.registry,
        )
        self.ready = Gauge(
            "matcher_ready",
            "Whether the process that was asked has a model and a database: 1 or 0.",
            multiprocess_mode="livemostrecent",
            registry=self.registry,
        )

    def note_request(self, operation: str, seconds: float | None, status: int) -> None:
        """Count an answer."""
        self.requests.labels(operation, method(), str(status)).inc()
        if seconds is not None:
            self.seconds.labels(operation).observe(seconds)

    def note_model(self, version: str) -> None:
        """The model that this process answers with now."""
        if version != self._version:
            if self._version:
                self.model.labels(self._version).set(0)
            self.model.labels(version).set(1)
            self._version = version

    def note_degraded(self, reasons: Sequence[str]) -> None:
        """Count what couldn't be used for an answer."""
        for why in reasons:
            self.degraded.labels(why).inc()

    def note_pulse(self) -> None:
        """How the process is now; without a model or a database it isn't ready."""
        try:
            found = pulse(platform())
        except MatcherError:
            self.ready.set(0)
            return
        self.note_model(found.model_version)
        self.behind.set(found.behind)
        self.ready.set(1)

    def text(self) -> bytes:
        """All numbers as Prometheus reads them; those of all processes where there are several."""
        return generate_latest(self._whole())

    def samples(self, name: str) -> list[Sample]:
        """The numbers of one of the metrics, as they are now."""
        found = [one for one in self._whole().collect() if one.name == name]
        return [sample for one in found for sample in one.samples]

    def _whole(self) -> CollectorRegistry:
        if not os.environ.get(FOLDER_VARIABLE):
            return self.registry
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return registry


def add_metrics(app: APIFlask) -> None:
    """Count the requests of the application, and answer /metrics.

    Who asks from this machine, not by a proxy, needs no token; anybody else needs that of an
    admin of the root.
    """
    metrics = Metrics()
    app.extensions[EXTENSION] = metrics

    @app.after_request
    def over(response: Response) -> Response:
        _note(metrics, response.status_code)
        return response

    @app.get("/metrics", endpoint="metrics")
    @app.doc(hide=True)
    def told() -> Response:
        if not _is_from_here():
            sign_in()
            require_operator(platform(), viewer())
        metrics.note_pulse()
        return Response(metrics.text(), content_type=CONTENT_TYPE_LATEST)


def _note(metrics: Metrics, status: int) -> None:
    metrics.note_request(request.endpoint or _NOWHERE, seconds(), status)
    if found := answered():
        metrics.note_model(found.model_version)
        metrics.note_degraded(found.degraded)


def _is_from_here() -> bool:
    """Whether somebody at this machine asked for it under this machine's own name."""
    forwarded = any(name in request.headers for name in _FORWARDED)
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
        named = host == "localhost" or ip_address(host).is_loopback
        return named and not forwarded and ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
