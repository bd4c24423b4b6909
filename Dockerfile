# The service and the worker in one image; compose.yaml starts both. docs/operations.md tells more.
ARG PYTHON=3.11-slim-bookworm

FROM python:${PYTHON} AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/matcher
WORKDIR /src
COPY setup.cfg pyproject.toml README.md LICENSE service.py ./
COPY data ./data
COPY matcher ./matcher
COPY training ./training
# Without it LightFM is compiled for the processor of this machine, and may not run on another.
ENV LIGHTFM_NO_CFLAGS=1
RUN /opt/matcher/bin/pip install --no-cache-dir --disable-pip-version-check \
    ".[production,postgresql,onnx,remote]"

FROM python:${PYTHON}
# LightFM's loops run on it.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 matcher \
    && useradd --uid 10001 --gid matcher --home-dir /var/lib/matcher --shell /usr/sbin/nologin matcher \
    && install --directory --owner matcher --group matcher --mode 0700 /var/lib/matcher
COPY --from=build /opt/matcher /opt/matcher
ENV PATH=/opt/matcher/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 \
    OMP_WAIT_POLICY=PASSIVE \
    XDG_CACHE_HOME=/var/lib/matcher/cache \
    MATCHER_HOME=/var/lib/matcher \
    MATCHER_LISTEN=0.0.0.0:8000
USER matcher
WORKDIR /var/lib/matcher
VOLUME /var/lib/matcher
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "-c", "python:matcher.web.gunicorn_conf", "service:app"]
