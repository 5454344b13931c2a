import GRDB

/// The tables.
enum RegistrySchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE record (
            id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL,
            size INTEGER NOT NULL, date TEXT NOT NULL, added TEXT NOT NULL, path TEXT, stored INTEGER NOT NULL, model TEXT, dataset TEXT,
            contents TEXT NOT NULL);
          CREATE INDEX record_kind ON record (kind);
          CREATE INDEX record_model ON record (model);
          CREATE INDEX record_dataset ON record (dataset);
          CREATE INDEX record_name ON record (name);
          CREATE TABLE measure (
            record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE, key TEXT NOT NULL, point INTEGER NOT NULL, value REAL NOT NULL,
            PRIMARY KEY (record, key, point)) WITHOUT ROWID;
          CREATE INDEX measure_value ON measure (key, value);
          CREATE TABLE rate (
            bpp REAL NOT NULL, psnr REAL NOT NULL, record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE, point INTEGER NOT NULL,
            PRIMARY KEY (bpp, psnr, record, point)) WITHOUT ROWID;
          CREATE INDEX rate_record ON rate (record);
          CREATE TABLE reference (
            record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE, relation TEXT NOT NULL, target TEXT NOT NULL, point TEXT);
          CREATE INDEX reference_record ON reference (record);
          CREATE INDEX reference_target ON reference (target);
          CREATE TABLE tag (
            record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE, tag TEXT NOT NULL, PRIMARY KEY (record, tag)) WITHOUT ROWID;
          CREATE INDEX tag_tag ON tag (tag);
          CREATE VIRTUAL TABLE search USING fts5(name, summary, model, dataset, words, tokenize = "unicode61 tokenchars '_'");
          """)
    }
    return migrator
  }
}
