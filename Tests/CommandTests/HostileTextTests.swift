import Foundation
import Testing

/// Inputs whose text would do something where it is shown, or is no text.
@Suite struct HostileTextTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test("A rejects file holds nothing that a spreadsheet runs")
  func rejects() throws {
    try place.file(
      "bad.csv",
      twoSamples + "=1+1,web,i-1,cpu_percent,1\n2026-10-01T00:10:00Z,web,i-1,cpu_percent,@SUM(A1)\n-2,web,i-1,m,1\n")
    try place.imported("bad.csv", "--skip-bad-rows", "3")
    let rows = try tables(try place.text("bad.csv.rejects.csv"))[0].rows
    #expect(rows.map { $0["line"] } == ["4", "5", "6"])
    #expect(
      rows.map { $0["row"] } == [
        "'=1+1,web,i-1,cpu_percent,1", "2026-10-01T00:10:00Z,web,i-1,cpu_percent,@SUM(A1)", "'-2,web,i-1,m,1",
      ])
    #expect(rows.map { $0["found"] } == ["'\"=1+1\"", "'\"@SUM(A1)\"", "'\"-2\""])
  }

  @Test("An error shows at most 80 characters of a file, whatever it is given as")
  func excerpts() throws {
    let secret =
      "DB_HOST=db.example.com\nDB_PASSWORD=hunter2hunter2\nAWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfi\n"
    try place.file("env.txt", secret + String(repeating: "line\n", count: 10_000))
    try place.file("usage.csv", twoSamples)
    let kinds = ["fleet", "inventory", "commitments", "prices", "spot"].map { [$0, "env.txt"] }
    for arguments in kinds + [["utilisation", "env.txt"], ["utilisation", "--mapping", "env.txt", "usage.csv"]] {
      let run = try place.run(["import", "--store", place.store] + arguments)
      #expect(run.status == 65, "\(arguments)")
      #expect(run.errors.count < 3_000 && !run.errors.contains("PxRfi"), "\(arguments): \(run.errors)")
    }
    let run = try place.run(["import", "--store", place.store, "fleet", "env.txt"])
    #expect(
      run.firstError == "plimsoll: env.txt:1: found \"DB_HOST=db.example.com DB_PASSWORD=hunter2hunter2 "
        + "AWS_SECRET_ACCESS_KEY=wJalrXUt…\", expected a mapping")
  }

  @Test("Bytes that are no UTF-8 are refused with their line, in every kind of file")
  func encoding() throws {
    func write(_ name: String, _ text: String) throws {
      // A Latin-1 e with an accent in the place of each ~.
      let bytes = Array(text.utf8).map { $0 == UInt8(ascii: "~") ? 0xE9 : $0 }
      try Data(bytes).write(to: place.folder.url.appendingPathComponent(name))
    }
    try write("fleet.yaml", "name: x\ntitle: caf~\n")
    try write(
      "inventory.csv", "service,resource,type,zone,lifecycle,started,stopped\ncaf~,i,t3.medium,,spot,2026-10-01,\n")
    try write("header.csv", "service,resource,type,zone,lifecycle,started,stopped,caf~\n")
    try write(
      "commitments.csv", "id,service,type,offer,count,started\ncaf~,w,t3.medium,standard-1yr-no-upfront,1,2026-10-01\n")
    try write("usage.csv", "timestamp,service,resource,metric,value\n2026-10-01T00:00:00Z,caf~,i,cpu_percent,1\n")
    try write("wide.csv", "timestamp,service,resource,caf~\n2026-10-01T00:00:00Z,w,i,1\n")
    try write("prometheus.json", #"{"data":{"result":[{"metric":{"service":"caf~"},"values":[[1790827200,"1"]]}]}}"#)
    try write("usage.prom", "up{service=\"caf~\"} 1 1790827200\n")
    // Where nobody reads it: a column of no meaning, plain and in a row with quotes, comments, a help line.
    let other = "timestamp,service,resource,metric,value,note\n2026-10-01T00:00:00Z,w,i,cpu_percent,1,caf\u{E9}\n"
    try write("other.csv", other + "2026-10-01T00:05:00Z,w,i,cpu_percent,1,caf~\n")
    try write("quoted.csv", other + "2026-10-01T00:05:00Z,w,\"i\",cpu_percent,1,caf~\n")
    try write("comment.csv", "# caf~\n" + twoSamples)
    try write("help.prom", "# HELP up caf~\nup 1 1790827200\n")
    try write("prices.csv", "# plimsoll-prices: on-demand 1\n# note: caf~\n")
    for (kind, name, line) in [
      ("fleet", "fleet.yaml", 2), ("inventory", "inventory.csv", 2), ("inventory", "header.csv", 1),
      ("commitments", "commitments.csv", 2), ("utilisation", "usage.csv", 2), ("utilisation", "wide.csv", 1),
      ("utilisation", "prometheus.json", 1), ("utilisation", "usage.prom", 1), ("utilisation", "other.csv", 3),
      ("utilisation", "quoted.csv", 3), ("utilisation", "comment.csv", 1), ("utilisation", "help.prom", 1),
      ("prices", "prices.csv", 2),
    ] {
      let run = try place.run(["import", "--store", place.store, kind, name])
      #expect(run.status == 65, "\(name)")
      #expect(run.firstError.hasPrefix("plimsoll: \(name):\(line): found "), "\(name): \(run.firstError)")
    }
  }

  @Test("A name that turns the direction of writing is refused with its line, in every kind of file that has names")
  func direction() throws {
    // U+202E, after which `gnp.exe` is seen as `exe.png`.
    let name = "web\u{202E}gnp"
    try place.file("fleet.yaml", "name: x\nservices:\n  - name: \"\(name)\"\n")
    try place.file(
      "inventory.csv", "service,resource,type,zone,lifecycle,started,stopped\nw,\(name),t3.medium,,spot,2026-10-01,\n")
    try place.file("usage.csv", twoSamples.replacing("i-1", with: name))
    let found = "found a name with the control character \\u{202E} (\"web\\u{202E}gnp\")"
    for (kind, file, message) in [
      ("fleet", "fleet.yaml", "fleet.yaml:3: services[0].name: \(found)"),
      ("inventory", "inventory.csv", "inventory.csv:2: \(found)"),
      ("utilisation", "usage.csv", "usage.csv: \(found) (lines 2 to 3)"),
    ] {
      let run = try place.run(["import", "--store", place.store, kind, file])
      #expect(run.status == 65, "\(file)")
      #expect(run.firstError == "plimsoll: \(message), expected a name without control characters")
    }
  }
}
