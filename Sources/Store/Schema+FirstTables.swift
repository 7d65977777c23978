extension Schema {
  /// The tables and views of the first release. Comments stay in the file: `.schema` in the sqlite3 client shows them.
  static let firstTables = utilisationTables + inventoryTables + priceTables + views

  private static let utilisationTables = """
    CREATE TABLE about (
      -- What each table and column means, a sentence each. Start here.
      "table" TEXT NOT NULL, -- name of a table or view
      "column" TEXT NOT NULL, -- name of one of its columns; empty for the table as a whole
      sentence TEXT NOT NULL, -- what it means
      PRIMARY KEY ("table", "column")
    ) WITHOUT ROWID;

    CREATE TABLE source_file (
      -- Every file that was imported, once; its identity is its kind, length and checksum.
      id INTEGER PRIMARY KEY, -- in order of import
      kind TEXT NOT NULL, -- utilisation, inventory, commitments, prices or spot
      name TEXT NOT NULL, -- as it was called when it was first imported
      bytes INTEGER NOT NULL, -- length of its content, after inflating
      xxh64 INTEGER NOT NULL, -- XXH64 of its content, after inflating, as a signed number
      rows INTEGER NOT NULL, -- samples or rows it held
      UNIQUE (kind, bytes, xxh64)
    );

    CREATE TABLE series (
      -- A metric of a resource, or of a service as a whole.
      id INTEGER PRIMARY KEY, -- what day_chunk.key is made of
      service TEXT NOT NULL, -- a service of the fleet
      resource TEXT NOT NULL, -- empty for the service as a whole
      metric TEXT NOT NULL, -- the unit is in the name
      UNIQUE (service, resource, metric)
    );

    CREATE TABLE day_chunk (
      -- The samples of a series on a day (UTC), packed without loss.
      key INTEGER PRIMARY KEY, -- series.id * 65536 + days since 1970-01-01
      samples INTEGER NOT NULL, -- how many there are
      blob BLOB NOT NULL -- instants as runs, values packed by bits; layout: Sources/Store/DayChunk.swift
    );

    CREATE TABLE conflict (
      -- Values that an import refused because the instant had another one: a row for each file and series.
      source INTEGER NOT NULL REFERENCES source_file(id), -- the file that brought them; source_file.id
      series INTEGER NOT NULL REFERENCES series(id), -- series.id
      count INTEGER NOT NULL, -- how many samples of the file were refused
      instant INTEGER NOT NULL, -- of the earliest one; seconds since 1970-01-01T00:00:00Z
      kept TEXT NOT NULL, -- the value the store has for that instant
      refused TEXT NOT NULL, -- the value it refused
      PRIMARY KEY (source, series)
    ) WITHOUT ROWID;

    """

  private static let inventoryTables = """
    CREATE TABLE fleet_document (
      -- The fleet file: services, policies, thresholds. One row.
      name TEXT PRIMARY KEY, -- of the fleet
      file TEXT NOT NULL, -- the name errors call it by
      text TEXT NOT NULL -- as it was written
    ) WITHOUT ROWID;

    CREATE TABLE inventory (
      -- Instances and when they ran.
      service TEXT NOT NULL, -- a service of the fleet
      resource TEXT NOT NULL, -- the instance
      started INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      stopped INTEGER, -- the same; NULL while it runs
      type TEXT NOT NULL, -- instance type
      zone TEXT NOT NULL, -- availability zone
      lifecycle TEXT NOT NULL, -- on-demand or spot
      PRIMARY KEY (service, resource, started)
    ) WITHOUT ROWID;

    CREATE TABLE commitment (
      -- Reservations that are held.
      id TEXT PRIMARY KEY, -- as its owner calls it
      service TEXT NOT NULL, -- the service it was bought for
      type TEXT NOT NULL, -- instance type
      count INTEGER NOT NULL, -- instances
      offer TEXT NOT NULL, -- class, length and payment
      started INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      ended INTEGER, -- the same, when it ended before its term; NULL when it did not
      zone TEXT, -- availability zone of a zonal one; NULL for the region
      engine TEXT, -- what runs on the instances; NULL for what the service runs
      paid_upfront_nano_usd INTEGER, -- USD * 10^9 for each instance; NULL when the price book says what is paid
      paid_hourly_nano_usd INTEGER, -- USD an hour * 10^9 for each instance; NULL likewise
      paid_file TEXT -- the file that says what is paid; NULL likewise
    ) WITHOUT ROWID;

    CREATE TABLE savings_plan (
      -- Savings plans that are held.
      id TEXT PRIMARY KEY, -- as the provider calls it
      offer TEXT NOT NULL, -- kind, length and payment
      family TEXT, -- instance family it is bound to; NULL for any
      region TEXT, -- region it is bound to; NULL for any
      hourly_nano_usd INTEGER NOT NULL, -- commitment, USD an hour * 10^9
      upfront_nano_usd INTEGER NOT NULL, -- USD * 10^9 paid at the start, of the commitment of the whole term
      started INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      ended INTEGER -- the same, when it ended before its term; NULL when it did not
    ) WITHOUT ROWID;

    """

  private static let views = """
    CREATE VIEW series_summary AS
      -- What there is of each series.
      SELECT service, resource, metric, count(*) AS days, sum(samples) AS samples,
        date(min(key % 65536) * 86400, 'unixepoch') AS first_day,
        date(max(key % 65536) * 86400, 'unixepoch') AS last_day
      FROM series JOIN day_chunk ON key / 65536 = series.id
      GROUP BY series.id ORDER BY service, resource, metric;

    CREATE VIEW price_in_words AS
      -- Every price as a sentence, with the file and origin it came from.
      SELECT region, type AS item, date(effective_from, 'unixepoch') AS effective_from,
        printf('%s (%s) on demand: $%.9g an hour', type, engine, hourly_nano_usd / 1e9) AS words,
        quality, source.file, source.origin
      FROM on_demand_price JOIN price_source AS source ON source.id = source
      UNION ALL SELECT region, type, date(effective_from, 'unixepoch'),
        printf('%s (%s) reserved, %s %d-year %s: $%.9g upfront and $%.9g an hour', type, engine, class, years,
          payment, upfront_nano_usd / 1e9, hourly_nano_usd / 1e9),
        quality, source.file, source.origin
      FROM reserved_price JOIN price_source AS source ON source.id = source
      UNION ALL SELECT region, type, date(effective_from, 'unixepoch'),
        printf('%s (%s) under the %d-year %s savings plan, %s: $%.9g an hour', type, engine, years, plan, payment,
          hourly_nano_usd / 1e9),
        quality, source.file, source.origin
      FROM savings_plan_rate JOIN price_source AS source ON source.id = source
      UNION ALL SELECT region, type, date(effective_from, 'unixepoch'),
        printf('%s (%s) as spot: %d %% below on demand, %s interrupted in a month', type, engine, savings_percent,
          interruption),
        quality, source.file, source.origin
      FROM spot_estimate JOIN price_source AS source ON source.id = source
      UNION ALL SELECT region, type, datetime(effective_from, 'unixepoch'),
        printf('%s (%s) as spot in %s: $%.9g an hour', type, engine, zone, hourly_nano_usd / 1e9),
        quality, source.file, source.origin
      FROM spot_price JOIN price_source AS source ON source.id = source
      UNION ALL SELECT region, item, date(effective_from, 'unixepoch'),
        printf('%s: $%.9g for %d %s, from %d a month on', item, price_nano_usd / 1e9, per_units, unit, tier_from),
        quality, source.file, source.origin
      FROM unit_price JOIN price_source AS source ON source.id = source;

    """
}
