"""The tables of the bot's file, as they came to be."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE inbox (
        key INTEGER PRIMARY KEY AUTOINCREMENT, update_id INTEGER UNIQUE, chat INTEGER, body TEXT,
        state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'parked')), reason TEXT, received REAL NOT NULL
    );
    CREATE INDEX inbox_by_state ON inbox (state, key);
    CREATE TABLE chat (
        chat INTEGER NOT NULL, user INTEGER NOT NULL, history TEXT NOT NULL, changed REAL NOT NULL,
        PRIMARY KEY (chat, user)
    ) WITHOUT ROWID;
    CREATE TABLE user (
        user INTEGER PRIMARY KEY, admitted REAL, blocked REAL
    );
    """,
    """
    CREATE TABLE question (
        key INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL, user INTEGER NOT NULL, message INTEGER,
        text TEXT NOT NULL, history TEXT NOT NULL, status TEXT NOT NULL, citations TEXT NOT NULL, replies TEXT NOT NULL,
        asked REAL NOT NULL, UNIQUE (chat, message)
    );
    CREATE INDEX question_by_user ON question (user);
    CREATE TABLE feedback (
        question INTEGER NOT NULL REFERENCES question ON DELETE CASCADE, user INTEGER NOT NULL, verdict TEXT NOT NULL,
        given REAL NOT NULL, PRIMARY KEY (question, user)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE outbox (
        key INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL, forms TEXT NOT NULL, question INTEGER,
        part INTEGER NOT NULL, replaces INTEGER NOT NULL, since REAL NOT NULL, expires REAL NOT NULL,
        not_before REAL NOT NULL, attempts INTEGER NOT NULL
    );
    """,
    """
    CREATE TABLE topic (
        chat INTEGER NOT NULL, thread INTEGER NOT NULL, user INTEGER NOT NULL, history TEXT NOT NULL,
        changed REAL NOT NULL, PRIMARY KEY (chat, thread, user)
    ) WITHOUT ROWID;
    INSERT INTO topic SELECT chat, 0, user, history, changed FROM chat;
    DROP TABLE chat;
    CREATE TABLE reply (
        question INTEGER NOT NULL REFERENCES question ON DELETE CASCADE ON UPDATE CASCADE, part INTEGER NOT NULL,
        chat INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (question, part)
    ) WITHOUT ROWID;
    CREATE INDEX reply_by_message ON reply (chat, message);
    INSERT INTO reply SELECT question.key, shown.key, chat, value FROM question, json_each(replies) AS shown
        WHERE value;
    ALTER TABLE question DROP COLUMN replies;
    ALTER TABLE question ADD COLUMN following TEXT NOT NULL DEFAULT '[]';
    """,
    """
    CREATE TABLE watch (
        key INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL, user INTEGER NOT NULL, thread INTEGER,
        message INTEGER, text TEXT NOT NULL, history TEXT NOT NULL, words TEXT NOT NULL, version TEXT NOT NULL,
        since INTEGER NOT NULL, made REAL NOT NULL
    );
    CREATE INDEX watch_by_user ON watch (user);
    CREATE TABLE told (
        watch INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE, story TEXT NOT NULL, PRIMARY KEY (watch, story)
    ) WITHOUT ROWID;
    CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE move (chat INTEGER PRIMARY KEY, next INTEGER NOT NULL);
    """,
    """
    CREATE TABLE binding (
        collection TEXT NOT NULL, chat INTEGER NOT NULL, thread INTEGER NOT NULL,
        PRIMARY KEY (chat, thread, collection)
    ) WITHOUT ROWID;
    CREATE TABLE invitation (collection TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, made REAL NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE pin (
        key INTEGER PRIMARY KEY AUTOINCREMENT, sense TEXT NOT NULL, question TEXT NOT NULL, words TEXT NOT NULL,
        opened TEXT NOT NULL, made REAL NOT NULL, expires REAL NOT NULL, UNIQUE (sense, opened)
    );
    """,
    """
    CREATE TABLE broadcast (
        key INTEGER PRIMARY KEY, chat INTEGER NOT NULL, text TEXT NOT NULL, last INTEGER NOT NULL,
        sent INTEGER NOT NULL, state TEXT NOT NULL, made REAL NOT NULL
    );
    """,
    """
    CREATE TABLE digest (
        key INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER NOT NULL, user INTEGER NOT NULL, thread INTEGER NOT NULL,
        topic TEXT NOT NULL, days INTEGER NOT NULL, hour INTEGER NOT NULL, since INTEGER NOT NULL, next REAL NOT NULL,
        UNIQUE (chat, user, thread, topic)
    );
    CREATE INDEX digest_by_next ON digest (next);
    """,
    "ALTER TABLE user ADD COLUMN started REAL",
)
"""The steps from each version of the schema to the next. `PRAGMA user_version` counts the steps that a file has had."""
