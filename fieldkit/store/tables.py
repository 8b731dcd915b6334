"""The tables of a workspace and the steps from each older version to the next."""

import sqlite3

APPLICATION_ID = 0x464B5431
VERSION = 1

TABLES = """
CREATE TABLE meta(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE writer(wid INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, install BLOB, person BLOB,
    label TEXT);
CREATE TABLE scope(sid INTEGER PRIMARY KEY, uuid BLOB NOT NULL UNIQUE, kind TEXT NOT NULL,
    parent BLOB, private INTEGER NOT NULL DEFAULT 0);
CREATE TABLE op(sid INTEGER NOT NULL, wid INTEGER NOT NULL, seq INTEGER NOT NULL,
    lam INTEGER NOT NULL, wall INTEGER NOT NULL, grp INTEGER NOT NULL, ent BLOB NOT NULL,
    fld TEXT NOT NULL, kind INTEGER NOT NULL, val TEXT, vref BLOB, ctx TEXT NOT NULL, ext TEXT,
    salt BLOB, cmt BLOB, chain BLOB NOT NULL, via INTEGER,
    PRIMARY KEY(sid, wid, seq)) WITHOUT ROWID;
CREATE TABLE longtext(hash BLOB PRIMARY KEY, z BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE seen(sid INTEGER, ent BLOB, fld TEXT, wid INTEGER, upto INTEGER NOT NULL,
    PRIMARY KEY(sid, ent, fld, wid)) WITHOUT ROWID;
CREATE TABLE head(sid INTEGER, ent BLOB, fld TEXT, wid INTEGER, seq INTEGER,
    PRIMARY KEY(sid, ent, fld, wid, seq)) WITHOUT ROWID;
CREATE TABLE have(sid INTEGER, wid INTEGER, lo INTEGER, hi INTEGER NOT NULL, prev BLOB NOT NULL,
    PRIMARY KEY(sid, wid, lo)) WITHOUT ROWID;
CREATE TABLE blob(hash BLOB PRIMARY KEY, size INTEGER NOT NULL, state INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE import_log(id INTEGER PRIMARY KEY, bundle BLOB NOT NULL, sha BLOB NOT NULL,
    at INTEGER NOT NULL, by TEXT, new_ops INTEGER, known_ops INTEGER, differences INTEGER,
    report TEXT, undone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE peer(install BLOB PRIMARY KEY, label TEXT, have TEXT, bundle BLOB, at INTEGER)
    WITHOUT ROWID;
CREATE TABLE sent(sid INTEGER, wid INTEGER, hi INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY(sid, wid)) WITHOUT ROWID;
CREATE TABLE draft(sid INTEGER, ent BLOB, fld TEXT, val TEXT NOT NULL,
    PRIMARY KEY(sid, ent, fld)) WITHOUT ROWID;
CREATE TABLE command(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, label TEXT NOT NULL,
    state INTEGER NOT NULL, ops TEXT NOT NULL, import INTEGER);
CREATE INDEX op_via ON op(via) WHERE via IS NOT NULL;
CREATE INDEX op_register ON op(sid, ent, fld);
CREATE TRIGGER op_is_append_only BEFORE UPDATE ON op
WHEN NEW.sid IS NOT OLD.sid OR NEW.wid IS NOT OLD.wid OR NEW.seq IS NOT OLD.seq
    OR NEW.lam IS NOT OLD.lam OR NEW.wall IS NOT OLD.wall OR NEW.grp IS NOT OLD.grp
    OR NEW.ent IS NOT OLD.ent OR NEW.fld IS NOT OLD.fld OR NEW.kind IS NOT OLD.kind
    OR NEW.ctx IS NOT OLD.ctx OR NEW.ext IS NOT OLD.ext OR NEW.cmt IS NOT OLD.cmt
    OR NEW.chain IS NOT OLD.chain
    OR (OLD.salt IS NOT NULL AND NEW.salt IS NOT NULL
        AND (NEW.val IS NOT OLD.val OR NEW.vref IS NOT OLD.vref OR NEW.salt IS NOT OLD.salt))
    OR (OLD.cmt IS NULL AND (NEW.val IS NOT OLD.val OR NEW.vref IS NOT OLD.vref))
BEGIN SELECT RAISE(ABORT, 'op is append only'); END;
"""


def statements(script: str) -> tuple[str, ...]:
    """Return the statements of a script, without their last semicolon."""
    found: list[str] = []
    held = ""
    for piece in script.split(";"):
        held += piece + ";"
        if sqlite3.complete_statement(held):
            found.append(held.strip().rstrip(";"))
            held = ""
    return tuple(s for s in found if s)


def _named(statement: str) -> tuple[str, str, str]:
    kind, name = statement.replace("(", " ").split()[1:3]
    return kind.lower(), name, statement


EXPECTED = frozenset(_named(s) for s in statements(TABLES))
