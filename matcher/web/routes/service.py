"""Whether the service is alive and ready, for whoever runs it."""

from __future__ import annotations

from matcher import __version__
from matcher.actions.warming import warm
from matcher.web.answered import note_answered
from matcher.web.context import platform
from matcher.web.models.service import Alive, Ready
from matcher.web.part import part

service = part("service", "Service")


@service.get("/healthz")
@service.output(Alive)
@service.doc(operation_id="alive")
def healthz() -> dict[str, str]:
    """Alive

    It doesn't wait for the database or the model.
    """
    return {"status": "alive", "version": __version__}


@service.get("/readyz")
@service.output(Ready)
@service.doc(operation_id="ready")
def readyz() -> dict[str, object]:
    """Ready: the database answers and a model is open

    503 until then.
    """
    warm(platform())
    serving = platform().live.serving()
    note_answered(serving.version, ())
    return {
        "status": "ready",
        "model_version": serving.version,
        "degraded": list(serving.degraded),
    }
