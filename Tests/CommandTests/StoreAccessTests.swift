import Foundation
import Testing

/// Who may open a store, when, and by which name.
@Suite struct StoreAccessTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test(
    "A store without a file is wrong usage, and nothing is made", arguments: ["", ":memory:", "file:x?mode=memory"])
  func nameless(name: String) throws {
    try place.file("usage.csv", twoSamples)
    let hint = name.isEmpty ? "" : "; ./ before it makes it one"
    for command in [["import", "utilisation", "usage.csv"], ["status"], ["cost"], ["prices", "t3.medium"]] {
      let run = try place.run(command + ["--store", name])
      #expect(run.status == 64, "\(command)")
      #expect(run.firstError == "plimsoll: --store: found \"\(name)\", expected the name of a file\(hint)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.url.path) == ["usage.csv"])
  }

  // PLIMSOLL_KILLS changes how often, three times ten for each ten kills (`make bench-kill`).
  @Test("First imports at the same time wait for one another")
  func parallel() throws {
    for number in 0..<10 { try place.file("u\(number).csv", twoSamples.replacing("i-1", with: "i-\(number)")) }
    for round in 0..<max(3, setting("PLIMSOLL_KILLS", 10) * 3 / 10) {
      let imports = try (0..<10).map { try importing("u\($0).csv", into: "s\(round).sqlite") }
      for one in imports { one.waitUntilExit() }
      #expect(imports.map(\.terminationStatus) == Array(repeating: 0, count: 10))
      let stored = try place.run(["series", "--store", "s\(round).sqlite", "--format", "csv"])
      #expect(stored.output.split(separator: "\n").count == 11)
    }
  }

  /// An import that has been started, and what it prints is let go.
  private func importing(_ file: String, into store: String) throws -> Process {
    let process = Process()
    process.executableURL = plimsollFile
    process.arguments = ["import", "--store", store, "utilisation", file]
    process.currentDirectoryURL = place.folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs a line of shell as root, in which `$A` is before what the owner of a store runs, `$B` before what another does.
  private func asOthers(_ line: String) throws -> [String] {
    try shell(
      """
      cd '\(place.folder.url.path)'; chmod 755 .; mkdir g; chmod 777 g; P='\(plimsollFile.path)'
      A='setpriv --reuid=1001 --regid=1001 --clear-groups'; B='setpriv --reuid=65534 --regid=65534 --clear-groups'
      export SWIFT_BACKTRACE=enable=no; chmod 644 *.csv
      $A $P import --store g/s.sqlite utilisation usage.csv > /dev/null
      { \(line); } > printed 2>&1 || true
      """)
    return try place.text("printed").split(separator: "\n").map(String.init)
  }

  private static var canChangeUsers: Bool {
    geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")
  }

  @Test("Who reads another's store leaves nothing behind that locks its owner out", .enabled(if: canChangeUsers))
  func owner() throws {
    try place.file("usage.csv", twoSamples)
    try place.file("more.csv", twoSamples.replacing("i-1", with: "i-2"))
    let lines = try asOthers(
      """
      $B $P series --store g/s.sqlite --format csv | wc -l; ls -A g
      $A $P import --store g/s.sqlite utilisation more.csv; $B $P series --store g/s.sqlite --format csv | wc -l
      """)
    #expect(lines == ["2", "s.sqlite", "more.csv: 2 samples added", "3"])
  }

  @Test(
    "A store in a folder that may not be written to is read, and what is missing is said", .enabled(if: canChangeUsers))
  func readOnlyFolder() throws {
    try place.file("usage.csv", twoSamples)
    let lines = try asOthers(
      """
      chown root g; chmod 755 g; $B $P series --store g/s.sqlite --format csv | wc -l
      $A $P series --store g/s.sqlite --format csv | wc -l; ls -A g
      chmod 600 g/s.sqlite; $B $P status --store g/s.sqlite; echo $?
      """)
    #expect(
      lines == [
        "2", "2", "s.sqlite",
        "plimsoll: g/s.sqlite: found no access (unable to open database file), expected a file and folder that may be "
          + "read and written", "74",
      ])
  }
}
