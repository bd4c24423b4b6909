"""Styles, scripts and pictures of the pages, all from this server; browsers may keep them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

FOLDER = Path(__file__).with_name("static")
ENDPOINT = "static"
_FOR_GOOD = "public, max-age=31536000, immutable"


def add_assets(app: Flask) -> None:
    """Serve the files, and give templates `static(name)`, whose address changes with the file."""
    digests = {
        path.relative_to(FOLDER).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in FOLDER.rglob("*")
        if path.is_file()
    }

    def static(name: str) -> str:
        return url_for(ENDPOINT, filename=name, v=digests[name])

    def serve(filename: str) -> Response:
        response = send_from_directory(FOLDER, filename)
        if request.args.get("v") == digests.get(filename):
            response.headers["Cache-Control"] = _FOR_GOOD
        return response

    app.add_url_rule("/static/<path:filename>", ENDPOINT, serve)
    app.jinja_env.globals["static"] = static
