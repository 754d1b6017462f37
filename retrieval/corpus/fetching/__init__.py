"""Feeds and pages of the web → files of the corpus folder, where the index finds them as it finds any other.

    sources.toml ── sources ──→ addresses of feeds and pages
    address ── hosts: may it be asked, and when ── web: one request, over public addresses ──→ reply, or what is wrong
    reply ── saved_page ──→ an HTML file     round: all of it once; memory: what a round leaves to the next

Nothing is asked of the network where there is no `sources.toml`.
"""

from retrieval.corpus.fetching.round import Fetched, fetch_sources

__all__ = ["Fetched", "fetch_sources"]
