extension Schema {
  /// Reservations with the moment they were bought. Those that a store had before count as bought at their start.
  static let reservationsAsBought = """
    DELETE FROM about WHERE "table" = 'commitment';

    ALTER TABLE commitment RENAME TO commitment_004;

    CREATE TABLE commitment (
      -- Reservations that are held.
      id TEXT PRIMARY KEY, -- as its owner calls it
    \(commitmentFigures)
      paid_file TEXT -- the file that says what is paid; NULL likewise
    ) WITHOUT ROWID;

    INSERT INTO commitment
    SELECT id, service, type, count, offer, started, NULL, ended, NULL, zone, engine, paid_upfront_nano_usd,
      paid_hourly_nano_usd, paid_file
    FROM commitment_004;

    DROP TABLE commitment_004;

    """

  private static let commitmentFigures = """
      service TEXT NOT NULL, -- the service it was bought for
      type TEXT NOT NULL, -- instance type
      count INTEGER NOT NULL, -- instances
      offer TEXT NOT NULL, -- class, length and payment
      started INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      bought INTEGER, -- the same, when it was bought before it started, as one that was modified; NULL: at its start
      ended INTEGER, -- the same, when it ended before its term; NULL when it did not
      region TEXT, -- the region it holds in; NULL for the zone's, else for the fleet's
      zone TEXT, -- availability zone of a zonal one; NULL for the region
      engine TEXT, -- what runs on the instances; NULL for what the service runs
      paid_upfront_nano_usd INTEGER, -- USD * 10^9 for each instance; NULL when the price book says what is paid
      paid_hourly_nano_usd INTEGER, -- USD an hour * 10^9 for each instance; NULL likewise
    """

  /// What runs on instances, where an inventory says it. Of those that a store had before nobody did.
  static let inventoryEngines = """
    ALTER TABLE inventory ADD COLUMN
      engine TEXT; -- what runs on the instance; NULL for what the service runs

    ALTER TABLE inventory_word ADD COLUMN
      engine TEXT; -- what runs on the instance; NULL for what the service runs

    """

  /// Whose instances are, where the cloud says it. Of those that a store had before nobody did.
  static let inventoryOwners = ["inventory", "inventory_word"].map { table in
    """
    ALTER TABLE \(table) ADD COLUMN
      account TEXT; -- the provider's number of the account; NULL: not known

    ALTER TABLE \(table) ADD COLUMN
      region TEXT; -- the region, where the zone names none; NULL: not known

    ALTER TABLE \(table) ADD COLUMN
      tags TEXT; -- a line for each tag, sorted: key, tab, value; NULL: none

    """
  }.joined()

  /// By which the last day with samples is found without a look at each series.
  static let chunksByDay = "CREATE INDEX day_chunk_by_day ON day_chunk(key % 65536);"

  /// Whose what is held is, where a file says it. Of what a store had before nobody did.
  static let commitmentOwners = ["commitment", "commitment_word", "savings_plan", "savings_plan_word"].map { table in
    """
    ALTER TABLE \(table) ADD COLUMN
      account TEXT; -- the provider's number of the account it is of; NULL: not known

    """
  }.joined()

  /// What each file brought, so that it can be taken back. Of rows that a store had before no file is known.
  static let fileWords = statedTables + sampleTables

  private static let statedTables = """
    CREATE TABLE kept_since (
      -- From which file on the store keeps what each brought. One row.
      source INTEGER NOT NULL -- the lowest source_file.id of which that is known
    );

    INSERT INTO kept_since(source) SELECT ifnull(max(id), 0) + 1 FROM source_file;

    CREATE TABLE inventory_word (
      -- What each file says of a run; the table inventory has the last word on each.
      service TEXT NOT NULL, -- a service of the fleet
      resource TEXT NOT NULL, -- the instance
      started INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      stopped INTEGER, -- the same; NULL while it runs
      type TEXT NOT NULL, -- instance type
      zone TEXT NOT NULL, -- availability zone
      lifecycle TEXT NOT NULL, -- on-demand or spot
      source INTEGER REFERENCES source_file(id), -- the file; source_file.id; NULL: not known
      turn INTEGER NOT NULL, -- the number of the import that said it, of those of this table
      UNIQUE (service, resource, started, source)
    );

    CREATE INDEX inventory_word_source ON inventory_word (source);

    INSERT INTO inventory_word
    SELECT service, resource, started, stopped, type, zone, lifecycle, NULL, 0 FROM inventory;

    CREATE TABLE commitment_word (
      -- What each file says of a reservation; the table commitment has the last word on each.
      id TEXT NOT NULL, -- as its owner calls it
    \(commitmentFigures)
      paid_file TEXT, -- the file that says what is paid; NULL likewise
      source INTEGER REFERENCES source_file(id), -- the file; source_file.id; NULL: not known
      turn INTEGER NOT NULL, -- the number of the import that said it, of those of this table
      UNIQUE (id, source)
    );

    INSERT INTO commitment_word SELECT *, NULL, 0 FROM commitment;

    CREATE TABLE savings_plan_word (
      -- What each file says of a savings plan; the table savings_plan has the last word on each.
      id TEXT NOT NULL, -- as the provider calls it
      offer TEXT NOT NULL, -- kind, length and payment
      family TEXT, -- instance family it is bound to; NULL for any
      region TEXT, -- region it is bound to; NULL for any
      hourly_nano_usd INTEGER NOT NULL, -- commitment, USD an hour * 10^9
      upfront_nano_usd INTEGER NOT NULL, -- USD * 10^9 paid at the start, of the commitment of the whole term
      started INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      ended INTEGER, -- the same, when it ended before its term; NULL when it did not
      source INTEGER REFERENCES source_file(id), -- the file; source_file.id; NULL: not known
      turn INTEGER NOT NULL, -- the number of the import that said it, of those of this table
      UNIQUE (id, source)
    );

    INSERT INTO savings_plan_word SELECT *, NULL, 0 FROM savings_plan;

    """

  private static let sampleTables = """
    CREATE TABLE sample_days (
      -- Days of a series of which the store had no sample before a file brought some: all that have no row in sample_times.
      source INTEGER NOT NULL REFERENCES source_file(id), -- the file; source_file.id
      series INTEGER NOT NULL, -- series.id
      first_day INTEGER NOT NULL, -- days since 1970-01-01
      last_day INTEGER NOT NULL, -- the same; every day between is one
      PRIMARY KEY (source, series, first_day)
    ) WITHOUT ROWID;

    CREATE TABLE sample_times (
      -- Samples that a file brought to a day of which the store had others.
      key INTEGER NOT NULL, -- day_chunk.key
      source INTEGER NOT NULL REFERENCES source_file(id) DEFERRABLE INITIALLY DEFERRED, -- the file; source_file.id
      instants BLOB NOT NULL, -- seconds after midnight, as runs; layout: Sources/Store/DayTimes.swift
      PRIMARY KEY (key, source)
    ) WITHOUT ROWID;

    CREATE INDEX sample_times_source ON sample_times (source);

    """
}
