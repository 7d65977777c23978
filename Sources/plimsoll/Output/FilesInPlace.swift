import Analytics
import Foundation

/// Files that are replaced one by one in a folder that cannot change places with another: a mount, or the one that a process
/// works in.
///
/// New files lie beside their places first, and those of before have a second name. Then a journal says that the new ones
/// are to take their places; where one cannot, another says that those of before are to come back. A run that ends within
/// that leaves the journal, and ``restore()`` goes on by it, so that a mixture lasts until the next run at most.
struct FilesInPlace {
  /// What the journal is called while new files take their places, and while those of before come back.
  private static let journal = (forward: ".review.replacing", back: ".review.restoring")

  /// The folder as errors name it, and its path.
  let name: String
  let path: String
  /// The names of all that such a run may write.
  let ours: Set<String>

  /// Puts files into the folder, which is there; those of ours that are not among them are removed.
  /// - Throws: `DataError` naming what failed; the folder is then as it was.
  func replace(by files: [(name: String, bytes: [UInt8])]) throws {
    let lock = openLocked(path, O_RDONLY | O_DIRECTORY)
    defer { if lock >= 0 { close(lock) } }
    try restore()
    do {
      for file in files { try writeWhole(file.bytes, to: partial(file.name)) }
      for file in ours.sorted() where isThere(file) { try keep(file) }
      let lines = files.map { "\(isThere($0.name) ? "kept" : "new") \($0.name)\n" }
      try writeWhole(Array(lines.joined().utf8), to: partial("review"))
      guard rename(partial("review"), place(Self.journal.forward)) == 0 else {
        throw folderError(name, "a folder that cannot be written: \(reason(errno))")
      }
    } catch {
      clear()
      throw error
    }
    if lock >= 0 { fsync(lock) }
    try goForward(Entry.read(place(Self.journal.forward), ours))
  }

  /// Completes or takes back what an interrupted run began, and clears what it left.
  /// - Throws: `DataError` naming what cannot be put in its place.
  func restore() throws {
    if let entries = try? Entry.read(place(Self.journal.back), ours) { return goBack(entries) }
    if let entries = try? Entry.read(place(Self.journal.forward), ours) { return try goForward(entries) }
    clear()
  }

  /// True for what an interrupted run left within the folder.
  static func isRemains(_ file: String, ours: Set<String>) -> Bool {
    file == journal.forward || file == journal.back || file == ".review.partial"
      || ours.contains { file == ".\($0).partial" || file == ".\($0).before" }
  }

  /// A file of the journal.
  private struct Entry {
    let name: String
    /// True where there was one before.
    let isKept: Bool

    static func read(_ journal: String, _ ours: Set<String>) throws -> [Entry] {
      try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        // Nothing else is touched, whatever a journal says.
        guard words.count == 2, ours.contains(words[1]) else { return nil }
        return Entry(name: words[1], isKept: words[0] == "kept")
      }
    }
  }

  private func goForward(_ entries: [Entry]) throws {
    for entry in entries where rename(partial(entry.name), place(entry.name)) != 0 && errno != ENOENT {
      let fault = errno
      _ = rename(place(Self.journal.forward), place(Self.journal.back))
      goBack(entries)
      throw folderError("\(name)/\(entry.name)", "a file that cannot be replaced: \(reason(fault))")
    }
    for file in ours.subtracting(entries.map(\.name)) { unlink(place(file)) }
    unlink(place(Self.journal.forward))
    clear()
  }

  private func goBack(_ entries: [Entry]) {
    for entry in entries {
      let isBack = rename(before(entry.name), place(entry.name)) == 0
      // What is new has taken its place where it does not lie beside it any more.
      if !isBack, !entry.isKept, !isThere(".\(entry.name).partial") { unlink(place(entry.name)) }
    }
    unlink(place(Self.journal.back))
    clear()
  }

  /// Gives a file of before a second name, or where the file system has none, a copy.
  private func keep(_ file: String) throws {
    unlink(before(file))
    if link(place(file), before(file)) == 0 { return }
    do { try FileManager.default.copyItem(atPath: place(file), toPath: before(file)) } catch {
      throw folderError("\(name)/\(file)", "a file that cannot be kept: \(error.localizedDescription)")
    }
  }

  private func clear() {
    for file in ours.sorted() + ["review"] {
      unlink(partial(file))
      unlink(before(file))
    }
  }

  private func place(_ file: String) -> String { "\(path)/\(file)" }
  private func partial(_ file: String) -> String { place(".\(file).partial") }
  private func before(_ file: String) -> String { place(".\(file).before") }
  private func isThere(_ file: String) -> Bool { kind(of: place(file)) != nil }
}

/// Writes a file that nobody looks at yet, and waits until it is on the disk.
/// - Throws: `DataError` naming it.
func writeWhole(_ bytes: [UInt8], to file: String) throws {
  let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
  var fault = descriptor < 0 ? errno : writeAll(bytes, to: descriptor)
  if fault == 0, fsync(descriptor) != 0, errno != EINVAL { fault = errno }
  if descriptor >= 0 { close(descriptor) }
  guard fault == 0 else { throw folderError(file, "a file that cannot be written: \(reason(fault))") }
}

/// The error for a folder, or for what stands in one, that cannot be written to.
func folderError(_ path: String, _ found: String) -> DataError {
  DataError(Place(file: path), found: found, expected: "a folder to write to", kind: .inputOutput)
}
