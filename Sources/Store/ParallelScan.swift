import Dispatch
import GRDB
import Model

#if canImport(Synchronization)
  import Synchronization
#endif

extension FleetStore {
  /// Runs a body for each series of a filter, on several threads with a read-only connection each.
  ///
  /// - Parameters:
  ///   - instants: whether the samples come with their instants; values alone are read faster.
  ///   - body: called once for each series that has a sample, in any order; the samples are good until it returns.
  /// - Returns: what the bodies gave, sorted by key.
  /// - Throws: the error of the first series that failed, in the order of keys.
  package func scanSeries<T: Sendable>(
    matching filter: SeriesFilter = SeriesFilter(), instants: Bool = true, threads: Int = 2,
    _ body: @escaping @Sendable (SeriesStatus, inout SeriesSamples) throws -> T
  ) throws(DataError) -> [T] {
    let conflicts = try conflictCounts()
    return try scanTables(filter, threads: threads) { () -> @Sendable (StoredSeries, ChunkTable) throws -> T? in
      // A buffer for each thread, which is the only one to call this closure.
      let buffer = ScanBuffer()
      return { stored, table in
        var scan = SeriesStatusScan()
        buffer.samples.removeAll()
        try table.forEach(stored.rowKeys) { key, bytes in
          let day = Int(key % 65_536)
          guard scan.add(bytes, day: day), buffer.samples.append(bytes, day: day, instants: instants) else {
            throw damagedChunk(key)
          }
        }
        buffer.samples.finish()
        return try scan.status(stored.key, conflicts: conflicts[stored.id] ?? 0).map { try body($0, &buffer.samples) }
      }
    }
  }

  /// Runs bodies, one for each thread, over the series of a filter; what they give, sorted by key, without the nils.
  func scanTables<T: Sendable>(
    _ filter: SeriesFilter, threads: Int, _ makeBody: () -> @Sendable (StoredSeries, ChunkTable) throws -> T?
  ) throws(DataError) -> [T] {
    try reading { db in
      let series = try storedSeries(filter, db)
      let work = ScanWork<T>(count: series.count)
      var helpers: [DatabaseQueue] = []
      for _ in 1..<max(1, min(threads, series.count / ScanWork<T>.share)) { helpers.append(try anotherReader()) }
      let bodies = (0...helpers.count).map { _ in makeBody() }
      let newest = try newestSource(db)
      let own = Transferred(value: db)
      let readers = helpers
      DispatchQueue.concurrentPerform(iterations: bodies.count) { thread in
        let body = bodies[thread]
        if thread == 0 {
          work.run(own.value) { try body(series[$0], $1) }
        } else {
          // Another process may have committed between the two transactions: then the first thread does all the work.
          try? readers[thread - 1].read { db in
            if try newestSource(db) == newest { work.run(db) { try body(series[$0], $1) } }
          }
        }
      }
      return try work.results()
    }
  }

  /// Changes with every import that changes samples, but for one of the same file.
  private func newestSource(_ db: Database) throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM source_file")
  }
}

/// A value used by one thread at a time while the thread that owns it waits.
private struct Transferred<Value>: @unchecked Sendable { let value: Value }

/// Samples of the one thread that uses them.
private final class ScanBuffer: @unchecked Sendable { var samples = SeriesSamples() }

/// Hands out indices by shares and collects results.
private final class ScanWork<T: Sendable>: Sendable {
  static var share: Int { 16 }

  private struct State {
    var next = 0
    var results: [(index: Int, value: T)] = []
    var failure: (index: Int, error: any Error)?
  }

  private let count: Int
  private let state = Mutex(State())

  init(count: Int) { self.count = count }

  /// Works until nothing is left or something failed.
  func run(_ db: Database, _ body: (Int, ChunkTable) throws -> T?) {
    let table: ChunkTable
    do { table = try ChunkTable(db) } catch { return fail(0, error) }
    while let share = nextShare() {
      var found: [(index: Int, value: T)] = []
      for index in share {
        do {
          if let value = try body(index, table) { found.append((index, value)) }
        } catch {
          fail(index, error)
          break
        }
      }
      let part = found
      state.withLock { $0.results += part }
    }
  }

  /// By index.
  func results() throws -> [T] {
    try state.withLock { state in
      if let failure = state.failure { throw failure.error }
      return state.results.sorted { $0.index < $1.index }.map(\.value)
    }
  }

  private func nextShare() -> Range<Int>? {
    state.withLock { state in
      guard state.next < count, state.failure == nil else { return nil }
      let share = state.next..<min(count, state.next + Self.share)
      state.next = share.upperBound
      return share
    }
  }

  private func fail(_ index: Int, _ error: any Error) {
    state.withLock { state in
      if let earlier = state.failure, earlier.index <= index { return }
      state.failure = (index, error)
    }
  }
}
