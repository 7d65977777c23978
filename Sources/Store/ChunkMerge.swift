import GRDB
import Model

/// Writes days of samples, merged with what the store has of them: the value that came first is kept.
struct ChunkMerge {
  /// A series of the import and the days of it that the store may have.
  struct Target {
    let key: SeriesKey
    let id: Int64
    let isNew: Bool
    /// From the first to the last; empty when there is none.
    var storedDays: Range<Int>

    mutating func store(_ day: Int) {
      storedDays =
        storedDays.isEmpty ? day..<(day + 1) : min(storedDays.lowerBound, day)..<max(storedDays.upperBound, day + 1)
    }
  }

  private let table: ChunkTable
  private var encoder = DayChunkEncoder()
  private var bytes: [UInt8] = []
  var targets: [Target] = []
  private(set) var summary = ImportSummary()
  private(set) var conflicts = ConflictLog()
  private(set) var changedDays = ChangedServiceDays()
  private(set) var origins: SampleOrigins

  init(_ db: Database) throws {
    table = try ChunkTable(db, mayWrite: true)
    origins = try SampleOrigins(db)
  }

  /// Writes the samples of one series on one day.
  /// - Parameter samples: in the order of the file; of no meaning afterwards.
  mutating func write(_ samples: inout [DaySample], slot: Int, day: Int) throws {
    let key = targets[slot].id * 65_536 + Int64(day)
    var stored: [Int32] = []
    if targets[slot].storedDays.contains(day), let chunk = try storedChunk(key, day: day) {
      let earlier = chunk.samples
      stored = earlier.map(\.second)
      samples.insert(contentsOf: earlier, at: 0)
    }
    let offered = samples.count
    let refused = keepFirst(&samples, slot: slot, day: day)
    let added = samples.count - stored.count
    summary.added += added
    summary.conflicts += refused
    summary.alreadyThere += offered - samples.count - refused
    guard added > 0 else { return }
    try origins.note(series: targets[slot].id, day: day, before: stored, now: samples)
    try write(DayChunk(day: day, samples: samples), slot: slot)
  }

  /// True unless the store surely has nothing of a series on a day.
  func mayHave(slot: Int, day: Int) -> Bool { targets[slot].storedDays.contains(day) }

  /// Writes the samples of one series on one day of which the store has nothing.
  /// - Precondition: they are in the order of time, one an instant.
  mutating func writeNew(_ samples: ArraySlice<LoggedSample>, slot: Int, day: Int) throws {
    summary.added += samples.count
    origins.note(series: targets[slot].id, newDay: day)
    try write(DayChunk(day: day, logged: samples), slot: slot)
  }

  private mutating func write(_ chunk: DayChunk, slot: Int) throws {
    bytes.removeAll(keepingCapacity: true)
    encoder.append(chunk, to: &bytes)
    try table.write(targets[slot].id * 65_536 + Int64(chunk.day), samples: chunk.instants.count, bytes: bytes)
    targets[slot].store(chunk.day)
    changedDays.note(targets[slot].key, day: chunk.day)
  }

  /// Sorts by time and keeps the first of each instant.
  /// - Returns: how many of the others had another value.
  private mutating func keepFirst(_ samples: inout [DaySample], slot: Int, day: Int) -> Int {
    var refused = 0
    let series = targets[slot].key
    let midnight = Int64(day) * DayChunk.secondsPerDay
    samples.keepFirst { kept, other in
      guard !kept.hasValue(of: other) else { return }
      refused += 1
      conflicts.add(
        SampleConflict(
          key: series, instant: Instant(seconds: midnight + Int64(kept.second)), kept: kept.decimal,
          refused: other.decimal))
    }
    return refused
  }

  private func storedChunk(_ key: Int64, day: Int) throws -> DayChunk? {
    let chunk = try table.chunk(key) { DayChunkReader.chunk($0, day: day) }
    guard let chunk else { return nil }
    guard let sound = chunk else { throw damagedChunk(key) }
    return sound
  }
}

/// The error for a chunk whose bytes cannot be read.
func damagedChunk(_ number: Int64) -> DatabaseError {
  DatabaseError(resultCode: .SQLITE_CORRUPT, message: "row \(number) of day_chunk")
}
