import Ingest
import Model
import Testing

@Suite struct WideCSVTests {
  private let midnight: Int64 = 1_790_812_800  // 2026-10-01T00:00:00Z
  private let number = "a number"

  @Test("Each column is a metric, and an empty cell is a gap")
  func gaps() throws {
    let file = try read(
      """
      timestamp,service,resource,cpu_percent,memory_percent
      2026-10-01T00:00:00Z,web,i-1,1.5,
      2026-10-01T00:00:00Z,web,i-2,3,40
      2026-10-01T00:05:00Z,web,i-1,,60
      2026-10-01T00:05:00Z,web,i-2,4," "
      2026-10-01T00:10:00Z,web,i-3,,
      """)
    #expect(
      file.values == [
        "web/i-1 cpu_percent": ["1.5"], "web/i-1 memory_percent": ["60"], "web/i-2 cpu_percent": ["3", "4"],
        "web/i-2 memory_percent": ["40"],
      ])
    #expect(file.seconds["web/i-1 memory_percent"] == [midnight + 300])
    #expect(file.seconds["web/i-2 cpu_percent"] == [midnight, midnight + 300])
  }

  @Test("Columns may stand in any order, values before the key that they belong to")
  func columns() throws {
    let file = try read(
      """
      cpu_percent,resource,load,timestamp,service
      1,i-1,2,2026-10-01T00:00:00Z,web
      3,i-2,4,2026-10-01T00:00:00Z,web
      5,i-1,6,2026-10-01T00:05:00Z,web
      7,i-2,8,2026-10-01T00:05:00Z,web
      """)
    #expect(
      file.values == [
        "web/i-1 cpu_percent": ["1", "5"], "web/i-1 load": ["2", "6"], "web/i-2 cpu_percent": ["3", "7"],
        "web/i-2 load": ["4", "8"],
      ])
  }

  @Test("A resource at a time or an instant at a time, the series are the same")
  func order() throws {
    let rows = (0..<50).flatMap { slot in
      ["i-1", "i-2", "i-3"].map { "\(Instant(seconds: midnight + Int64(slot) * 300)),web,\($0),\(slot % 7).25" }
    }
    let head = "timestamp,service,resource,cpu_percent\n"
    let byResource = rows.enumerated().sorted { ($0.offset % 3, $0.offset) < ($1.offset % 3, $1.offset) }.map(\.element)
    let file = try read(head + rows.joined(separator: "\n"))
    #expect(try read(head + byResource.joined(separator: "\n")).samples == file.samples)
    #expect(file.samples.map(\.value.count) == [50, 50, 50])
    let week = ["0.25", "1.25", "2.25", "3.25", "4.25", "5.25", "6.25", "0.25"]
    #expect(file.values["web/i-2 cpu_percent"]?.prefix(8) == week[...])
  }

  @Test(
    "What cannot be used is named with its line",
    arguments: [
      ("cpu_percent\n2026-10-01T00:00:00Z,web,i-1,high", 2, "\"high\"", "a number"),
      ("cpu_percent\n\n2026-10-01T00:00:00Z,,i-1,1", 3, "no service", "the name of a service"),
      (
        "cpu_percent\n2026-10-32T00:00:00Z,web,i-1,1", 2, "\"2026-10-32T00:00:00Z\"",
        expectedTimestamp.description
      ),
      ("cpu_percent,load\n2026-10-01,web,i-1,1", 2, "4 fields", "5 fields as in the header"),
      ("\n", 1, "a column without a name", "the name of a metric"),
    ])
  func wrong(rest: String, line: Int, found: String, expected: String) {
    expectFailure("usage.csv:\(line): found \(found), expected \(expected)") {
      _ = try read("timestamp,service,resource," + rest)
    }
  }

  @Test("Of a row with a wrong value nothing is taken, not even what stands before it")
  func wholeRows() throws {
    let file = try Reader(badRowLimit: 1).read(
      """
      timestamp,service,resource,cpu_percent,load
      2026-10-01T00:00:00Z,web,i-1,1,x
      2026-10-01T00:05:00Z,web,i-1,2,3
      """)
    #expect(file.values == ["web/i-1 cpu_percent": ["2"], "web/i-1 load": ["3"]])
    #expect(file.seconds["web/i-1 cpu_percent"] == [midnight + 300])
    #expect(
      file.summary.badRows == [
        BadRow(line: 2, found: "\"x\"", expected: number, text: "2026-10-01T00:00:00Z,web,i-1,1,x")
      ])
  }

  @Test("A resource that has nothing but wrong rows is no series, and needs no service")
  func wrongRowsAlone() throws {
    let reader = Reader(naming: SeriesNaming(serviceOfResource: ["i-1": "web"]), badRowLimit: 1)
    let file = try reader.read(
      """
      timestamp,resource,load,cpu_percent
      2026-10-01T00:00:00Z,i-9,1,x
      2026-10-01T00:05:00Z,i-1,2,3
      """)
    #expect(file.values == ["web/i-1 load": ["2"], "web/i-1 cpu_percent": ["3"]])
    #expect(file.notes.unknown == ["load": 1])
  }

  @Test("A file without a metric column is refused")
  func noMetric() {
    expectFailure("usage.csv:1: found no metric column, expected a column for at least one metric") {
      _ = try read("timestamp,service,resource\n")
    }
  }
}

