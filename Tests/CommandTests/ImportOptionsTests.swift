import Foundation
import Testing

/// What the person at the shell says about files of utilisation.
@Suite struct ImportOptionsTests {
  private static let web = ["--service", "web", "--resource", "i-1", "--metric", "cpu_percent"]

  @Test("Local times of an hour that came twice and of one that was skipped are told in UTC, and reported")
  func daylightSaving() throws {
    let workplace = try Workplace()
    // New York set its clocks back on 2026-11-01 at 02:00 (EDT, -4, to EST, -5) and forward on 2026-03-08 at 02:00.
    try workplace.file(
      "autumn.csv",
      "timestamp,value\n2026-11-01 00:30:00,1\n2026-11-01 01:30:00,2\n2026-11-01 01:30:00,3\n2026-11-01 02:30:00,4\n")
    try workplace.file("spring.csv", "timestamp,value\n2026-03-08 02:30:00,5\n")
    let zone = ["--timezone", "America/New_York"] + Self.web
    let autumn = try workplace.run(workplace.importing(["autumn.csv"] + zone))
    #expect(
      autumn.output == """
        autumn.csv: 4 samples added
          the clock showed the hour of 2026-11-01 01:00 twice: 2 samples in it, told apart by their order

        """)
    // 00:30 EDT is 04:30 UTC; then 05:30, 06:30 and 07:30, none of them missing.
    let first = try tables(try workplace.series())[0]
    #expect(first.rows.map { $0["first"] } == ["2026-11-01T04:30:00Z"])
    #expect(first.rows.map { $0["last"] } == ["2026-11-01T07:30:00Z"])
    #expect(first.rows.map { [$0["step_seconds"], $0["gaps"], $0["conflicts"]] } == [["3600", "0", "0"]])
    let spring = try workplace.run(workplace.importing(["spring.csv"] + zone))
    #expect(
      spring.output == """
        spring.csv: 1 sample added
          the clock skipped the hour of 2026-03-08 02:00: 1 sample in it, taken as if it had not been set forward

        """)
    // 02:30 EST, had it been, is 07:30 UTC.
    #expect(try tables(try workplace.series())[0].rows.map { $0["first"] } == ["2026-03-08T07:30:00Z"])
  }

  @Test("A local time without a zone, and a zone that is none, are refused")
  func zones() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    try workplace.file(
      "local.csv", "timestamp,service,resource,cpu_percent\n2026-11-01 00:30:00,web,i-1,1\n")
    try workplace.expectRefused(
      "local.csv",
      saying: "plimsoll: local.csv:2: found \"2026-11-01 00:30:00\", expected a timestamp with a zone, such as "
        + "2026-10-01T04:00:00Z, or --timezone, or epoch seconds")
    try workplace.expectRefused(
      "local.csv", "--timezone", "Mars/Base", status: 64,
      saying: "plimsoll: --timezone: found \"Mars/Base\", expected an IANA time zone such as America/New_York")
  }

  @Test("A mapping renames, converts, leaves out and names the resource by a label, and says so")
  func mapping() throws {
    let workplace = try Workplace()
    try workplace.file(
      "mapping.yaml",
      """
      metrics:
        load: {metric: cpu_percent, unit: ratio}
        noise: {skip: true}
      labels:
        service: [app]
        resource: [host]
        ignore: [instance, zone]

      """)
    try workplace.file(
      "usage.txt",
      """
      # TYPE load gauge
      load{app="web",host="i-1",instance="10.0.0.1:9100",zone="a"} 0.425 1790812800
      load{app="web",host="i-1",instance="10.0.0.1:9100",zone="b"} 0.43 1790813100
      # TYPE noise gauge
      noise{app="web",host="i-1"} 1 1790812800
      # EOF

      """)
    // A ratio of 0.425 is 42.5 %.
    #expect(
      try workplace.imported("usage.txt", "--mapping", "mapping.yaml") == [
        "usage.txt: 2 samples added", "  timestamps were taken as epoch seconds", "  renamed: load to cpu_percent",
        "  left out as the mapping says: noise (1 series)",
        "  one series from several of the source: web/i-1 cpu_percent (of 2)",
      ])
    #expect(try workplace.content() == twoSamplesContent)
    try workplace.file("wrong.yaml", "metrics:\n  load: {metric: cpu_percent, unit: parsecs}\n")
    let run = try workplace.run(workplace.importing(["usage.txt", "--mapping", "wrong.yaml"]))
    #expect(run.status == 65)
    #expect(run.firstError.hasPrefix("plimsoll: wrong.yaml:2: metrics.load.unit: found "), "\(run.firstError)")
  }

  @Test("The service of a resource comes from the inventory, unless the option or the file says another")
  func inventory() throws {
    let workplace = try Workplace()
    try workplace.file(
      "inventory.csv",
      "service,resource,type,zone,lifecycle,started,stopped\n"
        + "web,i-1,t3.medium,us-east-1a,on-demand,2026-09-01T00:00:00Z,\n")
    let inventory = try workplace.run(["import", "--store", workplace.store, "inventory", "inventory.csv"])
    #expect(inventory.output == "inventory.csv: 1 row added\n", "\(inventory.errors)")
    let samples = twoSamples.replacing("web,", with: "").replacing("service,", with: "")
    try workplace.file("usage.csv", samples)
    try workplace.imported("usage.csv")
    #expect(try workplace.content() == twoSamplesContent)
    try workplace.imported("usage.csv", "--service", "api")
    #expect(try workplace.content() == [twoSamplesContent[0].replacing("web", with: "api")] + twoSamplesContent)
    try workplace.file("unknown.csv", samples.replacing("i-1", with: "i-9"))
    try workplace.expectRefused(
      "unknown.csv",
      saying: "plimsoll: unknown.csv: i-9 cpu_percent: found no service (lines 2 to 3), "
        + "expected a column \"service\", --service NAME, or an inventory that holds the resource")
  }

  @Test("Resources, services and user types that nobody knows are counted and named, and instances without a sample")
  func unmatchedNames() throws {
    let workplace = try Workplace()
    let head = "service,resource,type,zone,lifecycle,started,stopped\n"
    // i-3 stopped before the samples begin, i-4 ran for less than an hour.
    let runs = ["i-1,", "i-2,", "i-3,2026-09-30T00:00:00Z", "i-4,2026-10-01T00:20:00Z"].map { run in
      let (name, stopped) = (run.prefix { $0 != "," }, run.drop { $0 != "," })
      return "web,\(name),t3.medium,us-east-1a,on-demand,2026-09-01T00:00:00Z\(stopped)\n"
    }
    try workplace.file("inventory.csv", head + runs.joined())
    let inventory = try workplace.run(["import", "--store", workplace.store, "inventory", "inventory.csv"])
    #expect(inventory.status == 0, "\(inventory.errors)")
    let rows = ["i-1", "10.0.0.5:9100"].map { "2026-10-01T00:00:00Z,web,\($0),40\n2026-10-01T02:00:00Z,web,\($0),40\n" }
    try workplace.file("usage.csv", "timestamp,service,resource,cpu_percent\n" + rows.joined())
    #expect(
      try workplace.imported("usage.csv") == [
        "usage.csv: 4 samples added",
        "  names that match nothing: 1 resource not in the inventory (web/10.0.0.5:9100); "
          + "1 instance of the inventory without a sample, where others have some (web/i-2)",
      ])
    // Samples of the other instance, in a file of its own, leave nothing to say.
    try workplace.file("second.csv", "timestamp,service,resource,cpu_percent\n2026-10-01T02:00:00Z,web,i-2,40\n")
    #expect(try workplace.imported("second.csv") == ["second.csv: 1 sample added"])
    // What each service has as a whole is no instance.
    try workplace.file("whole.csv", "timestamp,service,resource,calls\n2026-10-01T02:00:00Z,web,tls,40\n")
    #expect(try workplace.imported("whole.csv") == ["whole.csv: 1 sample added"])
  }

  @Test("A first bad row stops an import with its line, what was found and what was expected, and stores nothing")
  func strict() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples))
    try workplace.file("bad.csv", Self.bad)
    for options in [[], ["--strict"], ["--skip-bad-rows", "0"]] {
      let before = workplace.bytes(workplace.store)
      let run = try workplace.run(workplace.importing(["bad.csv"] + options))
      #expect(run.status == 65)
      #expect(run.errors == Self.firstProblem + "\n")
      #expect(workplace.bytes(workplace.store) == before)
    }
    // One more than may be passed over; no rejects file is left.
    try workplace.expectRefused(
      "bad.csv", "--skip-bad-rows", "2",
      saying:
        "plimsoll: bad.csv:5: found 4 fields, expected 5 fields as in the header (after 2 bad rows that were passed over)"
    )
    #expect(workplace.bytes("bad.csv.rejects.csv") == nil)
  }

  @Test("Up to so many bad rows are passed over, and written to the rejects file with their lines and reasons")
  func skipping() throws {
    let workplace = try Workplace()
    try workplace.file("bad.csv", Self.bad)
    _ = try workplace.gzip("packed.csv.gz", Self.bad)
    #expect(
      try workplace.imported("bad.csv", "--skip-bad-rows", "3") == [
        "bad.csv: 2 samples added", "  3 bad rows were passed over", "  rejects: bad.csv.rejects.csv",
      ])
    let rejects = #"""
      line,found,expected,row
      3,"""yesterday""","a timestamp with a zone, such as 2026-10-01T04:00:00Z, or --timezone, or epoch seconds","yesterday,web,i-1,cpu_percent,2"
      4,"""1,5""",a number,"2026-10-01T00:10:00Z,web,i-1,cpu_percent,""1,5"""
      5,4 fields,5 fields as in the header,"2026-10-01T00:15:00Z,web,i-1,cpu_percent"

      """#
    #expect(try workplace.text("bad.csv.rejects.csv") == rejects)
    // 42.5 at midnight and 43 at 00:20.
    #expect(try workplace.content() == twoSamplesContent)
    // Beside the working folder's others: of gzip without the .gz, of standard input under a name, and as told.
    try workplace.imported("packed.csv.gz", "--skip-bad-rows", "3")
    try workplace.imported("-", "--skip-bad-rows", "9", input: "bad.csv")
    #expect(
      try workplace.imported("bad.csv", "--skip-bad-rows", "3", "--rejects", "told.csv").last == "  rejects: told.csv")
    for name in ["packed.csv.rejects.csv", "standard-input.rejects.csv", "told.csv"] {
      #expect(try workplace.text(name) == rejects, "\(name)")
    }
  }

  @Test("Without a bad row there is no rejects file, and one that cannot be written keeps the store as it was")
  func rejects() throws {
    let workplace = try Workplace()
    try workplace.imported(try workplace.file("good.csv", twoSamples), "--skip-bad-rows", "3")
    #expect(workplace.bytes("good.csv.rejects.csv") == nil)
    try workplace.file("bad.csv", Self.bad.replacing("i-1", with: "i-2"))
    let before = workplace.bytes(workplace.store)
    let run = try workplace.run(
      workplace.importing(["bad.csv", "--skip-bad-rows", "3", "--rejects", "none/rejects.csv"]))
    #expect(run.status == 74)
    #expect(run.firstError.hasPrefix("plimsoll: none/rejects.csv: found a file that cannot be written: "))
    #expect(workplace.bytes(workplace.store) == before)
  }

  @Test(
    "Options that exclude each other, or are for other files, are wrong usage",
    arguments: [
      (
        ["utilisation", "a.csv", "--strict", "--skip-bad-rows", "3"], "--strict and --skip-bad-rows exclude each other."
      ),
      (["utilisation", "a.csv", "--skip-bad-rows=-1"], "--skip-bad-rows takes 0 or more."),
      (
        ["utilisation", "a.csv", "b.csv", "--rejects", "r.csv"],
        "--rejects is for one file; without it each file gets a rejects file of its own."
      ),
      (
        ["utilisation", "a/usage.csv", "b/usage.csv.gz", "--skip-bad-rows", "3"],
        "The bad rows of a/usage.csv and of b/usage.csv.gz would both go to usage.csv.rejects.csv; import each by "
          + "itself with --rejects."
      ),
      (
        ["utilisation", "a.csv", "--skip-bad-rows", "3", "--rejects", "./a.csv"],
        "The bad rows of a.csv would overwrite ./a.csv; --rejects names another file."
      ),
      (["inventory", "a.csv", "--timezone", "UTC"], "--timezone is for utilisation, not for inventory."),
      (["inventory", "a.csv", "--from", "2026-10-01"], "--from is for fleet, not for inventory."),
      (["dataset", "folder", "--from", "2026-10-01"], "--from is for fleet, not for a dataset."),
      (
        ["fleet", "a.yaml", "b.yaml", "--from", "2026-10-01"],
        "--from is for one file; of several on one day each would replace the one before."
      ),
      (["dataset", "folder", "--layout", "long-csv"], "--layout is for utilisation, not for a dataset."),
    ])
  func usage(arguments: [String], message: String) throws {
    try expectFailure(["import"] + arguments, 64, "Error: \(message)")
  }

  /// A file with three bad rows between two good ones.
  private static let bad = """
    timestamp,service,resource,metric,value
    2026-10-01T00:00:00Z,web,i-1,cpu_percent,42.5
    yesterday,web,i-1,cpu_percent,2
    2026-10-01T00:10:00Z,web,i-1,cpu_percent,"1,5"
    2026-10-01T00:15:00Z,web,i-1,cpu_percent
    2026-10-01T00:20:00Z,web,i-1,cpu_percent,43

    """
  private static let firstProblem =
    "plimsoll: bad.csv:3: found \"yesterday\", expected a timestamp with a zone, such as 2026-10-01T04:00:00Z, or --timezone, or epoch seconds"
}
