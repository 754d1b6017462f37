"""The tables of a store."""

from __future__ import annotations

from retrieval.index import families

SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (path BLOB PRIMARY KEY, size INTEGER NOT NULL, time INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS problem (path BLOB NOT NULL, line INTEGER, reason TEXT NOT NULL, remedy TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS article (
    number INTEGER PRIMARY KEY AUTOINCREMENT, path BLOB NOT NULL, line INTEGER NOT NULL, digest BLOB NOT NULL,
    id TEXT NOT NULL, date TEXT NOT NULL, indexed INTEGER NOT NULL, first INTEGER NOT NULL, sentences INTEGER NOT NULL,
    passages INTEGER NOT NULL, terms INTEGER NOT NULL, content BLOB NOT NULL, sketch BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS article_id ON article (id);
CREATE INDEX IF NOT EXISTS article_place ON article (path, line);
CREATE INDEX IF NOT EXISTS article_date ON article (date DESC, path, line);
CREATE TABLE IF NOT EXISTS title (article INTEGER PRIMARY KEY, terms TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS unit (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, stem TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS unit_stem ON unit (stem);
CREATE TABLE IF NOT EXISTS words (last INTEGER PRIMARY KEY, trie BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS passage (number INTEGER PRIMARY KEY, article INTEGER NOT NULL,
    context TEXT NOT NULL, spans TEXT NOT NULL, record BLOB NOT NULL);
"""
    + families.SCHEMA
)
