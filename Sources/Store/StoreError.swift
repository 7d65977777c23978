import GRDB
import Model

/// What went wrong in the store, in words for people; a ``DataError`` passes as it is.
func storeError(_ error: any Error, path: String) -> DataError {
  if let error = error as? DataError { return error }
  let place = Place(file: path)
  guard let error = error as? DatabaseError else {
    return DataError(place, found: "\"\(error)\"", expected: "a store that can be used", kind: .inputOutput)
  }
  switch error.resultCode {
  case .SQLITE_BUSY, .SQLITE_LOCKED:
    return DataError(
      place, found: "a store locked by another process", expected: "to be alone; try again when it has ended",
      kind: .unavailable)
  case .SQLITE_NOTADB:
    return DataError(
      place, found: "a file that is not an SQLite database", expected: "a store made by `plimsoll import`")
  case .SQLITE_CORRUPT:
    return DataError(
      place, found: "a damaged store (\(reason(error)))", expected: "a sound one; remove it and import again")
  case .SQLITE_FULL:
    return DataError(place, found: "a full disk", expected: "room for the store", kind: .inputOutput)
  case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
    return DataError(
      place, found: "no access (\(reason(error)))",
      expected: "a file and folder that may be read and written"
        + (StillFile.hasLog(path) ? ", as may \(path)-wal and \(path)-shm, which belong to it" : ""),
      kind: .inputOutput)
  case .SQLITE_IOERR:
    return DataError(
      place, found: "a failing disk (\(reason(error)))", expected: "to read and write the store", kind: .inputOutput)
  default:
    let statement = error.sql.map { " in \($0)" } ?? ""
    return DataError(
      place, found: "an SQLite error (\(error.extendedResultCode.rawValue): \(reason(error))\(statement))",
      expected: "a store that can be used", kind: .inputOutput)
  }
}

private func reason(_ error: DatabaseError) -> String { error.message ?? "no reason given" }
