import Analytics
import CRename
import Foundation

/// A folder of which a run writes all files at once: whoever looks sees those of the run before, or those of this one.
///
/// They are written into a folder beside it, which then changes places with it. What else lies in it is its owner's, and
/// moves along. Where folders cannot change places, a mount or the folder this process works in, the files are replaced
/// where they are (``FilesInPlace``).
struct ReplacedFolder {
  /// As it was named, for errors.
  private let name: String
  /// The names of all that such a run may write.
  private let ours: Set<String>

  /// Clears what an interrupted run left, and completes what it began, so that it is done whatever becomes of this run.
  /// - Throws: `DataError` when there is something else of that name, and for what cannot be cleared.
  init(_ name: String, ours: [String]) throws {
    try checkIsNamed(name, expected: "a folder")
    self.name = name
    self.ours = Set(ours)
    guard let pair = try FolderPair(name, ours: self.ours, making: false) else { return }
    try pair.restore()
  }

  /// Writes the files of a run in place of those of the run before.
  /// - Throws: `DataError` naming what failed; the folder is then as it was.
  func replace(by files: [(name: String, bytes: [UInt8])]) throws {
    try FolderPair(name, ours: ours, making: true)?.replace(by: files)
  }
}

/// The folder, and the one beside it that is to change places with it.
private struct FolderPair {
  private let name: String
  /// The folder, links followed; its parent exists.
  private let path: String
  private let partial: String
  private let ours: Set<String>

  /// - Parameter making: true where the folders above it are to be made; else there is no pair without them.
  init?(_ name: String, ours: Set<String>, making: Bool) throws {
    self.name = name
    self.ours = ours
    var facts = stat()
    if stat(name, &facts) == 0 {
      guard facts.st_mode & S_IFMT == S_IFDIR else { throw folderError(name, "no folder") }
      path = try Self.canonical(name)
    } else {
      var place = leadsTo(name)
      while place.count > 1, place.hasSuffix("/") { place.removeLast() }
      let (folder, last) = parts(of: place)
      if making { try makeFolder(folder) } else if kind(of: folder) == nil { return nil }
      path = try Self.canonical(folder) + "/" + last
    }
    let (folder, last) = parts(of: path)
    partial = "\(folder)/.\(String(decoding: last.utf8.prefix(200), as: UTF8.self)).partial"
  }

  func restore() throws {
    if kind(of: path) == S_IFDIR {
      let lock = openLocked(path, O_RDONLY | O_DIRECTORY)
      defer { if lock >= 0 { close(lock) } }
      try inPlace.restore()
    }
    guard kind(of: partial) == S_IFDIR else { return }
    let lock = openLocked(partial, O_RDONLY | O_DIRECTORY)
    // Another run has just moved it.
    guard lock >= 0 else { return }
    defer { close(lock) }
    try removePartial()
  }

  func replace(by files: [(name: String, bytes: [UInt8])]) throws {
    for file in ours.sorted() where kind(of: "\(path)/\(file)") == S_IFDIR {
      throw folderError("\(name)/\(file)", "a folder in the place of a file")
    }
    if isOccupied || path == "/" { return try moveIn(files) }
    guard mkdir(partial, 0o777) == 0 || errno == EEXIST else { return try moveIn(files) }
    let lock = openLocked(partial, O_RDONLY | O_DIRECTORY)
    guard lock >= 0 else {
      // Another run has just moved it.
      if errno == ENOENT { return try replace(by: files) }
      throw folderError(partial, "a folder that cannot be used: \(reason(errno))")
    }
    defer { close(lock) }
    try clear()
    let isDone: Bool
    do {
      for file in files { try writeWhole(file.bytes, to: "\(partial)/\(file.name)") }
      isDone = try changePlaces()
    } catch {
      do { try removePartial() } catch let further as DataError { throw joined(error, further) }
      throw error
    }
    try removePartial()
    if !isDone { try moveIn(files) }
  }

