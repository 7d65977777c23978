import Foundation
import Testing

/// Inputs that are too large, no files, or that say what cannot be.
@Suite struct HostileInputTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  private func refused(_ arguments: [String], _ message: String, at location: SourceLocation = #_sourceLocation) throws
  {
    let run = try place.run(arguments)
    #expect(run.status == 65, "\(arguments)", sourceLocation: location)
    #expect(run.firstError == "plimsoll: \(message)", sourceLocation: location)
  }

  @Test("One resource, composed in one file and decomposed in another, is one series")
  func oneName() throws {
    let head = "timestamp,service,resource,metric,value\n2026-10-01T05:00:00Z,web,"
    try place.file("nfc.csv", head + "i-caf\u{E9},cpu_percent,42.5\n")
    try place.file("nfd.csv", head + "i-cafe\u{301},cpu_percent,43.5\n")
    #expect(try place.imported("nfc.csv").first == "nfc.csv: 1 sample added")
    #expect(
      try place.imported("nfd.csv").first
        == "nfd.csv: 0 samples added, 1 in conflict with an earlier value, which was kept")
    #expect(try place.content() == ["web/i-caf\u{E9} cpu_percent: 1 from 2026-10-01T05:00:00Z, p50 42.5, max 42.5"])
  }

  @Test("A control character in a name is refused, in samples and in an inventory")
  func controlCharacters() throws {
    try place.file(
      "esc.csv", "timestamp,service,resource,metric,value\n2026-10-01T05:00:00Z,web,i-\u{1B}[1m,cpu_percent,1\n")
    try place.expectRefused(
      "esc.csv",
      saying: "plimsoll: esc.csv: found a name with the control character \\x1B (\"i-\\x1B[1m\") (line 2), "
        + "expected a name without control characters")
    try place.file(
      "inv.csv", "service,resource,type,zone,lifecycle,started,stopped\nweb,i-\0,t3.large,,on-demand,2026-10-01,\n")
    try refused(
      ["import", "--store", "s.sqlite", "inventory", "inv.csv"],
      "inv.csv:2: found a name with the control character \\x00 (\"i-\\x00\"), expected a name without control characters"
    )
  }

  @Test("Values that a metric cannot have are counted and shown; with strict they are refused")
  func impossibleValues() throws {
    try place.file(
      "u.csv",
      """
      timestamp,service,resource,metric,value
      2026-10-01T05:00:00Z,edge,,lcu_hours,999999999999999999
      2026-10-01T05:00:00Z,users,casual,concurrent_users,-5
      2026-10-01T05:00:00Z,web,i-1,cpu_percent,42

      """)
    try place.expectRefused(
      "u.csv", "--strict",
      saying:
        "plimsoll: u.csv: found values below 0: concurrent_users (1 sample, down to -5), expected values that the "
        + "metric can have; without --strict they are counted and kept")
    let lines = try place.imported("u.csv")
    #expect(lines.contains("  below 0: concurrent_users (1 sample, down to -5)"))
    #expect(
      lines.contains("  above 10^15, which nothing reaches: lcu_hours (1 sample, up to 999999999999999999)"))
  }

  @Test("A fleet file has a limit, which is said, whether it comes packed or not")
  func largeDocuments() throws {
    // 17 MiB of one letter, some 17 KiB of gzip.
    try shell("cd '\(place.folder.url.path)' && head -c 17825792 /dev/zero | tr '\\0' 'a' | gzip > f.yaml.gz")
    try refused(
      ["import", "--store", "s.sqlite", "fleet", "f.yaml.gz"],
      "f.yaml.gz: found more than 16 MiB, expected at most that, for a file of this kind is read whole")
  }

  @Test("A pipe, a device and a link out of a dataset folder are refused; a link within it is read")
  func datasetFiles() throws {
    let folder = place.folder.url.path
    try shell("cd '\(folder)' && mkdir -p d/utilisation && mkfifo d/utilisation/a.csv")
    try refused(
      ["import", "--store", "s.sqlite", "dataset", "d"],
      "d/utilisation/a.csv: found a pipe, expected a regular file")
    try shell("cd '\(folder)' && rm d/utilisation/a.csv && ln -s /dev/zero d/inventory.csv")
    try refused(
      ["import", "--store", "s.sqlite", "dataset", "d"],
      "d/inventory.csv: found a link out of the folder d, expected a file in it")
    try place.file("d/u.csv", "timestamp,service,metric,value\n2026-10-01T05:00:00Z,web,requests_per_second,1\n")
    try shell("cd '\(folder)' && rm d/inventory.csv && ln -s ../u.csv d/utilisation/b.csv")
    #expect(try place.run(["import", "--store", "s.sqlite", "dataset", "d"]).status == 0)
  }

  @Test("A pipe, a device and a folder in place of the store are refused and not waited for")
  func storeOfNoFile() throws {
    try shell("cd '\(place.folder.url.path)' && mkfifo s.pipe && mkdir s.folder")
    for (name, what) in [
      ("s.pipe", "a pipe or a device"), ("/dev/null", "a pipe or a device"), ("s.folder", "a folder"),
    ] {
      let run = try place.run(["cost", "--store", name])
      #expect(run.status == 74)
      #expect(
        run.errors == "plimsoll: \(name): found \(what), expected a store made by `plimsoll import`\n")
    }
    try place.file("f.yaml", "name: f\nregion: us-east-1\nservices: [{ name: web }]\n")
    #expect(try place.run(["import", "--store", "s.pipe", "fleet", "f.yaml"]).status == 74)
  }

  @Test("A review without a name for its folder writes nothing")
  func namelessFolder() throws {
    let shared = try SharedStore.made.get()
    let run = try place.run(["review", "--store", shared.store, "--month", "2026-10", "--out", ""])
    #expect(run.status == 64 && run.errors == "plimsoll: --out: found an empty name, expected a folder\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.url.path).isEmpty)
  }

  @Test("A reservation of more instances than any account runs is refused with its place")
  func counts() throws {
    try place.file(
      "c.csv",
      "id,service,type,count,offer,started\nr,web,t3.large,9223372036854775807,standard-1yr-no-upfront,2026-03-01\n")
    try refused(
      ["import", "--store", "s.sqlite", "commitments", "c.csv"],
      "c.csv:2: found \"9223372036854775807\", expected a whole number from 1 to 1000000")
    try place.file(
      "d.csv", "id,service,type,count,offer,started\nr,web,t3.large,1000001,standard-1yr-no-upfront,2026-03-01\n")
    try refused(
      ["import", "--store", "s.sqlite", "commitments", "d.csv"],
      "d.csv:2: found \"1000001\", expected a whole number from 1 to 1000000")
  }

  @Test("Months at the ends of the calendar are answered or refused, and never end the command")
  func months() throws {
    let shared = try SharedStore.made.get()
    for month in ["0000-01", "9999-12", "1970-01", "0001-12"] {
      for question in ["cost", "review", "rightsize"] {
        let out = question == "review" ? ["--out", place.folder.path("out")] : []
        let run = try plimsoll([question, "--store", shared.store, "--month", month] + out)
        // 9999-12 has not begun.
        #expect(
          (month == "9999-12" ? [64] : [0, 65, 66]).contains(run.status), "\(question) \(month): \(run.firstError)")
      }
    }
  }

  @Test("A sound store says what was read; a damaged one what is damaged")
  func verified() throws {
    let shared = try SharedStore.made.get()
    #expect(try succeeding(["status", "--verify", "--store", shared.store]).hasPrefix("The store is sound\n"))
  }
}
