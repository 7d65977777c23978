import Ingest
import Model
import Testing

@Suite struct LongCSVTests {
  private let head = "timestamp,service,resource,metric,value\n"
  private let midnight: Int64 = 1_790_812_800  // 2026-10-01T00:00:00Z
  private let row = "2026-10-01T00:00:00Z,web,,calls,"

  @Test("Rows in any order go to their series as they come, each value with the decimals it was written with")
  func mixed() throws {
    let file = try read(
      head + """
        2026-10-01T00:05:00Z,web,i-1,cpu_percent,5
        2026-10-01T00:00:00Z,web,i-1,cpu_percent,4.250
        2026-10-01T00:00:00Z,web,,requests_per_second,10
        2026-10-01T02:10:00+02:00,web,i-1,cpu_percent,-6.5

        """)
    #expect(
      file.values == ["web/i-1 cpu_percent": ["5", "4.250", "-6.5"], "web requests_per_second": ["10"]])
    #expect(
      file.seconds == [
        "web/i-1 cpu_percent": [midnight + 300, midnight, midnight + 600], "web requests_per_second": [midnight],
      ])
    #expect(file.summary.samples == 4)
  }

  @Test("Columns may stand in any order, those of the key apart, and others are passed over")
  func columns() throws {
    let text = """
      value,region,METRIC,"resource",x,service,Time
      1,eu,calls,i-1,,web,2026-10-01T00:00:00Z
      2,us,calls,i-1,"a,b",web,2026-10-01T00:05:00Z
      3,us,calls,i-2,,web,2026-10-01T00:05:00Z
      """
    let file = try read(text)
    #expect(file.values == ["web/i-1 calls": ["1", "2"], "web/i-2 calls": ["3"]])
    #expect(file.seconds["web/i-1 calls"] == [midnight, midnight + 300])
  }

  @Test(
    "A value may stand before its timestamp or its key",
    arguments: ["timestamp,value,key", "value,timestamp,key", "value,key,timestamp", "key,value,timestamp"])
  func valueFirst(order: String) throws {
    let columns = order.split(separator: ",").map(String.init)
    let rows = (0..<6).map { number in
      columns.map { column in
        switch column {
        case "timestamp": "\(midnight + Int64(number) * 300)"
        case "key": "web,i-\(number % 2),calls"
        default: "\(number)"
        }
      }.joined(separator: ",")
    }
    let names = order.replacing("key", with: "service,resource,metric")
    let file = try read(([names] + rows).joined(separator: "\n"))
    #expect(file.values == ["web/i-0 calls": ["0", "2", "4"], "web/i-1 calls": ["1", "3", "5"]])
    #expect(file.seconds["web/i-1 calls"] == [midnight + 300, midnight + 900, midnight + 1500])
  }

  @Test("Quoted fields hold separators, quotes and line ends")
  func quotes() throws {
    let text =
      "timestamp,service,resource,metric,value,note\n" + """
        "2026-10-01T00:00:00Z","a, b","say ""hi""\",calls,"1.5",
        2026-10-01T00:05:00Z,two,,calls,2,"two
        lines"
        2026-10-01T00:05:00Z,plain,,"calls",3,
        2026-10-01T00:10:00Z,plain,,calls,4,

        """
    let file = try read(text)
    #expect(
      file.values == ["a, b/say \"hi\" calls": ["1.5"], "two calls": ["2"], "plain calls": ["3", "4"]])
  }

  @Test(
    "CRLF, a mark, comments and blank lines change nothing",
    arguments: [
      "{H}{1}{2}", "\u{FEFF}{H}{1}{2}", "# from a test\n# and more\n{H}{1}{2}", "{H}\n\n{1}\n{2}\n\n",
      "\n\n{H}{1}{2}",
    ], ["\n", "\r\n"])
  func shape(shape: String, lineEnd: String) throws {
    let rows = shape.replacing("{1}", with: row + "1\n").replacing("{2}", with: row + "2\n")
    let text = rows.replacing("{H}", with: head).replacing("\n", with: lineEnd)
    let file = try read(text)
    #expect(file.values == ["web calls": ["1", "2"]])
    #expect(file.summary.byteCount == text.utf8.count)
  }

  @Test("Old line ends, a carriage return alone, are line ends too, and are counted as such")
  func carriageReturns() throws {
    let text = (head + row + "1\n" + row + "x\n" + row + "2\n" + row + "y\n").replacing("\n", with: "\r")
    let file = try Reader(badRowLimit: 2).read(text)
    #expect(file.values == ["web calls": ["1", "2"]])
    #expect(file.summary.badRows.map(\.line) == [3, 5])
  }

  @Test("A file may hold two values for an instant, and any metric: the store and the notes deal with them")
  func open() throws {
    let file = try read(head + "\(row)1.50\n\(row)1.6\n2026-10-01T00:00:00Z,web,,blood pressure,80\n")
    #expect(file.values == ["web calls": ["1.50", "1.6"], "web blood pressure": ["80"]])
    #expect(file.notes.unknown == ["blood pressure": 1])
  }

  @Test("Service, resource and metric may come from options where the file has no column")
  func options() throws {
    let naming = SeriesNaming(service: "web", resource: "i-1", metric: "calls")
    #expect(
      try Reader(layout: "long-csv", naming: naming).read("timestamp,value,x\n2026-10-01T00:00:00Z,1,\n").values
        == ["web/i-1 calls": ["1"]])
    // The file says more than the options.
    #expect(
      try Reader(naming: naming).read("timestamp,resource,value\n2026-10-01T00:00:00Z,i-2,1\n").values
        == ["web/i-2 calls": ["1"]])
    expectFailure(
      "usage.csv: calls: found no service (line 2), expected a column \"service\", parameter service, or an inventory "
        + "that holds the resource"
    ) { _ = try read("timestamp,metric,value\n2026-10-01T00:00:00Z,calls,1\n") }
  }

  @Test("A header without rows is a file without series")
  func noRows() throws {
    let file = try read(head)
    #expect(file.samples.isEmpty && file.summary.samples == 0)
  }

  @Test(
    "A field that cannot be used is named with its line",
    arguments: [
      ("2026-10-01T00:00:00Z,web,,calls,n/a", "\"n/a\"", "a number"),
      ("2026-10-01T00:00:00Z,web,,calls,", "\"\"", "a number"),
      ("2026-10-01T00:00:00Z,web,,calls,NaN", "\"NaN\"", "a number"),
      // 19 digits that are no zeros.
      (
        "2026-10-01T00:00:00Z,web,,calls,1234567890123456789", "\"1234567890123456789\"",
        "a number of at most 18 digits and 40 decimals"
      ),
      ("yesterday,web,,calls,1", "\"yesterday\"", expectedTimestamp),
      ("2026-10-01T00:00:00Z,,,calls,1", "no service", "the name of a service"),
      ("2026-10-01T00:00:00Z,web,,,1", "no metric", "the name of a metric"),
      ("2026-10-01T00:00:00Z,web,calls,1", "4 fields", "5 fields as in the header"),
      ("2026-10-01T00:00:00Z,web,,calls,1,2", "6 fields", "5 fields as in the header"),
      ("2026-10-01T00:00:00Z,\"web\"x,,calls,1", "text behind a closing quote", "a separator"),
      ("2026-10-01T00:00:00Z,\"web,,calls,1", "a quote that is never closed", "a closing quote"),
      ("2026-10-01T00:00:00Z,we\0b,,calls,1", "\"we\0b\"", "UTF-8 text without zero bytes"),
    ] as [(String, String, Phrase)])
  func wrongField(wrong: String, found: String, expected: Phrase) throws {
    let text = head + "\n\(row)1\n\(wrong)\n\(row)2\n"
    expectFailure("usage.csv:4: found \(found), expected \(expected)") { _ = try read(text) }
    let file = try Reader(badRowLimit: 1).read(text)
    #expect(file.summary.badRows == [BadRow(line: 4, found: found, expected: expected, text: wrong)])
    #expect(file.values == ["web calls": ["1", "2"]])
  }

  @Test("A name that is no UTF-8 is refused")
  func encoding() {
    // 0xE9 is é in Latin-1, and no UTF-8.
    let bytes = Array((head + "2026-10-01T00:00:00Z,caf").utf8) + [0xE9] + Array(",,calls,1\n".utf8)
    expectFailure("usage.csv:2: found \"caf\u{FFFD}\", expected UTF-8 text without zero bytes") {
      _ = try Reader().read(bytes)
    }
  }

  @Test("One bad row more than may be passed over ends the reading, and says how many were")
  func limit() throws {
    let text = head + "\(row)1\n\(row)a\n\(row)2\n\(row)b\n\(row)3\n\(row)c\n"
    expectFailure("usage.csv:3: found \"a\", expected a number") { _ = try read(text) }
    let number = "a number"
    expectFailure("usage.csv:7: found \"c\", expected \(number) (after 2 bad rows that were passed over)") {
      _ = try Reader(badRowLimit: 2).read(text)
    }
    let file = try Reader(badRowLimit: 3).read(text)
    #expect(file.summary.badRows.map(\.line) == [3, 5, 7])
    #expect(file.values == ["web calls": ["1", "2", "3"]])
  }

  @Test("Lines are counted over blank lines at the end of a block and rows of several lines", arguments: 1...90)
  func lines(blockSize: Int) throws {
    // Two lines of a row, two blank lines, a row of one line, a blank line: the wrong row is on line 8.
    let text =
      "note,\(head)" + "\"a\nb\",2026-10-01T00:00:00Z,web,,calls,1\n\n\n,\(row)2\n\n,\(row)x\n"
    expectFailure("usage.csv:8: found \"x\", expected a number") {
      _ = try Reader(blockSize: blockSize).read(text)
    }
  }

  @Test("A row with text behind a quote is one bad row, however the file is cut", arguments: 1...120)
  func badQuotes(blockSize: Int) throws {
    // Within the quotes a line ends, and a quote stands behind a separator.
    let text = head + "\(row)1\n2026-10-01T00:00:00Z,\"a\nb,\"\"x\",\"y\"z,calls,1\n\(row)2\n\(row)x\n"
    let file = try Reader(badRowLimit: 9, blockSize: blockSize).read(text)
    #expect(file.summary.badRows.map(\.line) == [3, 6])
    #expect(file.values == ["web calls": ["1", "2"]])
  }

  @Test("A column that is missing or stands twice is named")
  func header() {
    expectFailure("usage.csv:1: found columns service,metric,value, expected a column \"timestamp\"") {
      _ = try read("service,metric,value\n")
    }
    // Without its value column it is still a long file, not a wide one with a metric called "metric".
    expectFailure("usage.csv:2: found columns timestamp,service,resource,metric, expected a column \"value\"") {
      _ = try read("# comment\ntimestamp,service,resource,metric\n")
    }
    expectFailure("usage.csv:1: found column \"value\" twice, expected each column once") {
      _ = try read("timestamp,service,metric,value,value\n")
    }
  }
}
