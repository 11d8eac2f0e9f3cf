FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/cellule
ENV PATH=/opt/cellule/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock .
RUN pip install --quiet --require-hashes --requirement requirements.lock
COPY . .
RUN pip install --quiet --no-deps --no-build-isolation . \
    && PYTHONOPTIMIZE=2 python -m compileall -q /opt/cellule/lib

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /srv/cellule cellule
COPY --from=build /opt/cellule /opt/cellule
USER 10001
WORKDIR /srv/cellule
RUN mkdir var
# The SQLite database is kept in var/; compose.yaml uses PostgreSQL instead.
VOLUME /srv/cellule/var
ENV PATH=/opt/cellule/bin:$PATH PYTHONUNBUFFERED=1 PYTHONOPTIMIZE=2 HOST=0.0.0.0 PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import os; from urllib.request import urlopen; urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["cellule", "serve"]
