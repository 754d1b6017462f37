"""State in PostgreSQL, shared by the replicas of a bot.

address ── addresses: what may be shown of it ── connections: one to the server, `?` for a value, errors in one line
connections ── state: a thread that writes, one connection that reads ── schema: migrations, under a lock
connections ── partitions: which chats this replica answers, and what it is told by the others

`addresses` alone can be imported without psycopg, which is optional.
"""
