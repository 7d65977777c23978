import Analytics
import Foundation

/// Writes a file whole: beside its place first, then moved into it.
/// - Throws: `DataError` when it cannot be written; what was there before stays.
func writeFile(_ bytes: [UInt8], to path: String) throws {
  do {
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw DataError(
      Place(file: path), found: "a file that cannot be written: \(error.localizedDescription)",
      expected: "a place to write to", kind: .inputOutput)
  }
}

/// Writes files into a folder, made when it does not exist.
///
/// All are written beside their places before the first is moved, so that a full disk leaves the folder as it was.
/// - Throws: `DataError` naming the file that failed.
func writeFiles(_ files: [(name: String, bytes: [UInt8])], to folder: String) throws {
  let manager = FileManager.default
  do {
    try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
  } catch {
    throw DataError(
      Place(file: folder), found: "a folder that cannot be made: \(error.localizedDescription)",
      expected: "a folder to write to", kind: .inputOutput)
  }
  let staged = files.map { (temporary: "\(folder)/.\($0.name).partial", final: "\(folder)/\($0.name)") }
  defer { for pair in staged { try? manager.removeItem(atPath: pair.temporary) } }
  for (file, pair) in zip(files, staged) { try writeFile(file.bytes, to: pair.temporary) }
  for pair in staged where rename(pair.temporary, pair.final) != 0 {
    throw DataError(
      Place(file: pair.final), found: "a file that cannot be replaced", expected: "a place to write to",
      kind: .inputOutput)
  }
}

/// Writes to standard output.
/// - Throws: `DataError` when it takes no more, as a full disk.
func writeOutput(_ bytes: [UInt8]) throws {
  do {
    try FileHandle.standardOutput.write(contentsOf: Data(bytes))
  } catch {
    throw DataError(
      Place(file: "standard output"), found: "what cannot be written to: \(error.localizedDescription)",
      expected: "a place to write to", kind: .inputOutput)
  }
}
