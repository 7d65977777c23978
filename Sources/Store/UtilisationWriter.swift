import GRDB
import Model

/// How much of an import waits in memory; the store's content does not depend on it.
package struct WriterBudget: Hashable, Sendable {
  /// The most samples that may wait; at most 36 bytes each.
  package var samples: Int
  /// The fewest that are collected before they are written.
  package var batch: Int

  package init(samples: Int = 6_000_000, batch: Int = 400_000) {
    self.samples = samples
    self.batch = batch
  }
}

/// Takes the samples of one import, in the order of its file, and writes them by series and day.
///
/// Of several values for an instant the one stored first is kept, then the earliest in the file. Samples are collected in a
/// log; when it is full it is sorted by series, and the days that each series has left behind are written, a few with
/// every call, so that no call takes long. The day a series is at stays in the log. So files sorted by time or by series
/// write each day once; others read and write days again.
package struct UtilisationWriter {
  /// Samples of a series at five minutes that a log should have room for. A day of them stays behind each time, so that
  /// fewer days would be sorted more often.
  private static let samplesOfFourDays = 4 * 288

  /// What errors about samples call the file.
  package var place: Place
  private let db: Database
  private let budget: WriterBudget
  private var merge: ChunkMerge
  /// Of each key that was added, its place among the targets of `merge`.
  private var slots: [Int] = []
  private var slotOfKey: [SeriesKey: Int] = [:]
  private var hasAliases = false
  private var log = SampleLog()
  /// What is being written: the runs, the slot that is next, and where the part of each slot that stays behind starts.
  private var runs = SlotRuns()
  private var nextSlot = 0
  private var writeEnds: [Int] = []
  private var day: [DaySample] = []

  init(_ db: Database, place: Place, budget: WriterBudget) throws {
    self.db = db
    self.place = place
    self.budget = budget
    merge = try ChunkMerge(db)
  }

  /// Numbers series 0, 1, 2, ... in the order of their first appearance in the import. The same key may get several
  /// numbers.
  package mutating func addSeries(_ keys: ArraySlice<SeriesKey>) throws {
    for key in keys {
      if let slot = slotOfKey[key] {
        slots.append(slot)
        hasAliases = true
        continue
      }
      slotOfKey[key] = merge.targets.count
      slots.append(merge.targets.count)
      merge.targets.append(try target(key))
    }
  }

  /// Takes samples of series that were added. Their instants are UTC.
  /// - Throws: ``DataError`` for an instant before 1970 or after 2149-06-06, or more than 40 decimals.
  package mutating func add(_ samples: [Sample]) throws {
    var start = 0
    while start < samples.count {
      // By pieces, so that the budget holds however long the array is.
      if log.count >= limit { try turn() }
      let end = min(start + max(1, limit - log.count), samples.count)
      if let failed = log.append(samples[start..<end], slotOfSeries: hasAliases ? slots : [], most: limit) {
        throw unstorable(samples[failed])
      }
      try writeRuns(samples: 2 * (end - start))
      start = end
    }
  }

  /// What the log may hold now.
  private var limit: Int {
    max(1, min(budget.samples, max(budget.batch, Self.samplesOfFourDays * merge.targets.count)))
  }

  /// Sorts the log and begins to write it, but for the day that each series is at.
  private mutating func turn() throws {
    try sortLog()
    var latest: [Int] = []
    var carried = 0
    for slot in merge.targets.indices {
      let range = runs.range(slot)
      latest.append(startOfLastDay(range))
      carried += range.upperBound - latest[slot]
    }
    // When most of it would stay behind, as with very many series, all of it is written.
    guard carried <= limit / 2 else { return }
    for slot in merge.targets.indices { log.append(slot, runs.samples[latest[slot]..<runs.range(slot).upperBound]) }
    writeEnds = latest
  }

  /// Finishes what is being written, and sorts the log to be written whole.
  private mutating func sortLog() throws {
    try writeRuns(samples: .max)
    log.takeSorted(slots: merge.targets.count, into: &runs)
    writeEnds = runs.ends
    nextSlot = 0
  }

  private func startOfLastDay(_ range: Range<Int>) -> Int {
    guard let last = range.last else { return range.upperBound }
    let midnight = Int64(runs.samples[last].day) * DayChunk.secondsPerDay
    var (low, high) = (range.lowerBound, last)
    while low < high {
      let middle = (low + high) / 2
      if runs.samples[middle].seconds < midnight { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Goes on writing the runs until so many samples are written.
  private mutating func writeRuns(samples: Int) throws {
    var written = 0
    while nextSlot < writeEnds.count, written < samples {
      let range = runs.range(nextSlot).lowerBound..<writeEnds[nextSlot]
      try writeDays(range, slot: nextSlot)
      written += range.count + 1
      nextSlot += 1
    }
  }

  private mutating func writeDays(_ range: Range<Int>, slot: Int) throws {
    var start = range.lowerBound
    while start < range.upperBound {
      let number = runs.samples[start].day
      let next = Int64(number + 1) * DayChunk.secondsPerDay
      var end = start + 1
      var isPlain = !merge.mayHave(slot: slot, day: number)
      while end < range.upperBound, runs.samples[end].seconds < next {
        isPlain = isPlain && runs.samples[end].seconds > runs.samples[end - 1].seconds
        end += 1
      }
      if isPlain {
        try merge.writeNew(runs.samples[start..<end], slot: slot, day: number)
      } else {
        day.removeAll(keepingCapacity: true)
        for sample in runs.samples[start..<end] { day.append(sample.daySample) }
        try merge.write(&day, slot: slot, day: number)
      }
      start = end
    }
  }

  /// Writes all that waits, and takes back the series of this import that got no sample.
  mutating func finish() throws -> (
    summary: ImportSummary, conflicts: [(series: Int64, count: Int, first: SampleConflict)]
  ) {
    try sortLog()
    try writeRuns(samples: .max)
    let delete = try db.makeStatement(sql: "DELETE FROM series WHERE id = ?")
    for target in merge.targets where target.isNew && target.storedDays.isEmpty {
      try delete.execute(arguments: [target.id])
    }
    try merge.changedDays.drop(db)
    var summary = merge.summary
    summary.examples = merge.conflicts.firstExamples
    let conflicts = merge.targets.compactMap { target in
      merge.conflicts.first(target.key).map { (target.id, merge.conflicts.counts[target.key] ?? 0, $0) }
    }
    return (summary, conflicts)
  }

  /// Keeps which samples the file of this import brought.
  /// - Parameter source: its row.
  func recordOrigins(_ source: Int64) throws { try merge.origins.finish(source, db) }

  private func unstorable(_ sample: Sample) -> DataError {
    let key = merge.targets[slots[Int(sample.series)]].key
    guard sample.scale <= largestScale else {
      return DataError(place, found: "\(key) with \(sample.scale) decimals", expected: "at most \(largestScale)")
    }
    return DataError(
      place, found: "\(key) at \(Instant(seconds: sample.seconds))", expected: "a date from 1970 to 2149-06-06")
  }

  /// Finds or adds a series.
  private func target(_ key: SeriesKey) throws -> ChunkMerge.Target {
    let arguments: StatementArguments = [key.service, key.resource, key.metric.rawValue]
    let find = try db.cachedStatement(
      sql: "SELECT id FROM series WHERE service = ? AND resource = ? AND metric = ?")
    guard let id = try Int64.fetchOne(find, arguments: arguments) else {
      try db.cachedStatement(sql: "INSERT INTO series(service, resource, metric) VALUES (?, ?, ?)")
        .execute(arguments: arguments)
      return ChunkMerge.Target(key: key, id: db.lastInsertedRowID, isNew: true, storedDays: 0..<0)
    }
    let ends = try db.cachedStatement(
      sql: "SELECT (SELECT min(key) FROM day_chunk WHERE key BETWEEN ?1 AND ?2) % 65536, "
        + "(SELECT max(key) FROM day_chunk WHERE key BETWEEN ?1 AND ?2) % 65536")
    let row = try Row.fetchOne(ends, arguments: [id * 65_536, id * 65_536 + 65_535])
    var target = ChunkMerge.Target(key: key, id: id, isNew: false, storedDays: 0..<0)
    if let row, let first = row[0] as Int?, let last = row[1] as Int? { target.storedDays = first..<(last + 1) }
    return target
  }
}
