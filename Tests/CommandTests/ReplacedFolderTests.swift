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
}
