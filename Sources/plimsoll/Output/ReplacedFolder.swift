import Analytics
import CRename
import Foundation

/// A folder of which a run writes all files at once: whoever looks sees those of the run before, or those of this one.
///
/// They are written into a folder beside it, which then changes places with it. What else lies in it is its owner's, and
/// moves along. Where folders cannot change places, a mount or the folder this process works in, the files are moved one
/// by one, and back when one fails.
struct ReplacedFolder {
  /// As it was named, for errors.
  private let name: String
  /// The folder, links followed; its parent exists.
  private let path: String
  private let partial: String
  /// The names of all that such a run may write.
  private let ours: Set<String>

  /// - Throws: `DataError` when there is something else of that name, or the folders above it cannot be made.
  init(_ name: String, ours: [String]) throws {
    self.name = name
    self.ours = Set(ours)
    var facts = stat()
    if stat(name, &facts) == 0 {
      guard facts.st_mode & S_IFMT == S_IFDIR else { throw Self.error(name, "no folder") }
      path = try Self.canonical(name)
    } else {
      var place = leadsTo(name)
      while place.count > 1, place.hasSuffix("/") { place.removeLast() }
      let (folder, last) = parts(of: place)
      try makeFolder(folder)
      path = try Self.canonical(folder) + "/" + last
    }
    let (folder, last) = parts(of: path)
    partial = "\(folder)/.\(String(decoding: last.utf8.prefix(200), as: UTF8.self)).partial"
  }

  /// Writes the files of a run in place of those of the run before.
  /// - Throws: `DataError` naming what failed; the folder is then as it was.
  func replace(by files: [(name: String, bytes: [UInt8])]) throws {
    for file in ours.sorted() where kind(of: "\(path)/\(file)") == S_IFDIR {
      throw Self.error("\(name)/\(file)", "a folder in the place of a file")
    }
    if isOccupied || path == "/" { return try moveIn(files) }
    guard mkdir(partial, 0o777) == 0 || errno == EEXIST else { return try moveIn(files) }
    let lock = openLocked(partial, O_RDONLY | O_DIRECTORY)
    guard lock >= 0 else {
      // Another run has just moved it.
      if errno == ENOENT { return try replace(by: files) }
      throw Self.error(partial, "a folder that cannot be used: \(reason(errno))")
    }
    defer { close(lock) }
    try clear()
    do {
      for file in files { try write(file.bytes, to: "\(partial)/\(file.name)") }
      guard try changePlaces() else {
        try clear()
        rmdir(partial)
        return try moveIn(files)
      }
    } catch {
      try? clear()
      rmdir(partial)
      throw error
    }
  }

  /// True when this process works in the folder, which would then be gone beneath it.
  private var isOccupied: Bool {
    let own = FileManager.default.currentDirectoryPath
    return own == path || own.hasPrefix(path + "/")
  }

  /// - Returns: false where the system cannot.
  private func changePlaces() throws -> Bool {
    guard kind(of: path) != nil else {
      guard rename(partial, path) == 0 else {
        throw Self.error(name, "a folder that cannot be written: \(reason(errno))")
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
    try clear()
    rmdir(partial)
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

  /// Empties the folder beside the place, whatever a run left there. What the place lacks is its owner's, and goes there.
  private func clear() throws {
    for file in contents(of: partial) {
      let (left, place) = ("\(partial)/\(file)", "\(path)/\(file)")
      if !isOurs(file), kind(of: path) == S_IFDIR, kind(of: place) == nil, rename(left, place) == 0 { continue }
      if !isOurs(file), kind(of: left) == S_IFDIR {
        throw Self.error(left, "a folder of yours that an interrupted run left there, and \(place) is another one")
      }
      do { try FileManager.default.removeItem(atPath: left) } catch {
        throw Self.error(left, "what cannot be removed: \(error.localizedDescription)")
      }
    }
  }

  /// Puts the files into the folder one by one; on a fault those of before are put back.
  private func moveIn(_ files: [(name: String, bytes: [UInt8])]) throws {
    try makeFolder(path)
    defer { for file in contents(of: path) where isRemains(file) { unlink("\(path)/\(file)") } }
    for file in files { try write(file.bytes, to: "\(path)/.\(file.name).partial") }
    var moved: [String] = []
    for file in files {
      let place = "\(path)/\(file.name)"
      unlink("\(path)/.\(file.name).before")
      let isKept = kind(of: place) == nil || link(place, "\(path)/.\(file.name).before") == 0
      if isKept, rename("\(path)/.\(file.name).partial", place) == 0 {
        moved.append(file.name)
        continue
      }
      let fault = errno
      for name in moved where rename("\(path)/.\(name).before", "\(path)/\(name)") != 0 { unlink("\(path)/\(name)") }
      throw Self.error("\(name)/\(file.name)", "a file that cannot be replaced: \(reason(fault))")
    }
    for file in ours.subtracting(files.map(\.name)) { unlink("\(path)/\(file)") }
  }

  private func write(_ bytes: [UInt8], to file: String) throws {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    var fault = descriptor < 0 ? errno : writeAll(bytes, to: descriptor)
    if fault == 0, fsync(descriptor) != 0, errno != EINVAL { fault = errno }
    if descriptor >= 0 { close(descriptor) }
    guard fault == 0 else { throw Self.error(file, "a file that cannot be written: \(reason(fault))") }
  }

  private func isOurs(_ file: String) -> Bool { ours.contains(file) || isRemains(file) }

  /// True for what an interrupted run left within the folder.
  private func isRemains(_ file: String) -> Bool {
    ours.contains { file == ".\($0).partial" || file == ".\($0).before" }
  }

  private func contents(of folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// What stands at a path, a link itself; nil for nothing.
  private func kind(of path: String) -> mode_t? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode & S_IFMT : nil
  }

  private static func canonical(_ path: String) throws -> String {
    guard let resolved = realpath(path, nil) else {
      throw error(path, "a folder that cannot be found: \(reason(errno))")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func error(_ path: String, _ found: String) -> DataError {
    DataError(Place(file: path), found: found, expected: "a folder to write to", kind: .inputOutput)
  }
}
