import GRDB

/// The tables of a case file. Migrations are named and never edited; a change is a new one at the end.
///
/// What is new goes beside the table `attempt`, never into it: its columns are what the hash of every attempt is computed from.
///
/// - A fact that must be signed is a record of the log: a case of `LogRecord.Kind`, a method in `CaseStore+Facts.swift`, and a
///   migration that lets the table `record` take it, as `recordsOfConnections` does. A fact about an answer needs none of these: it
///   is an optional member of `Answer`, whose digest is in the record of its attempt.
/// - Anything else is a table of its own, as `in_flight` is, with an extension of `CaseStore` for it.
enum CaseSchema {
  /// `RTRT`: marks a database of SQLite as a case of Retort.
  static let applicationID = 0x5254_5254

  /// The version that this program writes: the number of migrations.
  static let version = 5

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 protocol, plan and attempts") { db in
      try db.execute(sql: protocolAndPlan)
      try db.execute(sql: attempts)
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: "PRAGMA user_version = 1")
    }
    migrator.registerMigration("2 checks of endpoints") { db in
      try db.execute(sql: capabilities)
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    migrator.registerMigration("3 requests in flight") { db in
      try db.execute(sql: inFlight)
      try db.execute(sql: "PRAGMA user_version = 3")
    }
    migrator.registerMigration("4 log of custody") { db in
      try db.execute(sql: custody)
      try db.execute(sql: "PRAGMA user_version = 4")
    }
    migrator.registerMigration("5 connections and clocks in the log") { db in
      try db.execute(sql: recordsOfConnections)
      try db.execute(sql: "PRAGMA user_version = 5")
    }
    return migrator
  }

  private static let protocolAndPlan = """
    -- One row: what the case asks of whom, as canonical JSON, and the SHA-256 of that text.
    CREATE TABLE protocol (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      content TEXT NOT NULL,
      digest BLOB NOT NULL,
      genesis BLOB NOT NULL
    ) STRICT;

    -- Every version of what may change between runs: name, lineage, limits.
    CREATE TABLE circumstances (
      id INTEGER PRIMARY KEY,
      recorded TEXT NOT NULL,
      tool TEXT NOT NULL,
      content TEXT NOT NULL
    ) STRICT;

    -- Bodies and probe sets, each once, by the SHA-256 of its bytes.
    CREATE TABLE blob (
      digest BLOB PRIMARY KEY NOT NULL,
      content BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE probe_set (
      position INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      digest BLOB NOT NULL REFERENCES blob(digest)
    ) STRICT;

    CREATE TABLE plan (
      planned_order INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      probe TEXT NOT NULL,
      sample INTEGER NOT NULL,
      request_seed INTEGER NOT NULL,
      UNIQUE (model, probe, sample)
    ) STRICT;

    -- One row each time that the case is run.
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      started TEXT NOT NULL,
      tool TEXT NOT NULL,
      circumstances INTEGER NOT NULL REFERENCES circumstances(id)
    ) STRICT;
    """

  private static let capabilities = """
    -- One row for each check of what an endpoint does with what it is asked for.
    CREATE TABLE capability (
      id INTEGER PRIMARY KEY,
      model TEXT NOT NULL,
      recorded TEXT NOT NULL,
      tool TEXT NOT NULL,
      findings TEXT NOT NULL
    ) STRICT;

    -- Its requests and responses.
    CREATE TABLE capability_exchange (
      id INTEGER PRIMARY KEY,
      capability INTEGER NOT NULL REFERENCES capability(id),
      name TEXT NOT NULL,
      started TEXT NOT NULL,
      ended TEXT NOT NULL,
      url TEXT NOT NULL,
      request_headers TEXT NOT NULL,
      request BLOB NOT NULL REFERENCES blob(digest),
      status INTEGER,
      response_headers TEXT,
      response BLOB REFERENCES blob(digest),
      redacted INTEGER NOT NULL CHECK (redacted IN (0, 1)),
      problem TEXT,
      charged_tokens INTEGER NOT NULL
    ) STRICT;
    """

  private static let inFlight = """
    -- Requests that were sent and whose attempt is not stored yet. A row that outlives its run is a request whose
    -- response was lost with the program.
    CREATE TABLE in_flight (
      planned_order INTEGER PRIMARY KEY REFERENCES plan(planned_order),
      run INTEGER NOT NULL REFERENCES run(id),
      started TEXT NOT NULL,
      started_ns INTEGER NOT NULL,
      url TEXT NOT NULL,
      request_headers TEXT NOT NULL,
      request BLOB NOT NULL REFERENCES blob(digest)
    ) STRICT;
    """

  private static let attempts = """
    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES run(id),
      planned_order INTEGER NOT NULL REFERENCES plan(planned_order),
      model TEXT NOT NULL,
      probe TEXT NOT NULL,
      sample INTEGER NOT NULL,
      request_seed INTEGER NOT NULL,
      started TEXT NOT NULL,
      ended TEXT NOT NULL,
      started_ns INTEGER NOT NULL,
      first_byte_ns INTEGER,
      ended_ns INTEGER NOT NULL,
      url TEXT NOT NULL,
      request_headers TEXT NOT NULL,
      request BLOB NOT NULL REFERENCES blob(digest),
      status INTEGER,
      response_headers TEXT,
      response BLOB REFERENCES blob(digest),
      redacted INTEGER NOT NULL CHECK (redacted IN (0, 1)),
      outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'empty', 'truncated', 'refused', 'filtered', 'failed')),
      answer TEXT CHECK ((answer IS NULL) = (outcome = 'failed')),
      failure TEXT CHECK ((failure IS NULL) = (outcome <> 'failed')),
      charged_tokens INTEGER NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;

    CREATE INDEX attempt_by_plan ON attempt (planned_order);

    -- At most one answer counts for an item of the plan.
    CREATE UNIQUE INDEX attempt_counted ON attempt (planned_order) WHERE outcome <> 'failed';

    CREATE TRIGGER attempt_is_not_changed BEFORE UPDATE ON attempt
    BEGIN SELECT RAISE(ABORT, 'attempts are never changed'); END;

    CREATE TRIGGER attempt_is_not_deleted BEFORE DELETE ON attempt
    BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;

    CREATE TRIGGER blob_is_not_changed BEFORE UPDATE ON blob
    BEGIN SELECT RAISE(ABORT, 'bodies are never changed'); END;

    CREATE TRIGGER blob_is_not_deleted BEFORE DELETE ON blob
    BEGIN SELECT RAISE(ABORT, 'bodies are never deleted'); END;

    CREATE TRIGGER plan_is_not_changed BEFORE UPDATE ON plan
    BEGIN SELECT RAISE(ABORT, 'a plan is never changed'); END;

    CREATE TRIGGER plan_is_not_deleted BEFORE DELETE ON plan
    BEGIN SELECT RAISE(ABORT, 'a plan is never changed'); END;

    CREATE TRIGGER protocol_is_not_changed BEFORE UPDATE ON protocol
    BEGIN SELECT RAISE(ABORT, 'a protocol is never changed'); END;

    CREATE TRIGGER protocol_is_not_deleted BEFORE DELETE ON protocol
    BEGIN SELECT RAISE(ABORT, 'a protocol is never changed'); END;
    """
  private static let custody = """
    -- The log: one record a line of its own, with its leaf of the Merkle tree. That of an attempt is made from its row.
    CREATE TABLE record (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('protocol', 'circumstances', 'run', 'attempt', 'capability', 'analysis')),
      attempt INTEGER REFERENCES attempt(id),
      content TEXT,
      leaf BLOB NOT NULL,
      CHECK ((kind = 'attempt') = (attempt IS NOT NULL) AND (attempt IS NULL) = (content IS NOT NULL))
    ) STRICT;

    -- What hides a probe in its commitment until it is revealed.
    CREATE TABLE probe_salt (
      position INTEGER PRIMARY KEY,
      probe TEXT NOT NULL UNIQUE,
      salt BLOB NOT NULL
    ) STRICT;

    -- Heads of the log that were signed.
    CREATE TABLE checkpoint (
      id INTEGER PRIMARY KEY,
      size INTEGER NOT NULL,
      key TEXT NOT NULL,
      note TEXT NOT NULL
    ) STRICT;

    CREATE TABLE time_stamp (
      id INTEGER PRIMARY KEY,
      checkpoint INTEGER NOT NULL REFERENCES checkpoint(id),
      authority TEXT NOT NULL,
      request BLOB NOT NULL,
      response BLOB NOT NULL
    ) STRICT;

    -- The same note with the signatures of others under it.
    CREATE TABLE cosigned (
      id INTEGER PRIMARY KEY,
      checkpoint INTEGER NOT NULL REFERENCES checkpoint(id),
      note TEXT NOT NULL
    ) STRICT;

    CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record
    BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END;

    CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record
    BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END;

    CREATE TRIGGER salt_is_not_changed BEFORE UPDATE ON probe_salt
    BEGIN SELECT RAISE(ABORT, 'a commitment is never changed'); END;

    CREATE TRIGGER salt_is_not_deleted BEFORE DELETE ON probe_salt
    BEGIN SELECT RAISE(ABORT, 'a commitment is never changed'); END;

    CREATE TRIGGER checkpoint_is_not_changed BEFORE UPDATE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'what was signed is never changed'); END;

    CREATE TRIGGER checkpoint_is_not_deleted BEFORE DELETE ON checkpoint
    BEGIN SELECT RAISE(ABORT, 'what was signed is never changed'); END;
    """

  /// SQLite cannot widen a check of a table that exists: the records move to a new one, as they are.
  private static let recordsOfConnections = """
    CREATE TABLE record_new (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN
        ('protocol', 'circumstances', 'run', 'attempt', 'capability', 'analysis', 'connection', 'clock')),
      attempt INTEGER REFERENCES attempt(id),
      content TEXT,
      leaf BLOB NOT NULL,
      CHECK ((kind = 'attempt') = (attempt IS NOT NULL) AND (attempt IS NULL) = (content IS NOT NULL))
    ) STRICT;
    INSERT INTO record_new SELECT seq, kind, attempt, content, leaf FROM record;
    DROP TRIGGER record_is_not_changed;
    DROP TRIGGER record_is_not_deleted;
    DROP TABLE record;
    ALTER TABLE record_new RENAME TO record;

    CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record
    BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END;

    CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record
    BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END;
    """
}
