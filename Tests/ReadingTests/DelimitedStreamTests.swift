import Model
import Reading
import TestSupport
import Testing

@Suite struct DelimitedStreamTests {
  @Test("Rows read through a window of any size are the rows read whole, with the same lines", arguments: 0..<60)
  func anyWindow(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let text = randomText(&random)
    var whole = DelimitedReader(bytes: Array(text.utf8), file: "r.csv")
    var expected: [Row] = []
    while try whole.nextRow() { expected.append(Row(whole)) }
    for size in [1, 2, 3, 7, 16, 64, 1000] {
      var stream = try DelimitedStream(ByteSource(name: "r.csv", bytes: Array(text.utf8)), windowSize: size)
      var rows: [Row] = []
      while try stream.nextRow() { rows.append(Row(stream.reader)) }
      #expect(rows == expected, "seed \(seed), window \(size): \(text)")
    }
  }

  @Test("A quote that is never closed is refused with the line on which its row starts")
  func openQuote() throws {
    var stream = try stream("a,b\n1,2\n3,\"four\n5,6\n", windowSize: 4)
    #expect(try stream.nextRow() && stream.nextRow())
    let error = #expect(throws: DataError.self) { try stream.nextRow() }
    #expect(error?.description == "r.csv:3: found a quote that is never closed, expected a closing quote")
  }

  @Test("A row of more than eight megabytes is refused")
  func longRow() throws {
    let text = "a,b\n" + String(repeating: "x", count: 2 * DelimitedStream.longestRow)
    var stream = try stream(text, windowSize: 1 << 20)
    #expect(try stream.nextRow())
    let error = #expect(throws: DataError.self) { while try stream.nextRow() {} }
    #expect(error?.place == Place(file: "r.csv", line: 2))
  }

  @Test("What was read ahead comes before what the source still has")
  func ahead() throws {
    let source = ByteSource(name: "r.csv", bytes: Array("c\nd,e\n".utf8))
    var stream = try DelimitedStream(source, ahead: Array("# one\na,b\n1,".utf8), windowSize: 4)
    #expect(try stream.leadingComments().map(\.text) == ["one"])
    var rows: [Row] = []
    while try stream.nextRow() { rows.append(Row(stream.reader)) }
    #expect(rows.map(\.fields) == [["a", "b"], ["1", "c"], ["d", "e"]])
    #expect(rows.map(\.line) == [2, 3, 4])
  }

  @Test("A last row without a line end is named with its line")
  func lineEnd() throws {
    for (text, line) in [("a,b\n1,2", 2), ("a,b", 1), ("a,b\n1,\"2\n3\"", 3)] {
      var stream = try stream(text, windowSize: 4)
      while try stream.nextRow() {}
      let error = #expect(throws: DataError.self) { try stream.expectLineEnd() }
      #expect(error?.place.line == line)
    }
    var whole = try stream("a,b\n1,2\n", windowSize: 4)
    while try whole.nextRow() {}
    try whole.expectLineEnd()
  }

  private func stream(_ text: String, windowSize: Int) throws -> DelimitedStream {
    try DelimitedStream(ByteSource(name: "r.csv", bytes: Array(text.utf8)), windowSize: windowSize)
  }

  /// Rows with quotes, line ends in quotes, blank lines, CR LF, and sometimes no line end at the end.
  private func randomText(_ random: inout SplitMix64) -> String {
    var text = ""
    for _ in 0..<random.number(0...12) {
      let fields = (0..<random.number(1...4)).map { _ in
        ["", "x", "12.5", "\"\"", "\"a,b\"", "\"two\nlines\"", "\"say \"\"so\"\"\"", "é"].randomElement(using: &random)!
      }
      text += fields.joined(separator: ",") + ["\n", "\r\n", "\n\n"].randomElement(using: &random)!
    }
    return random.coin() ? text : text + "last,row"
  }
}

private struct Row: Equatable {
  var line: Int
  var fields: [String]

  init(_ reader: DelimitedReader) {
    line = reader.line
    fields = (0..<reader.fieldCount).map { reader.text($0) }
  }
}
