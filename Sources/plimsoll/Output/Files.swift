import Analytics
import Foundation

/// Writes a file whole: beside its place first, then moved into it. Links are followed; what is no regular file, a pipe, a
/// terminal, a device, is written to as it is.
///
/// What an interrupted run left beside the place is taken for this one, so nothing of it stays.
/// - Throws: `DataError` when it cannot be written; what was there before stays.
func writeFile(_ bytes: [UInt8], to path: String) throws {
  try checkIsNamed(path, expected: "a place to write to")
  let place = leadsTo(path)
  var facts = stat()
  let fault =
    if let descriptor = descriptor(named: place) {
      writeAll(bytes, to: descriptor)
    } else if stat(place, &facts) == 0, facts.st_mode & S_IFMT != S_IFREG {
      writeThrough(bytes, to: place)
    } else {
      replaceFile(place, by: bytes, like: facts.st_ino == 0 ? nil : facts)
    }
  guard fault != 0 else { return }
  throw DataError(
    Place(file: path), found: "a file that cannot be written: \(reason(fault))", expected: "a place to write to",
    kind: .inputOutput)
}

/// Writes files into a folder, made when it does not exist, each whole, one after another.
/// - Throws: `DataError` naming what failed.
func writeFiles(_ files: [(name: String, bytes: [UInt8])], to folder: String) throws {
  try makeFolder(folder)
  for file in files { try writeFile(file.bytes, to: "\(folder)/\(file.name)") }
}

/// Makes a folder with those above it, where it does not exist.
func makeFolder(_ folder: String) throws {
  do {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  } catch {
    throw DataError(
      Place(file: folder), found: "a folder that cannot be made: \(error.localizedDescription)",
      expected: "a folder to write to", kind: .inputOutput)
  }
}

/// Where a path leads, its links followed one by one: also to what does not exist yet, and to an open stream.
func leadsTo(_ path: String) -> String {
  var path = path
  // As many as the system follows.
  for _ in 0..<40 {
    guard descriptor(named: path) == nil,
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    else { return path }
    path = link.hasPrefix("/") ? link : parts(of: path).folder + "/" + link
  }
  return path
}

/// The folder that a path stands in, and its name there.
func parts(of path: String) -> (folder: String, name: String) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path) }
  return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
}

/// The stream of this process that a path names; opened by its path, it would be written from its start again.
private func descriptor(named path: String) -> Int32? {
  switch path {
  case "/dev/stdout": return STDOUT_FILENO
  case "/dev/stderr": return STDERR_FILENO
  default:
    let folder = ["/dev/fd/", "/proc/self/fd/"].first { path.hasPrefix($0) }
    return folder.flatMap { Int32(path.dropFirst($0.count)) }
  }
}

private func writeThrough(_ bytes: [UInt8], to path: String) -> Int32 {
  let descriptor = open(path, O_WRONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return errno }
  defer { close(descriptor) }
  return writeAll(bytes, to: descriptor)
}

/// - Parameter old: the file that is there, whose rights and owner are kept as far as the system lets them.
/// - Returns: 0, or the system's number of what kept it.
private func replaceFile(_ path: String, by bytes: [UInt8], like old: stat?) -> Int32 {
  let (folder, name) = parts(of: path)
  // Within what a file system takes for a name, whatever the name is.
  let partial = "\(folder)/.\(String(decoding: name.utf8.prefix(200), as: UTF8.self)).partial"
  let descriptor = openLocked(partial, O_RDWR | O_CREAT)
  guard descriptor >= 0 else { return errno }
  defer { close(descriptor) }
  var fault = ftruncate(descriptor, 0) == 0 ? writeAll(bytes, to: descriptor) : errno
  if let old {
    _ = fchown(descriptor, old.st_uid, old.st_gid)
    _ = fchmod(descriptor, old.st_mode & 0o7777)
  }
  if fault == 0, fsync(descriptor) != 0, errno != EINVAL { fault = errno }
  if fault == 0, rename(partial, path) != 0 { fault = errno }
  if fault != 0 { unlink(partial) }
  return fault
}

/// Opens a file or folder for this run alone: another one that has it is waited for.
/// - Returns: the descriptor; negative, with `errno`, where it cannot be opened.
func openLocked(_ path: String, _ flags: Int32) -> Int32 {
  while true {
    let descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { return descriptor }
    // Where a file system has no locks, none is had.
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    var (own, now) = (stat(), stat())
    // Whoever had it has moved it to its place.
    if fstat(descriptor, &own) == 0, lstat(path, &now) == 0, own.st_ino == now.st_ino { return descriptor }
    close(descriptor)
    if flags & O_CREAT == 0, lstat(path, &now) != 0 {
      errno = ENOENT
      return -1
    }
  }
}
