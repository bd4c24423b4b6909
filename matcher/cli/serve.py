"""`matcher serve`: answers over HTTP, for one machine; docs/operations.md has it for more."""

from __future__ import annotations

import os
import pkgutil
from socket import AF_INET, AF_INET6, socket
from socket import create_server as bind
from threading import Thread

import click
from flask import Flask

from matcher.cli.listener import Listener
from matcher.cli.place import Place, pass_place
from matcher.errors import UsageError
from matcher.setting_file import CONFIG_VARIABLE

APPLICATION = "service:app"
"""What any server of WSGI is pointed at."""
_LAST_PORT = 65535


@click.command(epilog="Example: matcher serve --listen 127.0.0.1:8080")
@click.option("--listen", help="HOST:PORT; the setting's if none is given.")
@click.option("--threads", type=click.IntRange(1, 64), help="Requests handled at once.")
@pass_place
def serve(place: Place, listen: str | None, threads: int | None) -> None:
    """Answer over HTTP, until Ctrl-C. A request that is under way is finished."""
    settings = place.settings()
    host, _, port = (listen or settings.listen).rpartition(":")
    if not host or not port.isdecimal() or int(port) > _LAST_PORT:
        hint = "Write HOST:PORT, such as 127.0.0.1:8000."
        raise UsageError(f"{listen} is no address.", field="listen", hint=hint)
    bound = _bound(host, int(port))
    application = _application(place)
    listener = Listener(application, bound, threads or settings.threads)

    def begun() -> None:
        click.echo(f"http://{host}:{bound.getsockname()[1]}")
        Thread(target=_ask, args=(application,), daemon=True).start()

    listener.answer(begun)


def _bound(host: str, port: int) -> socket:
    """Raises UsageError where nothing can be answered there."""
    family = AF_INET6 if ":" in host else AF_INET
    try:
        return bind((host.strip("[]"), port), family=family)
    except OSError as error:
        hint = "Give another with --listen HOST:PORT."
        message = f"Nothing can be answered at {host}:{port}: {error.strerror or error}."
        raise UsageError(message, field="listen", hint=hint) from error


def _application(place: Place) -> Flask:
    """It reads the settings of this command from the environment, as under any server."""
    if place.home:
        os.environ["MATCHER_HOME"] = str(place.home.absolute())
    if place.config:
        os.environ[CONFIG_VARIABLE] = str(place.config.absolute())
    found: Flask = pkgutil.resolve_name(APPLICATION)
    return found


def _ask(application: Flask) -> None:
    """Open the model now, so that the first caller needn't wait for it."""
    application.test_client().get("/readyz")