  private var inPlace: FilesInPlace { FilesInPlace(name: name, path: path, ours: ours) }

  private func moveIn(_ files: [(name: String, bytes: [UInt8])]) throws {
    try makeFolder(path)
    try inPlace.replace(by: files)
  }

  /// True when this process works in the folder, which would then be gone beneath it.
  private var isOccupied: Bool {
    let own = FileManager.default.currentDirectoryPath
    return own == path || own.hasPrefix(path + "/")
  }

  /// - Returns: false where the system cannot; the folder is then as it was.
  private func changePlaces() throws -> Bool {
    guard kind(of: path) != nil else {
      guard rename(partial, path) == 0 else {
        throw folderError(name, "a folder that cannot be written: \(reason(errno))")
      }
      return true
    }
    // Held until the old folder is gone, for it has the place that the next run looks for.
    let old = openLocked(path, O_RDONLY | O_DIRECTORY)
    defer { if old >= 0 { close(old) } }
    var facts = stat()
    guard old >= 0, stat(path, &facts) == 0, linkOwn() else { return false }
    _ = chown(partial, facts.st_uid, facts.st_gid)
    _ = chmod(partial, facts.st_mode & 0o7777)
    guard swap_paths(partial, path) == 0 else { return false }
    guard moveOwnFolders() else { return swap_paths(partial, path) != 0 }
    try removePartial()
    return true
  }

  /// Gives the owner's files a second name in the new folder; false where that cannot be done. Folders follow when the
  /// two have changed places.
  private func linkOwn() -> Bool {
    contents(of: path).allSatisfy { file in
      isOurs(file) || kind(of: "\(path)/\(file)") == S_IFDIR
        || linkat(AT_FDCWD, "\(path)/\(file)", AT_FDCWD, "\(partial)/\(file)", 0) == 0
    }
  }

  /// Brings the owner's folders into the new folder; false where one cannot follow, such as a mount.
  private func moveOwnFolders() -> Bool {
    contents(of: partial).allSatisfy { file in
      isOurs(file) || kind(of: "\(partial)/\(file)") != S_IFDIR
        || rename("\(partial)/\(file)", "\(path)/\(file)") == 0
    }
  }

  /// Empties the folder beside the place, whatever a run left there. What the place lacks is its owner's, and goes there.
  private func clear() throws {
    for file in contents(of: partial) {
      let (left, place) = ("\(partial)/\(file)", "\(path)/\(file)")
      if !isOurs(file), kind(of: path) == S_IFDIR, kind(of: place) == nil, rename(left, place) == 0 { continue }
      if !isOurs(file), kind(of: left) == S_IFDIR {
        throw folderError(left, "a folder of yours that an interrupted run left there, and \(place) is another one")
      }
      do { try FileManager.default.removeItem(atPath: left) } catch {
        throw folderError(left, "what cannot be removed: \(error.localizedDescription)")
      }
    }
  }

  /// - Throws: `DataError` for one that stays, so that it is no surprise to whoever finds it.
  private func removePartial() throws {
    try clear()
    guard rmdir(partial) != 0, errno != ENOENT else { return }
    throw folderError(partial, "a folder of this run's that cannot be removed: \(reason(errno))")
  }

  /// One error of what failed and of what could not be cleared behind it.
  private func joined(_ error: any Error, _ further: DataError) -> any Error {
    guard var error = error as? DataError else { return error }
    error.further.append(further)
    return error
  }

  private func isOurs(_ file: String) -> Bool { ours.contains(file) || FilesInPlace.isRemains(file, ours: ours) }

  private func contents(of folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static func canonical(_ path: String) throws -> String {
    guard let resolved = realpath(path, nil) else {
      throw folderError(path, "a folder that cannot be found: \(reason(errno))")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// What stands at a path, a link itself; nil for nothing.
func kind(of path: String) -> mode_t? {
  var facts = stat()
  return lstat(path, &facts) == 0 ? facts.st_mode & S_IFMT : nil
}
