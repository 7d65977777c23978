import Model

import Foundation

/// The files of a folder that end in one of some suffixes, by name; those of rows that an import passed over are left out.
/// - Throws: ``DataError`` when there is no such folder.
package func filesInFolder(_ folder: String, suffixes: [String]) throws(DataError) -> [String] {
  guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
    throw DataError(Place(file: folder), found: "no such folder", expected: "a folder to read", kind: .missingInput)
  }
  return names.filter { name in !name.hasSuffix(".rejects.csv") && suffixes.contains { name.hasSuffix($0) } }.sorted()
    .map { "\(folder)/\($0)" }
}

/// Makes the folder that a file is to stand in, with those above it.
/// - Throws: ``DataError``, kind `inputOutput`, when it cannot be made.
package func makeFolder(of path: String) throws(DataError) {
  // By hand: Foundation's deletingLastPathComponent traps on a path of one letter.
  guard let slash = path.lastIndex(of: "/") else { return }
  let folder = String(path[..<slash])
  guard !folder.isEmpty else { return }
  do {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  } catch {
    throw DataError(
      Place(file: folder), found: "a folder that cannot be made", expected: "a folder for \(path)", kind: .inputOutput)
  }
}

/// True when a file or folder of that path exists.
package func pathExists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

/// True where anything stands at a path, also a link that leads to nothing.
package func isTaken(_ path: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: path)) != nil }

/// True for a folder, also behind a link.
package func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// True for a link, whatever it leads to.
package func isLink(_ path: String) -> Bool {
  let kind = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  return kind == .typeSymbolicLink
}

/// Refuses what is no file of a folder: a link that leads out of it, which is somebody else's file, and a pipe or a device,
/// which may never end.
/// - Throws: ``DataError`` that says what it is.
package func checkRegularFile(_ path: String, in folder: String) throws(DataError) {
  let (file, root) = (resolved(path), resolved(folder))
  guard file.hasPrefix(root.hasSuffix("/") ? root : root + "/") else {
    throw DataError(Place(file: path), found: "a link out of the folder \(folder)", expected: "a file in it")
  }
  let kind = (try? FileManager.default.attributesOfItem(atPath: file))?[.type] as? FileAttributeType
  guard kind != .typeRegular else { return }
  let found: String =
    switch kind {
    case .typeDirectory: "a folder"
    case .typeCharacterSpecial?, .typeBlockSpecial?: "a device"
    case .typeSocket?: "a socket"
    case .typeSymbolicLink?, nil: "a link to nothing"
    default: "a pipe"
    }
  throw DataError(Place(file: path), found: found, expected: "a regular file")
}

/// A path from the root on, links followed.
package func absolutePath(_ path: String) -> String { resolved(path) }

private func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
