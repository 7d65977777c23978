import Model
import Store

/// What a store holds.
public struct StatusAnswer: Sendable {
  /// The samples of one service, its resources included.
  public struct Service: Sendable {
    /// Its name.
    public let name: String
    /// How many series and samples there are.
    public let series, samples: Int
    /// When the first and the last sample were taken.
    public let first, last: Instant
    /// The usual distance of two samples; nil when each series has one.
    public let stepSeconds: Int64?
    package let coverage: Coverage
    /// How often samples are missing.
    public let gaps: Int
    /// The longest time without samples; nil without a gap.
    public let longestGap: Period?
    /// Values that imports refused, because their instant had another one.
    public let conflicts: Int
    /// Of packed samples.
    public let bytes: Int
  }

  /// A fleet file, which holds from its date until that of the next.
  public struct FleetFile: Sendable {
    /// The fleet, as messages call it.
    public let fleet: String
    /// As the file was called when it was imported.
    public let file: String
    /// The first day on which it holds, as its midnight in UTC; nil for all time before the first file with a date.
    public let effectiveFrom: Instant?
  }

  /// The rows of one kind of price, in all regions.
  public struct Prices: Sendable {
    /// `on-demand prices`.
    public let kind: String
    /// How many there are.
    public let rows: Int
    /// The latest date from which a row holds; nil without rows.
    public let newest: Instant?
  }

  /// A file that was imported.
  public struct Source: Sendable {
    /// As it was called then.
    public let file: String
    /// What it held: `utilisation`, `prices`.
    public let kind: String
    /// Its length, after inflating.
    public let bytes: Int
    /// How many samples or rows it held.
    public let rows: Int
  }

  /// By name.
  public let services: [Service]
  /// In the order of their dates, the one without first.
  public let fleets: [FleetFile]
  /// In the order of the store's tables.
  public let prices: [Prices]
  /// In the order of their first import.
  public let sources: [Source]
  /// How many runs of instances, reservations and savings plans there are.
  public let inventoryRuns, commitments, savingsPlans: Int
  /// Names that match nothing, by kind and service.
  public let unmatched: [UnmatchedNames]
  /// The size of the database; a write-ahead log not yet merged comes on top.
  public let bytes: Int

  init(_ status: StoreStatus, unmatched: [UnmatchedNames]) {
    self.unmatched = unmatched
    services = status.services.map {
      Service(
        name: $0.service, series: $0.series, samples: $0.samples, first: $0.first, last: $0.last,
        stepSeconds: $0.stepSeconds, coverage: $0.coverage, gaps: $0.gaps, longestGap: $0.longestGap,
        conflicts: $0.conflicts, bytes: $0.bytes)
    }
    fleets = status.fleets.map {
      FleetFile(fleet: $0.fleet, file: $0.file, effectiveFrom: $0.effectiveFrom?.midnightUTC)
    }
    prices = status.prices.map { Prices(kind: $0.kind, rows: $0.rows, newest: $0.newest) }
    sources = status.sources.map {
      Source(file: $0.file.name, kind: $0.file.kind.rawValue, bytes: $0.file.byteCount, rows: $0.rows)
    }
    inventoryRuns = status.inventoryRuns
    commitments = status.commitments
    savingsPlans = status.savingsPlans
    bytes = status.fileBytes
  }

  /// All samples.
  public var samples: Int { services.reduce(0) { $0 + $1.samples } }
  /// Packed bytes for a sample, on average; nil without samples.
  public var bytesPerSample: Double? {
    samples == 0 ? nil : Double(services.reduce(0) { $0 + $1.bytes }) / Double(samples)
  }
}

/// What a store holds: series, periods, names that match nothing, price dates, sizes.
/// - Throws: `DataError` when the store is missing or unusable.
public func status(store path: String) throws -> StatusAnswer {
  let store = try FleetStore.open(path: path, mode: .readOnly)
  try store.hold()
  return StatusAnswer(try store.status(), unmatched: try store.unmatchedNames())
}