@Suite struct TwoColumnCSVTests {
  private let midnight: Int64 = 1_790_812_800  // 2026-10-01T00:00:00Z
  private let naming = SeriesNaming(service: "web", resource: "i-1", metric: "calls")
  private let rows = "2026-10-01T00:00:00Z,1.5\n2026-10-01T00:05:00Z,\n2026-10-01T00:10:00Z,2\n"

  @Test(
    "A header is one whatever it says of the values, and there may be none; an empty value is a gap",
    arguments: ["timestamp,value\n", "time,value\n", "when,value\n", "", "# comment\n", "# comment\nts,value\n"])
  func header(head: String) throws {
    let file = try Reader(naming: naming).read(head + rows)
    #expect(file.summary.format == "two-column-csv")
    #expect(file.values == ["web/i-1 calls": ["1.5", "2"]])
    #expect(file.seconds == ["web/i-1 calls": [midnight, midnight + 600]])
  }

  @Test("An option for the metric comes before a header that names it")
  func metric() throws {
    var naming = naming
    #expect(try Reader(naming: naming).read("timestamp,load\n" + rows).values == ["web/i-1 calls": ["1.5", "2"]])
    naming.metric = nil
    #expect(try Reader(naming: naming).read("timestamp,load\n" + rows).values == ["web/i-1 load": ["1.5", "2"]])
    expectFailure("usage.csv: found no metric (lines 1 to 3), expected a column \"metric\", or parameter metric") {
      _ = try Reader(naming: naming).read(rows)
    }
  }

  @Test("A bad row is named with its line, with a header, without, and behind comments")
  func badRow() {
    for (head, line) in [("", 4), ("timestamp,value\n", 5), ("# a\n# b\n", 6), ("# a\nts,value\n", 6)] {
      expectFailure("usage.csv:\(line): found 3 fields, expected 2 fields as in the header") {
        _ = try Reader(naming: naming).read(head + rows + "2026-10-01T00:15:00Z,1,2\n")
      }
    }
  }

  @Test("A value before its timestamp is a long file")
  func turned() throws {
    let file = try Reader(naming: naming).read("value,timestamp\n1,2026-10-01T00:00:00Z\n")
    #expect(file.summary.format == "long-csv")
    #expect(file.values == ["web/i-1 calls": ["1"]])
  }

  @Test("A file of another width is refused where the layout is given")
  func width() {
    expectFailure("usage.csv:1: found 3 columns, expected two: a timestamp and a value") {
      _ = try Reader(layout: "two-column-csv", naming: naming).read("timestamp,value,x\n")
    }
  }
}

@Suite struct BitbrainsTests {
  private let head = "Timestamp [ms];\tCPU cores;\tCPU usage [%]\n"
  private let rows = "1376314846;\t4;\t93.23333333333333\n1376315146;\t4;\t0.0\n"

  @Test("The resource is the number in the file's name, and timestamps are seconds whatever the header says")
  func machine() throws {
    let file = try Reader(name: "traces/163.csv.gz", naming: SeriesNaming(service: "vm")).read(head + rows)
    #expect(file.summary.format == "bitbrains")
    // CPU usage [%] has a name of ours; cores have none.
    #expect(file.values["vm/163 CPU cores"] == ["4", "4"])
    #expect(file.values["vm/163 cpu_percent"] == ["93.23333333333333", "0.0"])
    #expect(file.seconds["vm/163 CPU cores"] == [1_376_314_846, 1_376_315_146])
    #expect(file.summary.timestamps.epochMilliseconds == 0 && file.summary.timestamps.epochSeconds > 0)
  }

  @Test("The option names the resource before the file's name does")
  func option() throws {
    let naming = SeriesNaming(service: "vm", resource: "i-1")
    #expect(try Reader(name: "163.csv", naming: naming).read(head + rows).values["vm/i-1 CPU cores"] == ["4", "4"])
  }

  @Test("Milliseconds are taken as such where they are")
  func milliseconds() throws {
    let text = head + "1376314846000;\t4;\t1\n"
    let file = try Reader(name: "1.csv", naming: SeriesNaming(service: "vm")).read(text)
    #expect(file.seconds["vm/1 CPU cores"] == [1_376_314_846])
  }

  @Test("A comma is no separator, and a wrong row is named")
  func wrong() {
    expectFailure("163.csv:2: found 1 fields, expected 3 fields as in the header") {
      _ = try Reader(name: "163.csv", naming: SeriesNaming(service: "vm")).read(head + "1376314846,4,1\n")
    }
  }
}
