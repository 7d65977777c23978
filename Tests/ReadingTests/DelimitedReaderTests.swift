import Model
import Reading
import TestSupport
import Testing

@Suite struct DelimitedReaderTests {
  @Test("Quotes hold separators, line ends and doubled quotes")
  func quotes() throws {
    #expect(try rows("a,\"b,c\",\"d\ne\",\"f\"\"g\"\n") == [["a", "b,c", "d\ne", "f\"g"]])
    #expect(try rows("\"\",\"\"\"\",\"\"\"\"\"\"") == [["", "\"", "\"\""]])
  }

  @Test("Blanks between a separator and a quote are passed over; a tab that separates is none")
  func blanksBesideQuotes() throws {
    #expect(try rows("a, \"b,c\" ,\t\"d\"\"\ne\"\t\n") == [["a", "b,c", "d\"\ne"]])
    #expect(try rows(" \"a\"") == [["a"]])
    // What is not in quotes keeps its blanks, and a quote within it.
    #expect(try rows(" a , b\"c\" ,  \n") == [[" a ", " b\"c\" ", "  "]])
    var tabs = DelimitedReader(bytes: Array("a\t\"b\" \t\t\"c\"\n".utf8), file: "x.tsv", separator: 9)
    #expect(try tabs.nextRow())
    #expect((0..<tabs.fieldCount).map { tabs.text($0) } == ["a", "b", "", "c"])
  }

  @Test("White space at either end is no part of a record's field unless it stands in quotes")
  func cells() throws {
    var stream = try DelimitedStream(
      ByteSource(name: "x.csv", bytes: Array("name, count, note\n web , 12\t,\" as is \"\n a,  , \n".utf8)))
    let header = try DelimitedHeader(&stream)
    let first = try #require(try stream.nextRecord(under: header))
    #expect(first.written("name") == "web" && first.number("count") == ScaledDecimal("12"))
    #expect(first.written("note") == " as is ")
    let second = try #require(try stream.nextRecord(under: header))
    #expect(!second.has("count") && second.written("note") == nil)
  }

  @Test("CRLF, LF and a missing last line end read alike", arguments: ["a,b\r\nc,d\r\n", "a,b\nc,d\n", "a,b\nc,d"])
  func lineEnds(text: String) throws { #expect(try rows(text) == [["a", "b"], ["c", "d"]]) }

  @Test("A byte order mark is no part of the first field")
  func byteOrderMark() throws { #expect(try rows("\u{FEFF}a,b\n") == [["a", "b"]]) }

  @Test(
    "A trailing separator leaves an empty last field, at the end of the file too", arguments: ["a,\nb,\n", "a,\nb,"])
  func trailingSeparator(text: String) throws { #expect(try rows(text) == [["a", ""], ["b", ""]]) }

  @Test("A leading separator leaves an empty first field")
  func leadingSeparator() throws { #expect(try rows(",a\n,,\n") == [["", "a"], ["", "", ""]]) }

  @Test("Blank lines are skipped and counted")
  func blankLines() throws {
    var reader = DelimitedReader(bytes: Array("a\r\n\r\n\nb\n".utf8), file: "x.csv")
    #expect(try reader.nextRow())
    #expect(reader.line == 1)
    #expect(try reader.nextRow())
    #expect(reader.line == 4)
    #expect(try !reader.nextRow())
  }

  @Test("A quote that is never closed names the line it was opened on")
  func unclosedQuote() {
    let error = failure { () throws(DataError) in _ = try rows("a,b\nc,\"d\ne\n") }
    #expect(error?.description == "x.csv:2: found a quote that is never closed, expected a closing quote")
  }

  @Test("Text behind a closing quote is refused, and lines inside quotes count")
  func textBehindQuote() {
    let error = failure { () throws(DataError) in _ = try rows("\"a\nb\"\n\"c\"d\n") }
    #expect(error?.description == "x.csv:3: found text behind a closing quote, expected a separator")
  }

  @Test("Leading comments are taken with their lines, and the row behind knows its own")
  func comments() throws {
    var reader = DelimitedReader(bytes: Array("# one\n#two\na,b\n".utf8), file: "x.csv")
    let comments = try reader.leadingComments()
    #expect(comments.map(\.text) == ["one", "two"])
    #expect(comments.map(\.line) == [1, 2])
    #expect(try reader.nextRow())
    #expect(reader.place.description == "x.csv:3")
  }

  @Test("The raw bytes of a field are those between its quotes")
  func rawBytes() throws {
    var reader = DelimitedReader(bytes: Array("12,\"34\",\n".utf8), file: "x.csv")
    #expect(try reader.nextRow())
    #expect(reader.withBytes(1) { Array($0) } == Array("34".utf8))
    #expect(reader.isEmpty(2))
  }

  @Test("A header finds its columns and refuses a doubled or missing one")
  func header() throws {
    var reader = DelimitedReader(bytes: Array(" a , b\n1\n".utf8), file: "x.csv")
    let header = try DelimitedHeader(&reader)
    #expect(try header.require("b") == 1)
    let missing = failure { () throws(DataError) in _ = try header.require("c") }
    #expect(missing?.description == "x.csv:1: found columns a,b, expected a column \"c\"")
    #expect(try reader.nextRow())
    let short = failure { () throws(DataError) in try header.check(reader) }
    #expect(short?.description == "x.csv:2: found 1 fields, expected 2 fields as in the header")
    let doubled = failure { () throws(DataError) in
      var reader = DelimitedReader(bytes: Array("a,b,a\n".utf8), file: "x.csv")
      _ = try DelimitedHeader(&reader)
    }
    #expect(doubled?.description == "x.csv:1: found column \"a\" twice, expected each column once")
    let empty = failure { () throws(DataError) in
      var reader = DelimitedReader(bytes: [], file: "x.csv")
      _ = try DelimitedHeader(&reader)
    }
    #expect(empty?.description == "x.csv: found an empty file, expected a header row")
  }

  @Test("Any table comes back from its text", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let alphabet = ["a", "é", ",", "\"", "\n", "\r", "\r\n", " ", "#", ";"]
    let table = (0..<random.number(1...5)).map { _ in
      (0..<3).map { _ in (0..<random.number(0...5)).map { _ in alphabet.randomElement(using: &random)! }.joined() }
    }
    #expect(try rows(delimitedText(table)) == table)
  }

  @Test("A quote or comma under a combining mark is quoted all the same")
  func combiningMarks() throws {
    // "\u{301} joins the quote into one Character; RFC 4180 counts bytes.
    let table = [["a\"\u{301}b", "c,\u{301}d"]]
    #expect(try rows(delimitedText(table)) == table)
  }

  @Test("A row whose only field is empty comes back, too")
  func loneEmptyField() throws {
    #expect(delimitedText([["a"], [""], ["b"]]) == "a\n\"\"\nb\n")
    #expect(try rows(delimitedText([["a"], [""], ["b"]])) == [["a"], [""], ["b"]])
  }

  private func rows(_ text: String) throws(DataError) -> [[String]] {
    var reader = DelimitedReader(bytes: Array(text.utf8), file: "x.csv")
    var rows: [[String]] = []
    while try reader.nextRow() { rows.append((0..<reader.fieldCount).map { reader.text($0) }) }
    return rows
  }
}
