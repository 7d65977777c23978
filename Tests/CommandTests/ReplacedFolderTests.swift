import Foundation
import Testing

/// The folder of a review: replaced as a whole, with what is its owner's kept.
@Suite struct ReplacedFolderTests {
  private let folder: TemporaryFolder
  private let manager = FileManager.default
  private static let files = [
    "bill.csv", "cost-per-user.csv", "evidence.md", "recommendations.csv", "recommendations.json", "report.md",
  ]

  init() throws { folder = try TemporaryFolder() }

  private func review(_ out: String, in working: URL? = nil) throws -> Run {
    try plimsoll(try SharedStore.made.get().ask(["review", "--out", out]), in: working ?? folder.url)
  }

  private func contents(_ name: String) throws -> [String] {
    try manager.contentsOfDirectory(atPath: folder.path(name)).sorted()
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: folder.path(name), encoding: .utf8) }

  @Test("A review replaces all of the one before, keeps what is the owner's, and clears what an interrupted run left")
  func replaced() throws {
    try manager.createDirectory(atPath: folder.path("o/sub"), withIntermediateDirectories: true)
    // Of a review with more files, whose last one must not outlive it.
    for file in Self.files + ["months.csv", ".bill.csv.partial"] { _ = try folder.file("o/\(file)", "old\n") }
    _ = try folder.file("o/notes.txt", "mine\n")
    _ = try folder.file("o/sub/more.txt", "mine too\n")
    try manager.createSymbolicLink(atPath: folder.path("o/link"), withDestinationPath: "notes.txt")
    // A run that ended between two steps: some files written, and a folder of the owner's on its way.
    try manager.createDirectory(atPath: folder.path(".o.partial/moved"), withIntermediateDirectories: true)
    _ = try folder.file(".o.partial/report.md", "half\n")
    _ = try folder.file(".o.partial/moved/far.txt", "mine as well\n")
    let run = try review("o")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasSuffix("\no/report.md\n"))
    #expect(try contents("o") == (Self.files + ["link", "moved", "notes.txt", "sub"]).sorted())
    for file in Self.files { #expect(try text("o/\(file)") != "old\n", "\(file)") }
    #expect(try text("o/link") == "mine\n")
    #expect(try text("o/sub/more.txt") == "mine too\n")
    #expect(try text("o/moved/far.txt") == "mine as well\n")
    #expect(try contents(".") == ["o"])
  }

  @Test("Something in the place of a file is told before anything is written, and the folder stays as it was")
  func obstacle() throws {
    try manager.createDirectory(atPath: folder.path("o/bill.csv"), withIntermediateDirectories: true)
    _ = try folder.file("o/report.md", "old\n")
    let run = try review("o")
    #expect(run.status == 74)
    #expect(
      run.firstError == "plimsoll: o/bill.csv: found a folder in the place of a file, expected a folder to write to")
    #expect(try contents("o") == ["bill.csv", "report.md"])
    #expect(try text("o/report.md") == "old\n")
    _ = try folder.file("file", "text\n")
    #expect(try review("file").firstError == "plimsoll: file: found no folder, expected a folder to write to")
    #expect(try contents(".") == ["file", "o"])
  }

  @Test("The folder that the command works in stays the same folder, and a link to one is followed")
  func working() throws {
    for name in ["w", "real"] {
      try manager.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    _ = try folder.file("w/months.csv", "old\n")
    try manager.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "real")
    func number(_ name: String) throws -> Int? {
      try manager.attributesOfItem(atPath: folder.path(name))[.systemFileNumber] as? Int
    }
    let before = try number("w")
    #expect(try review(".", in: folder.url.appendingPathComponent("w")).status == 0)
    #expect(try number("w") == before)
    #expect(try contents("w") == Self.files)
    #expect(try review("link/").status == 0)
    #expect(try contents("real") == Self.files)
    #expect(try manager.destinationOfSymbolicLink(atPath: folder.path("link")) == "real")
    #expect(try contents(".") == ["link", "real", "w"])
  }

  /// A folder in which a run ended while its new `bill.csv` had taken its place and `report.md` had not.
  private func makeMixture(_ journal: String) throws {
    try manager.createDirectory(atPath: folder.path("w"), withIntermediateDirectories: true)
    let texts = [
      ("bill.csv", "new\n"), (".bill.csv.before", "old\n"), ("report.md", "old\n"), (".report.md.before", "old\n"),
      (".report.md.partial", "new\n"), ("evidence.md", "new\n"), ("months.csv", "old\n"),
      (".months.csv.before", "old\n"), ("notes.txt", "mine\n"),
      (journal, "kept bill.csv\nnew evidence.md\nkept report.md\nkept ../../notes.txt\n"),
    ]
    for (file, text) in texts { _ = try folder.file("w/\(file)", text) }
  }

  @Test("Of files replaced one by one the next run completes what an interrupted one began, though it fails itself")
  func completed() throws {
    try makeMixture(".review.replacing")
    let run = try plimsoll(["review", "--store", "none.sqlite", "--out", "w"], in: folder.url)
    #expect(run.status == 66)
    #expect(try contents("w") == ["bill.csv", "evidence.md", "notes.txt", "report.md"])
    for file in ["bill.csv", "evidence.md", "report.md"] { #expect(try text("w/\(file)") == "new\n", "\(file)") }
    #expect(try text("w/notes.txt") == "mine\n")
  }

  @Test("What an interrupted run was taking back is taken back by the next one, and what had not begun is cleared")
  func takenBack() throws {
    try makeMixture(".review.restoring")
    _ = try plimsoll(["review", "--store", "none.sqlite", "--out", "w"], in: folder.url)
    #expect(try contents("w") == ["bill.csv", "months.csv", "notes.txt", "report.md"])
    for file in ["bill.csv", "months.csv", "report.md"] { #expect(try text("w/\(file)") == "old\n", "\(file)") }
    for file in [".bill.csv.partial", ".bill.csv.before"] { _ = try folder.file("w/\(file)", "half\n") }
    _ = try folder.file(".w.partial/report.md", "half\n", making: true)
    _ = try plimsoll(["review", "--store", "none.sqlite", "--out", "w"], in: folder.url)
    #expect(try contents("w") == ["bill.csv", "months.csv", "notes.txt", "report.md"])
    #expect(try contents(".") == ["w"])
  }

  /// Runs a line of shell where it may mount, in the folder, and gives what it printed.
  private func mounting(_ line: String) throws -> [String] {
    let command = try SharedStore.made.get().ask(["review"]).map { "'\($0)'" }.joined(separator: " ")
    try shell(
      """
      cd '\(folder.url.path)'; export SWIFT_BACKTRACE=enable=no; P="'\(plimsollFile.path)' \(command)"
      export P; { unshare -m sh -c '\(line)'; } > printed 2>&1 || true
      """)
    return try text("printed").split(separator: "\n").map(String.init)
  }

  private static var canMount: Bool {
    geteuid() == 0 && (try? shell("unshare -m mount -t tmpfs none /mnt")) != nil
  }

  @Test("A folder that is a mount, and one that holds a mount, are replaced where they are", .enabled(if: canMount))
  func mount() throws {
    let lines = try mounting(
      """
      mkdir -p m o/sub; mount -t tmpfs none m; mount -t tmpfs none o/sub; echo old > o/months.csv; echo mine > o/sub/file
      eval $P --out m > one; echo $?; ls -A m | tr "\\n" " "; echo
      eval $P --out o > two; echo $?; ls -A o o/sub | tr "\\n" " "; echo; ls -A | tr "\\n" " "
      """)
    let files = Self.files.joined(separator: " ")
    #expect(lines == ["0", "\(files) ", "0", "o: \(files) sub  o/sub: file ", "m o one printed two "])
  }

  @Test("What cannot be cleared is said, beside what failed", .enabled(if: canMount))
  func stuck() throws {
    let lines = try mounting(
      """
      mkdir -p o .o.partial; echo old > o/report.md; mount -t tmpfs none .o.partial
      eval $P --out o; echo $?; cat o/report.md; ls o
      """)
    #expect(
      lines == [
        "plimsoll: \(folder.url.resolvingSymlinksInPath().path)/.o.partial: found a folder of this run's that cannot be "
          + "removed: Device or resource busy, expected a folder to write to", "74", "old", "report.md",
      ])
  }
}

extension TemporaryFolder {
  /// Writes a file in a folder that is made for it.
  fileprivate func file(_ name: String, _ text: String, making: Bool) throws -> String {
    let place = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: making)
    return try file(name, text)
  }
}
