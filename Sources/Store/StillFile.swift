#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A store as it lies, for a reader who is not its owner or may not write to its folder.
///
/// SQLite reads a file with a write-ahead log by files beside it, which it makes where they are not. Made by another than
/// the owner they would lock the owner out, and where nothing may be written they cannot be made. A file that nobody
/// writes to is read as one that never changes (`immutable`), and whoever reads it looks whether that was so.
struct StillFile: Sendable {
  private struct Facts: Equatable, Sendable {
    var inode: UInt64
    var size: Int64
    var seconds, nanoseconds: Int
  }

  private let path: String
  private let facts: Facts

  /// Nil where the file is to be read by SQLite's own means: by its owner in a folder that may be written to, and while
  /// its log holds something or somebody has it open.
  init?(_ name: String) {
    // SQLite looks for the log beside the file that a link leads to.
    guard let resolved = realpath(name, nil) else { return nil }
    defer { free(resolved) }
    let path = String(cString: resolved)
    var status = stat()
    guard stat(path, &status) == 0, let facts = Self.facts(path) else { return nil }
    let isOthers = geteuid() != status.st_uid && geteuid() != 0
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) + "/"
    guard isOthers || access(folder, W_OK) != 0, !Self.isInUse(path) else { return nil }
    self.path = path
    self.facts = facts
  }

  /// True as long as nobody has written to the file since it was looked at first.
  var isStill: Bool { Self.facts(path) == facts && !Self.isInUse(path) }

  /// What SQLite opens.
  var uri: String { "file://\(escaped)?immutable=1" }

  /// The path with what means something in a URI as `%3F`.
  private var escaped: String {
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") {
        bytes += Array("%\(String(byte, radix: 16))".utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// True where there is a write-ahead log beside a file.
  static func hasLog(_ path: String) -> Bool { access(path + "-wal", F_OK) == 0 }

  /// True while the log holds what the file has not, and where it may be about to.
  private static func isInUse(_ path: String) -> Bool {
    var log = stat()
    guard stat(path + "-wal", &log) == 0 else { return false }
    return log.st_size > 0 || access(path + "-shm", F_OK) == 0
  }

  private static func facts(_ path: String) -> Facts? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    return Facts(
      inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: Int(changed.tv_sec),
      nanoseconds: Int(changed.tv_nsec))
  }
}
