FROM python:3.13-slim
# hadolint ignore=DL3008  # Debian removes the versions that a pin would name
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 pasokh && mkdir /data && chown pasokh /data
WORKDIR /app
COPY --chown=pasokh . .
RUN chown pasokh /app
USER 1000
# The word tables are compiled here once, not at each first start.
RUN PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1 make runtime && rm -rf .uv && .venv/bin/retrieval index --data .tables > /dev/null
ENV PASOKH_DATA=/data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["/bin/sh", "-c", "cp -n .tables/lexicon-* \"$PASOKH_DATA\"; exec .venv/bin/bot telegram"]
