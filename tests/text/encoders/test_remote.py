"""An endpoint's vectors, and everything an endpoint can get wrong. It runs in a thread."""

import hashlib
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import numpy as np
import pytest

from matcher.errors import EncoderUnavailable, UsageError
from matcher.text.encoders import remote as module
from matcher.text.encoders.remote import (
    KEY_VARIABLE,
    LONGEST_WAIT,
    RemoteEncoder,
    endpoint,
    waiting_time,
)
from tests.text.encoders.encoder_contract import TEXTS, EncoderContract

pytest.importorskip("requests")

DIMENSION = 6
KEY = "not-for-the-log"


def vector_of(text):
    digest = hashlib.sha256(text.encode()).digest()[:DIMENSION]
    return [byte - 127.5 for byte in digest]


def right_answer(texts):
    """Backwards, as the standard lets an endpoint do."""
    data = [{"index": i, "embedding": vector_of(text)} for i, text in enumerate(texts)]
    return 200, {"data": data[::-1]}, {}


class Stub(ThreadingHTTPServer):
    """Answers with what is next in `answers`, and rightly when they are used up."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), StubHandler)
        self.answers = []
        self.requests = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class StubHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, dict(self.headers), body))
        answers = self.server.answers
        status, answer, headers = answers.pop(0) if answers else right_answer(body["input"])
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format, *args):
        """Quiet: a test reads `requests` instead."""


@contextmanager
def running_stub() -> Iterator[Stub]:
    with Stub() as stub:
        thread = Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stub
        stub.shutdown()
        thread.join()


@pytest.fixture
def stub(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with running_stub() as server:
        yield server


@pytest.fixture
def waits():
    """Seconds the encoder would have waited."""
    return []


@pytest.fixture
def encoder(stub, waits):
    return RemoteEncoder(stub.url, "tiny", dimension=DIMENSION, wait=waits.append)


def encode(encoder, *texts):
    return encoder.encode(EncoderContract().documents(texts))


class TestContract(EncoderContract):
    @pytest.fixture
    def open_encoder(self, stub):
        return lambda: RemoteEncoder(stub.url, "tiny", batch=2)


def test_answers_are_ordered_by_index_and_normalised(encoder):
    vectors = encode(encoder, "graphene", "lithium")
    expected = np.array([vector_of("graphene"), vector_of("lithium")])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(vectors, expected, atol=1e-6)


def test_texts_are_sent_in_batches_and_empty_ones_not_at_all(stub):
    encode(RemoteEncoder(stub.url, "tiny", dimension=DIMENSION, batch=2), *TEXTS, " ")
    assert [body["input"] for _, _, body in stub.requests] == [
        [TEXTS[0], TEXTS[1]],
        [TEXTS[3], TEXTS[4]],
        [TEXTS[5]],
    ]
    assert {(path, body["model"]) for path, _, body in stub.requests} == {
        ("/v1/embeddings", "tiny")
    }


def test_the_dimension_is_asked_for_once(stub):
    encoder = RemoteEncoder(stub.url, "tiny")
    assert [encoder.dimension, encoder.dimension] == [DIMENSION, DIMENSION]
    assert len(stub.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_later_or_broken_is_asked_again(stub, encoder, waits, status):
    stub.answers += [(status, b"busy", {}), (status, b"busy", {})]
    assert encode(encoder, "graphene").any()
    assert waits == [0.5, 1.0]


def test_the_endpoint_may_say_how_long_to_wait(stub, encoder, waits):
    stub.answers += [(429, b"", {"Retry-After": "7"}), (429, b"", {"Retry-After": "tomorrow"})]
    assert encode(encoder, "graphene").any()
    assert waits == [7.0, 1.0]


def test_in_the_end_it_gives_up(stub, waits):
    stub.answers += [(500, b"", {})] * 3
    encoder = RemoteEncoder(stub.url, "tiny", dimension=2, retries=2, wait=waits.append)
    with pytest.raises(EncoderUnavailable, match="status 500"):
        encode(encoder, "graphene")
    assert len(stub.requests) == 3
    assert len(waits) == 2


@pytest.mark.parametrize(
    ("status", "hint"),
    [(401, KEY_VARIABLE), (403, KEY_VARIABLE), (404, "'tiny'"), (400, "'tiny'"), (301, "address")],
)
def test_a_refusal_is_not_asked_again(stub, encoder, waits, status, hint):
    stub.answers.append((status, KEY.encode(), {"Location": "/elsewhere"}))
    with pytest.raises(EncoderUnavailable, match=f"status {status}") as refused:
        encode(encoder, "graphene")
    assert hint in refused.value.hint
    assert len(stub.requests) == 1
    assert waits == []


def answer_of(*vectors, indexes=None):
    numbers = range(len(vectors)) if indexes is None else indexes
    data = [{"index": i, "embedding": row} for i, row in zip(numbers, vectors, strict=True)]
    return {"data": data}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"<html>", id="not JSON"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param([], id="a list"),
        pytest.param({}, id="without data"),
        pytest.param({"data": None}, id="null"),
        pytest.param({"data": [{"embedding": [1.0] * DIMENSION}]}, id="without index"),
        pytest.param(answer_of(), id="no vector"),
        pytest.param(answer_of([1.0] * DIMENSION, [1.0] * DIMENSION), id="two vectors"),
        pytest.param(answer_of([1.0] * DIMENSION, indexes=[1]), id="wrong index"),
        pytest.param(answer_of([1.0] * DIMENSION, indexes=["0"]), id="index of letters"),
        pytest.param(answer_of([1.0] * (DIMENSION - 1)), id="wrong length"),
        pytest.param(answer_of([]), id="empty vector"),
        pytest.param(answer_of([float("nan")] * DIMENSION), id="NaN"),
        pytest.param(answer_of([float("inf")] * DIMENSION), id="infinite"),
        pytest.param(answer_of([10**400] * DIMENSION), id="beyond a float"),
        pytest.param(answer_of(["x"] * DIMENSION), id="letters"),
        pytest.param(answer_of([[1.0]] * DIMENSION), id="nested"),
        pytest.param(answer_of([None] * DIMENSION), id="nulls"),
        pytest.param(answer_of("AAAA"), id="base64"),
    ],
)
def test_an_unusable_answer_is_refused(stub, encoder, answer):
    stub.answers.append((200, answer, {}))
    with pytest.raises(EncoderUnavailable, match="answered, but") as refused:
        encode(encoder, "graphene")
    assert "/v1/embeddings" in refused.value.hint


def test_vectors_of_different_lengths_are_refused(stub, encoder):
    stub.answers.append((200, answer_of([1.0] * DIMENSION, [1.0]), {}))
    with pytest.raises(EncoderUnavailable, match="answered, but"):
        encode(encoder, "graphene", "lithium")


def test_a_closed_port_says_so(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(EncoderUnavailable, match="can't be reached") as refused:
            encode(RemoteEncoder(url, "tiny", dimension=2), "graphene")
    assert "runs" in refused.value.hint


def test_an_endpoint_that_never_answers_times_out(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(EncoderUnavailable, match=r"can't be reached \(ReadTimeout\)"):
            encode(RemoteEncoder(url, "tiny", dimension=2, timeout=0.05), "graphene")


def test_the_key_is_sent_and_shown_nowhere_else(stub, caplog):
    caplog.set_level("DEBUG")
    stub.answers.append((401, {"error": {"message": f"Incorrect key: {KEY}"}}, {}))
    encoder = RemoteEncoder(stub.url, "tiny", KEY, dimension=DIMENSION)
    with pytest.raises(EncoderUnavailable) as refused:
        encode(encoder, "graphene")
    assert stub.requests[0][1]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in f"{encoder!r} {refused.value} {encoder.fingerprint} {caplog.text}"


def test_the_key_comes_from_the_environment_and_beats_netrc(stub, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    encode(RemoteEncoder(stub.url, "tiny", dimension=DIMENSION), "graphene")
    assert stub.requests[0][1]["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_none_is_sent(stub, encoder):
    encode(encoder, "graphene")
    assert "Authorization" not in stub.requests[0][1]


def test_the_fingerprint_is_of_address_model_and_dimension():
    def fingerprint(url="http://a", model="m", dimension=2, key=None):
        return RemoteEncoder(url, model, key, dimension).fingerprint

    assert fingerprint() == fingerprint(url="http://a/v1/", key=KEY)
    others = {fingerprint("http://b"), fingerprint(model="n"), fingerprint(dimension=3)}
    assert len(others | {fingerprint()}) == 4


@pytest.mark.parametrize(
    ("url", "full"),
    [
        ("http://h:8080", "http://h:8080/v1/embeddings"),
        ("https://h/", "https://h/v1/embeddings"),
        ("https://h/api/v1", "https://h/api/v1/embeddings"),
        ("https://h/v1/embeddings/", "https://h/v1/embeddings"),
    ],
)
def test_the_address_is_completed(url, full):
    assert endpoint(url) == full


@pytest.mark.parametrize("url", ["h:8080", "ftp://h", "http://", "", "http://[h", "http://h:port"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(UsageError, match="no http address"):
        endpoint(url)


@pytest.mark.parametrize("url", ["http://me:secret@h", "http://h?api-key=secret"])
def test_an_address_with_a_secret_is_refused_without_repeating_it(url):
    with pytest.raises(UsageError) as refused:
        endpoint(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"), [("batch", 0), ("retries", -1), ("timeout", 0), ("dimension", 0)]
)
def test_impossible_settings_are_refused(name, value):
    with pytest.raises(UsageError, match=name):
        RemoteEncoder("http://h", "tiny", **{name: value})


@pytest.mark.parametrize("key", ["密钥", "two\nlines", "with blank"])
def test_a_key_that_cant_be_sent_is_refused_without_repeating_it(key):
    with pytest.raises(UsageError, match="key") as refused:
        RemoteEncoder("http://h", "tiny", key)
    assert key not in str(refused.value)


def test_white_space_around_a_key_is_none_of_it(stub):
    encode(RemoteEncoder(stub.url, "tiny", f" {KEY}\n", DIMENSION), "graphene")
    assert stub.requests[0][1]["Authorization"] == f"Bearer {KEY}"


def test_waiting_doubles_up_to_a_limit():
    assert [waiting_time(attempt, None) for attempt in range(3)] == [0.5, 1.0, 2.0]
    assert waiting_time(0, "3") == 3.0
    assert waiting_time(50, None) == waiting_time(0, "99999") == LONGEST_WAIT


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(module, "INSTALLED", False)
    with pytest.raises(EncoderUnavailable, match=r"tech-matcher\[remote\]"):
        RemoteEncoder("http://h", "tiny")
