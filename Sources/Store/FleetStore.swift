import GRDB
import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What was imported, in one SQLite file.
///
/// Every import is one transaction: it is in the store as a whole or not at all, whatever happens on the way. The store
/// holds no clock time and no name of a machine, so that equal imports make equal stores. The tables explain
/// themselves: `SELECT * FROM about`.
///
/// Every call may throw a ``DataError`` naming the store's file: kind `unavailable` when another process holds it
/// locked, `inputOutput` when the disk is full or fails, `badData` when the file is damaged.
package final class FleetStore: Sendable {
  /// How a store is opened.
  package enum Mode: Hashable, Sendable {
    /// The file must exist and have the newest schema; nothing is written.
    case readOnly
    /// Brings an older schema up to date.
    case readWrite(createIfMissing: Bool)
  }

  /// The path as given; what errors call the store.
  package let path: String
  private let queue: DatabaseQueue
  private let prepared = PreparedChunks()
  private let waitSeconds: Double
  /// Where the file is read without a lock.
  private let still: StillFile?

  private init(path: String, queue: DatabaseQueue, waitSeconds: Double, still: StillFile?) {
    self.path = path
    self.queue = queue
    self.waitSeconds = waitSeconds
    self.still = still
  }

  /// Refuses what names no file: SQLite keeps such a store in memory, or takes its name for options.
  /// - Throws: ``DataError`` of kind `usage`.
  package static func checkName(_ path: String) throws(DataError) {
    guard path.isEmpty || path == ":memory:" || path.hasPrefix("file:") else { return }
    throw DataError(
      Place(parameter: .store), found: "\"\(path)\"",
      expected: "the name of a file\(path.isEmpty ? "" : "; ./ before it makes it one")", kind: .usage)
  }

  /// Opens a store.
  ///
  /// To read it leaves nothing behind that its owner could not remove or write to, and needs no folder that may be
  /// written to while nobody writes to the store.
  ///
  /// - Parameter waitSeconds: how long every call waits for another process to release its lock.
  /// - Throws: ``DataError``, kind `usage` for a name that names no file, `missingInput` when there is no such file, `badData` when it is no store or one of a
  ///   newer `plimsoll`, `unavailable` when it is locked, `inputOutput` when it cannot be read or made.
  package static func open(path: String, mode: Mode, waitSeconds: Double = 5) throws(DataError) -> FleetStore {
    try checkName(path)
    let place = Place(file: path)
    if mode != .readWrite(createIfMissing: true), !FileManager.default.fileExists(atPath: path) {
      throw DataError(
        place, found: "no such store", expected: "one made by `plimsoll import` or `make review`", kind: .missingInput)
    }
    try checkIsFile(path)
    var configuration = Configuration()
    configuration.readonly = mode == .readOnly
    configuration.busyMode = .timeout(waitSeconds)
    configuration.label = "plimsoll store"
    // For `hold`, whose transaction outlasts a call.
    configuration.allowsUnsafeTransactions = mode == .readOnly
    configuration.prepareDatabase { db in
      // A commit is on disk when it returns, and a large import keeps at most 32 MB of pages in memory.
      try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768")
    }
    let still = mode == .readOnly ? StillFile(path) : nil
    do {
      let queue = try DatabaseQueue(path: still?.uri ?? path, configuration: configuration)
      try Schema.prepare(queue, place: place, mayWrite: mode != .readOnly)
      let store = FleetStore(path: path, queue: queue, waitSeconds: waitSeconds, still: still)
      try store.checkStill()
      return store
    } catch { throw storeError(error, path: path) }
  }

  /// - Throws: ``DataError`` where something lies there that is no regular file: a pipe would be waited for.
  private static func checkIsFile(_ path: String) throws(DataError) {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT != S_IFREG else { return }
    throw DataError(
      Place(file: path), found: facts.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a pipe or a device",
      expected: "a store made by `plimsoll import`", kind: .inputOutput)
  }

  /// What errors call it.
  package var place: Place { Place(file: path) }

  /// Runs a body that only reads.
  func reading<Result>(_ body: (Database) throws -> Result) throws(DataError) -> Result {
    let outcome = Swift.Result { try queue.read(body) }
    // What was read of a file that changed meanwhile is worth nothing, an error as little as an answer.
    try checkStill()
    do { return try outcome.get() } catch { throw storeError(error, path: path) }
  }

  /// - Throws: ``DataError``, kind `unavailable`, where the file is read without a lock and somebody wrote to it.
  private func checkStill() throws(DataError) {
    guard let still, !still.isStill else { return }
    throw DataError(
      place, found: "a store that was written to while it was read", expected: "to be asked again", kind: .unavailable)
  }

  /// Keeps what the store holds now for every read from here on, whatever is imported meanwhile: a question that reads
  /// bit by bit must not see half of an import. For a store that is opened to be read, which is closed soon.
  package func hold() throws(DataError) {
    do {
      try queue.inDatabase { db in
        try db.beginTransaction(.deferred)
        _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM about")
      }
    } catch { throw storeError(error, path: path) }
    try checkStill()
  }

  /// The table of chunks for one access after another to this store's own connection: to prepare its statement takes as
  /// long as to read a few series.
  func chunks(_ db: Database) throws -> ChunkTable { try prepared.table(db) }

  /// Another connection, which only reads.
  func anotherReader() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(waitSeconds)
    return try DatabaseQueue(path: still?.uri ?? path, configuration: configuration)
  }

  /// Runs a body in one transaction, rolled back when it throws.
  func writing<Result>(_ body: (Database) throws -> Result) throws(DataError) -> Result {
    do { return try queue.write(body) } catch { throw storeError(error, path: path) }
  }

  /// Cuts the write-ahead log, which is as long as the largest transaction was, unless another process reads it.
  func shortenLog() { queue.writeWithoutTransaction { truncateLog($0, waitSeconds: waitSeconds) } }
}

/// A statement that outlasts an access. Only whoever has the database of the queue may ask, and so one thread at a time.
private final class PreparedChunks: @unchecked Sendable {
  private var table: ChunkTable?

  func table(_ db: Database) throws -> ChunkTable {
    if let table { return table }
    let new = try ChunkTable(db)
    table = new
    return new
  }
}
