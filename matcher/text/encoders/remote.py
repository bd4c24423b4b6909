"""Vectors from an endpoint that speaks OpenAI's `POST /v1/embeddings` (vLLM, TEI, Ollama, …)."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from matcher.errors import EncoderUnavailable, UsageError
from matcher.text.encoders.protocol import Documents, FloatMatrix
from matcher.text.encoders.vectors import unit_rows

try:
    import requests
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True

KEY_VARIABLE = "MATCHER_ENCODER_KEY"
"""Environment variable with the endpoint's key, where the argument is left out."""
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


class RemoteEncoder:
    """Encodes texts by asking an endpoint; empty texts are not sent and get rows of zeros.

    429 and 5xx are asked again, after 0.5 s, 1 s, 2 s … or as long as the endpoint says.
    """

    def __init__(
        self,
        url: str,
        model: str,
        api_key: str | None = None,
        dimension: int | None = None,
        *,
        batch: int = 64,
        timeout: float = 60.0,
        retries: int = 4,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        """`dimension` None is found by asking once. `timeout` counts seconds without a byte.

        Raises UsageError for an impossible setting and for a URL that isn't one or carries a
        password, EncoderUnavailable without the package requests.
        """
        if not INSTALLED:
            raise EncoderUnavailable(
                "requests is not installed.", hint="Install it: `pip install tech-matcher[remote]`."
            )
        _check_settings(batch=batch, timeout=timeout, retries=retries + 1, dimension=dimension)
        self._endpoint = endpoint(url)
        self._model = model
        self._key = _sendable(api_key or os.environ.get(KEY_VARIABLE, ""))
        self._dimension = dimension
        self._batch, self._timeout, self._retries, self._wait = batch, timeout, retries, wait
        self._session = requests.Session()

    def __repr__(self) -> str:
        return f"RemoteEncoder({self._endpoint!r}, {self._model!r})"

    @property
    def dimension(self) -> int:
        """Length of a vector; asks the endpoint if nobody said and nothing was encoded yet."""
        if self._dimension is None:
            self._dimension = self._ask(["dimension"]).shape[1]
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """SHA-256 over endpoint, model and dimension: the weights themselves can't be seen."""
        what = "\n".join((self._endpoint, self._model, str(self.dimension)))
        return f"remote-{hashlib.sha256(what.encode()).hexdigest()}"

    def encode(self, documents: Documents) -> FloatMatrix:
        """float32[n, dimension] of the texts. Raises EncoderUnavailable if the endpoint fails."""
        rows = [row for row, text in enumerate(documents.texts) if text.strip()]
        vectors = np.zeros((len(documents.texts), self.dimension), np.float32)
        for start in range(0, len(rows), self._batch):
            part = rows[start : start + self._batch]
            vectors[part] = self._ask([documents.texts[row] for row in part])
        return vectors

    def _ask(self, texts: Sequence[str]) -> FloatMatrix:
        answer = self._post({"model": self._model, "input": list(texts)})
        try:
            vectors = read_answer(answer.json(), len(texts))
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise self._unusable(f"not what was expected ({error})") from error
        if self._dimension not in (None, vectors.shape[1]):
            raise self._unusable(f"vectors of {vectors.shape[1]} numbers, not {self._dimension}")
        return unit_rows(vectors)

    def _post(self, body: dict[str, Any]) -> requests.Response:
        """The endpoint's first answer that isn't "later" or "broken"."""
        response = self._post_once(body)
        for attempt in range(self._retries):
            if not _may_pass(response.status_code):
                break
            self._wait(waiting_time(attempt, response.headers.get("Retry-After")))
            response = self._post_once(body)
        self._check_status(response.status_code)
        return response

    def _post_once(self, body: dict[str, Any]) -> requests.Response:
        try:
            return self._session.post(
                self._endpoint,
                json=body,
                auth=self._authorise,
                timeout=self._timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise EncoderUnavailable(
                f"{self._endpoint} can't be reached ({type(error).__name__}).",
                hint="Check the address and that the service runs.",
            ) from error

    def _authorise(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """As a callable, because a plain header gives way to an entry in ~/.netrc."""
        if self._key:
            request.headers["Authorization"] = f"Bearer {self._key}"
        return request

    def _check_status(self, status: int) -> None:
        if status == HTTPStatus.OK:
            return
        hint = "See the log of the service, or try later."
        if status in _REFUSED:
            hint = f"Check the key in the environment variable {KEY_VARIABLE}."
        elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
            hint = f"Check the address and that the service knows the model {self._model!r}."
        raise EncoderUnavailable(f"{self._endpoint} answered with status {status}.", hint=hint)

    def _unusable(self, why: str) -> EncoderUnavailable:
        return EncoderUnavailable(
            f"{self._endpoint} answered, but {why}.",
            hint="Check that it speaks OpenAI's /v1/embeddings and which model it serves.",
        )


def endpoint(url: str) -> str:
    """The full address: `/v1/embeddings`, or what of it is missing, put behind `url`."""
    parts = urlsplit(url) if _is_address(url) else None
    if parts is None:
        raise UsageError("That is no http address.", hint="Write http://HOST:PORT#MODEL.")
    if parts.username is not None or parts.query:
        raise UsageError(
            "The encoder's address carries a password or a query.",
            hint=f"Put the key into the environment variable {KEY_VARIABLE}.",
        )
    path = parts.path.rstrip("/")
    if not path.endswith("/embeddings"):
        path += "/embeddings" if path.endswith("/v1") else "/v1/embeddings"
    return f"{parts.scheme}://{parts.netloc}{path}"


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # A port that isn't one is only found when it is asked for.
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def read_answer(answer: Any, expected: int) -> npt.NDArray[np.float64]:
    """float64[expected, d] in the order of the question.

    Raises ValueError, TypeError, KeyError or OverflowError for what can't be read so.
    """
    items = answer["data"]
    if len(items) != expected:
        raise ValueError(f"{len(items)} vectors for {expected} texts")
    ordered = sorted(items, key=lambda item: item["index"])
    if [item["index"] for item in ordered] != list(range(expected)):
        raise ValueError("vectors with wrong numbers")
    vectors = np.array([item["embedding"] for item in ordered], dtype=np.float64)
    if vectors.ndim != 2 or not vectors.size or not np.isfinite(vectors).all():
        raise ValueError("vectors that aren't lists of finite numbers")
    return vectors


def waiting_time(attempt: int, retry_after: str | None) -> float:
    """Seconds to wait after the given attempt (the first is 0): what was asked for, or double."""
    asked = float(retry_after) if retry_after and retry_after.isdecimal() else 0.0
    return min(max(asked, FIRST_WAIT * 2.0**attempt), LONGEST_WAIT)


def _check_settings(**settings: float | None) -> None:
    for name, value in settings.items():
        if value is not None and value <= 0:
            raise UsageError(f"The encoder's {name} is too small.", hint="Leave it out.")


def _sendable(key: str) -> str:
    key = key.strip()
    if not key or (key.isascii() and key.isprintable() and " " not in key):
        return key
    raise UsageError(
        "The encoder's key holds characters that no key has.",
        hint=f"Look for a typing error in the environment variable {KEY_VARIABLE}.",
    )


def _may_pass(status: int) -> bool:
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
