FROM python:3.11-slim
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 pasokh && mkdir /data && chown pasokh /data
WORKDIR /app
COPY --chown=pasokh . .
RUN chown pasokh /app
USER pasokh
# The word tables are compiled here once, not at each first start.
RUN make setup && .venv/bin/retrieval index --data .tables > /dev/null
ENV PASOKH_DATA=/data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["/bin/sh", "-c", "cp -n .tables/lexicon-* \"$PASOKH_DATA\"; exec .venv/bin/bot telegram"]
