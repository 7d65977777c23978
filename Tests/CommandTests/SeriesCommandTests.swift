import Foundation
import Testing

/// The series of a store, one a row.
@Suite struct SeriesCommandTests {
  private let workplace: Workplace

  init() throws {
    workplace = try Workplace()
    // 1 to 200 in an order of their own (37 has no factor in common with 200), a minute apart; and one sample of a
    // service as a whole.
    let rows = (0..<200).map { "\(1_790_812_800 + 60 * $0),web,i-1,cpu_percent,\($0 * 37 % 200 + 1)\n" }
    try workplace.file(
      "usage.csv",
      "timestamp,service,resource,metric,value\n" + rows.joined() + "1790812800,web,,requests_per_second,0.10\n")
    try workplace.imported("usage.csv")
  }

  @Test("A row has samples, period, step, coverage, gaps, conflicts, nearest-rank percentiles and the maximum")
  func row() throws {
    // Of 1 to 200: p50 is the 100th, p95 the 190th, p99 the 198th. 199 minutes after midnight is 03:19.
    #expect(
      try workplace.series() == """
        service,resource,metric,samples,first,last,step_seconds,coverage,gaps,conflicts,p50,p95,p99,max
        web,,requests_per_second,1,2026-10-01T00:00:00Z,2026-10-01T00:00:00Z,,1.0,0,0,0.1,0.1,0.1,0.1
        web,i-1,cpu_percent,200,2026-10-01T00:00:00Z,2026-10-01T03:19:00Z,60,1.0,0,0,100,190,198,200

        """)
  }

  @Test("Percentiles are those asked for, in that order")
  func percentiles() throws {
    // The 99.5th of 200 is the 199th; the 0th is the least. Compared by name: p0, p100, p99.5.
    let row = try tables(try workplace.series("--percentiles", "99.5,0,100", "--resource", "i-1"))[0]
    #expect(row.columns.suffix(4) == ["p99.5", "p0", "p100", "max"])
    #expect(
      row.rows.map { row in row.keys.sorted().filter { $0.hasPrefix("p") }.map { row[$0] } } == [["1", "200", "199"]])
  }

  @Test(
    "Service, resource and metric choose; an empty resource is the service as a whole; none of them is missing input")
  func filters() throws {
    func metrics(_ arguments: String...) throws -> [String?] {
      let run = try workplace.run(["series", "--store", workplace.store, "--format", "csv"] + arguments)
      return try tables(run.output)[0].rows.map { $0["metric"] }
    }
    #expect(try metrics("--service", "web") == ["requests_per_second", "cpu_percent"])
    #expect(try metrics("--resource", "") == ["requests_per_second"])
    #expect(try metrics("--metric", "cpu_percent", "--service", "web") == ["cpu_percent"])
    let none = try workplace.run(["series", "--store", workplace.store, "--service", "api"])
    #expect(none.status == 66)
    #expect(
      none.errors == "plimsoll: store.sqlite: found no such series, expected one that `plimsoll series` lists\n")
  }

  @Test("What is no percentile is wrong usage", arguments: ["x", "101", "-1", "50;95"])
  func wrongPercentile(text: String) throws {
    let run = try workplace.run(["series", "--store", workplace.store, "--percentiles=\(text)"])
    #expect(run.status == 64)
    #expect(
      run.errors
        == "plimsoll: --percentiles: found \"\(text)\", expected numbers from 0 to 100 such as 50,95,99.5\n")
  }

  @Test(
    "A percentile asked for twice is wrong usage: it would be two columns of one name", arguments: ["50,50", "9,5,5.0"])
  func percentileTwice(text: String) throws {
    let run = try workplace.run(["series", "--store", workplace.store, "--percentiles", text, "--format", "json"])
    #expect(run.status == 64 && run.errors.contains("twice, expected each percentile once"), "\(run.errors)")
  }

  @Test("Table and JSON hold the cells of the CSV, and --out takes them to a file")
  func formats() throws {
    let csv = try tables(try workplace.series())[0]
    let json = try workplace.run(["series", "--store", workplace.store, "--format", "json"])
    expectSame([csv], try jsonTables(json.output))
    let wide = ["COLUMNS": "160"]
    let table = try workplace.run(["series", "--store", workplace.store], environment: wide)
    let words = table.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    // Head, rule, and a row for each.
    #expect(words.count == 2 + csv.rows.count)
    #expect(words.last?.suffix(4) == ["100", "190", "198", "200"])
    let out = try workplace.run(["series", "--store", workplace.store, "--out", "table.txt"], environment: wide)
    #expect(out.output == "" && out.status == 0)
    #expect(try workplace.text("table.txt") == table.output)
  }
}
