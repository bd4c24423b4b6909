"""Quantiles read off a histogram, by hand."""

from __future__ import annotations

import math

import pytest
from prometheus_client.samples import Sample

from matcher.web.latency import Latency, latencies, together

ONE = Latency("a", ((0.1, 2), (0.2, 6), (math.inf, 8)))


def test_between_the_ends_of_a_bucket_requests_lie_evenly() -> None:
    # The 4th of 8: 2 are below .1, so it's half way through the 4 between .1 and .2.
    assert ONE.quantile(0.5) == pytest.approx(0.15)
    assert ONE.quantile(0.25) == pytest.approx(0.1)
    assert ONE.quantile(0.99) == 0.2
    assert Latency("", ()).quantile(0.5) is None
    assert (ONE.within(0.15), ONE.within(0.2), ONE.within(0.01)) == (2, 6, 0)


def sample(operation: str, bound: str, count: float) -> Sample:
    labels = {"operation": operation, "le": bound}
    return Sample("matcher_request_seconds_bucket", labels, count)


def test_what_machines_ask_is_left_out_and_the_most_used_comes_first() -> None:
    found = latencies(
        [
            *(sample("page.find.show", bound, count) for bound, count in (("0.1", 1), ("+Inf", 1))),
            *(sample("api.search", bound, count) for bound, count in (("+Inf", 3), ("0.1", 2))),
            *(sample(name, "+Inf", 9) for name in ("static", "metrics", "service.healthz")),
            Sample("matcher_request_seconds_count", {"operation": "api.search"}, 3),
        ]
    )
    assert [(one.operation, one.count) for one in found] == [
        ("api.search", 3),
        ("page.find.show", 1),
    ]
    assert together(found).buckets == ((0.1, 3), (math.inf, 4))
    assert together([]).count == 0
