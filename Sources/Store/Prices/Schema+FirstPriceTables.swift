extension Schema {
  /// Prices of which the source says when they end.
  static let pricesThatEnd = """
    ALTER TABLE unit_price ADD COLUMN
      ended INTEGER; -- from when on it holds no more; seconds since 1970-01-01T00:00:00Z, NULL is not said

    """

  /// How long requests to language models may be.
  static let modelContexts = """
    CREATE TABLE model_context (
      -- How long requests to language models may be.
      model TEXT NOT NULL, -- vendor/model
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      input_tokens INTEGER NOT NULL, -- the most of a prompt
      output_tokens INTEGER, -- the most of an answer; NULL is unknown
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (model, effective_from)
    ) WITHOUT ROWID;

    """

  /// The price book: a row holds from its date until a row of the same key with a later one.
  ///
  /// References to sources are checked at the end of an import, for only those that a row needed are written, at its end.
  static let priceTables = """
    CREATE TABLE price_source (
      -- Where prices come from.
      id INTEGER PRIMARY KEY, -- what the column source of the price tables holds
      file TEXT NOT NULL, -- the price file
      origin TEXT NOT NULL, -- the public file or the command it was taken from
      retrieved INTEGER NOT NULL, -- when; seconds since 1970-01-01T00:00:00Z
      published INTEGER, -- when it says it was published; NULL where its rows say so
      source_file INTEGER REFERENCES source_file(id) -- its content: source_file.id
    );

    CREATE TABLE on_demand_price (
      -- Hourly prices without a commitment.
      region TEXT NOT NULL, -- where the price holds
      type TEXT NOT NULL, -- instance type
      engine TEXT NOT NULL, -- linux, redis, ...
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      hourly_nano_usd INTEGER NOT NULL, -- USD an hour * 10^9
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (region, type, engine, effective_from)
    ) WITHOUT ROWID;

    CREATE TABLE reserved_price (
      -- Reservations.
      region TEXT NOT NULL, -- where the price holds
      type TEXT NOT NULL, -- instance type
      engine TEXT NOT NULL, -- linux, windows, redis, postgresql, ...
      class TEXT NOT NULL, -- standard or convertible
      years INTEGER NOT NULL, -- 1 or 3
      payment TEXT NOT NULL, -- no-upfront, partial-upfront or all-upfront
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      upfront_nano_usd INTEGER NOT NULL, -- USD * 10^9, paid at the start
      hourly_nano_usd INTEGER NOT NULL, -- USD an hour * 10^9, the recurring part only
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (region, type, engine, class, years, payment, effective_from)
    ) WITHOUT ROWID;

    CREATE TABLE savings_plan_rate (
      -- What an hour draws from a savings plan's hourly commitment.
      region TEXT NOT NULL, -- where the price holds
      type TEXT NOT NULL, -- instance type
      engine TEXT NOT NULL, -- linux, windows, ...
      plan TEXT NOT NULL, -- ec2-instance or compute
      years INTEGER NOT NULL, -- 1 or 3
      payment TEXT NOT NULL, -- no-upfront, partial-upfront or all-upfront
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      hourly_nano_usd INTEGER NOT NULL, -- USD an hour * 10^9, upfront included
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (region, type, engine, plan, years, payment, effective_from)
    ) WITHOUT ROWID;

    CREATE TABLE spot_price (
      -- Spot prices as they were, each until the next of its zone.
      region TEXT NOT NULL, -- where the price holds
      type TEXT NOT NULL, -- instance type
      engine TEXT NOT NULL, -- linux, windows, ...
      zone TEXT NOT NULL, -- availability zone, by name or by its id
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      hourly_nano_usd INTEGER NOT NULL, -- USD an hour * 10^9
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (region, type, engine, zone, effective_from)
    ) WITHOUT ROWID;

    CREATE TABLE spot_estimate (
      -- What spot capacity saved on average; an estimate, not a price.
      region TEXT NOT NULL, -- where the price holds
      type TEXT NOT NULL, -- instance type
      engine TEXT NOT NULL, -- linux, windows, redis, postgresql, ...
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      savings_percent INTEGER NOT NULL, -- below on demand
      interruption TEXT NOT NULL, -- share of instances taken back in a month
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (region, type, engine, effective_from)
    ) WITHOUT ROWID;

    CREATE TABLE unit_price (
      -- Prices of other services by the unit.
      region TEXT NOT NULL, -- empty: every region
      item TEXT NOT NULL, -- service/item
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      tier_from INTEGER NOT NULL, -- units used in the month from which it applies
      unit TEXT NOT NULL, -- what is counted: gb, hour, token
      price_nano_usd INTEGER NOT NULL, -- USD * 10^9 for per_units units
      per_units INTEGER NOT NULL, -- how many units the price buys
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (region, item, effective_from, tier_from)
    ) WITHOUT ROWID;

    CREATE TABLE specification (
      -- What instance types offer. NULL is unknown.
      type TEXT NOT NULL, -- instance type
      effective_from INTEGER NOT NULL, -- seconds since 1970-01-01T00:00:00Z
      vcpu INTEGER NOT NULL, -- virtual CPUs
      memory_milli_gib INTEGER NOT NULL, -- GiB * 1000
      architecture TEXT, -- x86_64 or arm64
      current_generation INTEGER NOT NULL, -- 1 or 0
      network_baseline_mbps INTEGER, -- Mbit/s it can always use
      network_peak_mbps INTEGER, -- Mbit/s it can use for a while
      ebs_baseline_mbps INTEGER, -- Mbit/s to block storage it can always use
      ebs_baseline_iops INTEGER, -- operations a second on block storage it can always use
      ebs_peak_mbps INTEGER, -- Mbit/s to block storage it can use for a while
      ebs_peak_iops INTEGER, -- operations a second on block storage it can use for a while
      burst_baseline_percent REAL, -- of each vCPU; NULL for types that do not burst
      burst_credits_per_hour REAL, -- CPU credits earned; one is a vCPU at 100 % for a minute
      burst_max_credits REAL, -- CPU credits that can be saved up
      burst_surplus_per_vcpu_hour_nano_usd INTEGER, -- USD * 10^9 for a vCPU-hour beyond the credits
      burst_mode TEXT, -- unlimited or standard, as it starts
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (type, effective_from)
    ) WITHOUT ROWID;

    CREATE TABLE performance (
      -- How fast types were measured to be.
      type TEXT NOT NULL, -- instance type
      effective_from INTEGER NOT NULL, -- when it was measured; seconds since 1970-01-01T00:00:00Z
      milli_coremark INTEGER NOT NULL, -- CoreMark iterations a second * 1000, of all threads together
      threads INTEGER NOT NULL, -- one for each virtual CPU
      noise_percent INTEGER NOT NULL, -- plus or minus so much
      quality TEXT NOT NULL, -- published, or derived from others by a rule
      source INTEGER NOT NULL REFERENCES price_source(id) DEFERRABLE INITIALLY DEFERRED, -- price_source.id
      PRIMARY KEY (type, effective_from)
    ) WITHOUT ROWID;

    """
}
