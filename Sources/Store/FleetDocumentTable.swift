#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import GRDB
import Model

/// A fleet file as it was written, and since when it holds.
package struct StoredFleet: Hashable, Sendable {
  /// nil for all time before the first file with a date.
  package var effectiveFrom: CivilDate?
  /// Of the fleet.
  package var name: String
  /// The name that errors call it by.
  package var file: String
  package var text: String
  /// The tree of the text; read when it is asked for, since most questions are about one file.
  private var treeBytes: [UInt8]?

  /// What the text is read into; nil where it must be read again.
  package var tree: DocumentNode? {
    treeBytes.flatMap { bytes in bytes.withUnsafeBytes { DocumentNode($0, of: text) } }
  }

  package init(effectiveFrom: CivilDate? = nil, name: String, file: String, text: String, tree: DocumentNode? = nil) {
    self.init(effectiveFrom: effectiveFrom, name: name, file: file, text: text, bytes: tree?.encoded(from: text))
  }

  fileprivate init(effectiveFrom: CivilDate?, name: String, file: String, text: String, bytes: [UInt8]?) {
    self.effectiveFrom = effectiveFrom
    self.name = name
    self.file = file
    self.text = text
    treeBytes = bytes
  }

  fileprivate var storedTree: Data? { treeBytes.map { Data($0) } }
}

extension FleetStore {
  /// Stores a fleet file in place of the one of the same date, or of the other one without a date.
  package func importFleet(_ fleet: StoredFleet) throws(DataError) {
    let from = fleet.effectiveFrom?.midnightUTC.seconds
    try writing { db in
      try db.execute(sql: "DELETE FROM fleet_document WHERE effective_from IS ?", arguments: [from])
      try db.execute(
        sql: "INSERT INTO fleet_document(effective_from, name, file, text, tree) VALUES (?, ?, ?, ?, ?)",
        arguments: [from, fleet.name, fleet.file, fleet.text, fleet.storedTree])
    }
  }

  /// The fleet files as they were written, the one without a date first, then in the order of their dates.
  package func storedFleets() throws(DataError) -> [StoredFleet] {
    try reading { db in
      try TableSoundness.check(["fleet_document"], db)
      // NULL comes first in SQLite's order.
      let rows = try Row.fetchAll(
        db, sql: "SELECT effective_from, name, file, text, tree FROM fleet_document ORDER BY effective_from")
      return rows.map { row in
        StoredFleet(
          effectiveFrom: (row[0] as Int64?).map { CivilDate(day: Instant(seconds: $0).day) }, name: row[1],
          file: row[2], text: row[3], bytes: (row[4] as Data?).map { [UInt8]($0) })
      }
    }
  }

  /// The latest fleet file, whether its date has come or not; nil when there is none.
  package func latestFleet() throws(DataError) -> StoredFleet? { try storedFleets().last }

  /// That there is no fleet file where one is needed.
  package var noFleet: DataError {
    DataError(
      place, found: "no fleet", expected: "one put there by `plimsoll import` or `make review`", kind: .missingInput)
  }
}

extension [StoredFleet] {
  /// The one in force on a day, of files in the order of their dates, by its place; nil before the first of them.
  package func inForce(on day: CivilDate) -> Int? {
    lastIndex { $0.effectiveFrom.map { $0 <= day } ?? true }
  }
}

extension Schema {
  /// Fleet files by date. The one that a store had before holds from ever.
  static let fleetFilesByDate = """
    DELETE FROM about WHERE "table" = 'fleet_document';

    ALTER TABLE fleet_document RENAME TO fleet_document_001;

    CREATE TABLE fleet_document (
      -- Fleet files: services, policies, thresholds. Each holds from its date, which no other has, until that of the next.
      effective_from INTEGER, -- first day it holds, as seconds from 1970-01-01T00:00:00Z to its midnight; NULL: from ever
      name TEXT NOT NULL, -- of the fleet
      file TEXT NOT NULL, -- the name errors call it by
      text TEXT NOT NULL -- as it was written
    );

    CREATE UNIQUE INDEX fleet_document_date ON fleet_document (ifnull(effective_from, 'ever'));

    INSERT INTO fleet_document(name, file, text) SELECT name, file, text FROM fleet_document_001;

    DROP TABLE fleet_document_001;

    """

  /// Fleet files with what their texts are read into. Those that a store had before are read again at each question.
  static let fleetFilesAsTrees = """
    DELETE FROM about WHERE "table" = 'fleet_document';

    DROP INDEX fleet_document_date;

    ALTER TABLE fleet_document RENAME TO fleet_document_003;

    CREATE TABLE fleet_document (
      -- Fleet files: services, policies, thresholds. Each holds from its date, which no other has, until that of the next.
      effective_from INTEGER, -- first day it holds, as seconds from 1970-01-01T00:00:00Z to its midnight; NULL: from ever
      name TEXT NOT NULL, -- of the fleet
      file TEXT NOT NULL, -- the name errors call it by
      text TEXT NOT NULL, -- as it was written
      tree BLOB -- the text as it is read, with a checksum of it; NULL: to be read again
    );

    CREATE UNIQUE INDEX fleet_document_date ON fleet_document (ifnull(effective_from, 'ever'));

    INSERT INTO fleet_document(effective_from, name, file, text)
    SELECT effective_from, name, file, text FROM fleet_document_003;

    DROP TABLE fleet_document_003;

    """
}
