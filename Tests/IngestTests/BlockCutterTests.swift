import Testing

@testable import Ingest
@testable import Reading

@Suite struct BlockCutterTests {
  /// The blocks of a text.
  private func blocks(_ text: String, blockSize: Int, longestRow: Int) throws -> [String] {
    var cutter = BlockCutter(
      ByteSource(name: "usage.csv", bytes: Array(text.utf8)), ahead: [], separator: UInt8(ascii: ","),
      blockSize: blockSize, longestRow: longestRow)
    var blocks: [String] = []
    while let block = try cutter.next(reusing: []) {
      blocks.append(String(decoding: block.bytes[..<block.count], as: UTF8.self))
    }
    return blocks
  }

  @Test("Blocks end behind whole rows, a row in quotes taking several lines", arguments: 1...40)
  func wholeRows(blockSize: Int) throws {
    let text = "a,1\n\"b\n,\",2\nc,3\nd,4"
    let blocks = try blocks(text, blockSize: blockSize, longestRow: 1 << 10)
    #expect(blocks.joined() == text)
    for block in blocks { #expect(["a", "\"b", "c", "d"].contains { block.hasPrefix($0) }, "\(blocks)") }
  }

  @Test("A quote that is never closed holds back no more than the longest row")
  func openQuote() throws {
    let text = "a,1\n\"b,2\n" + (0..<100).map { "c,\($0)\n" }.joined()
    let blocks = try blocks(text, blockSize: 16, longestRow: 64)
    #expect(blocks.joined() == text)
    #expect(blocks.allSatisfy { $0.hasSuffix("\n") && $0.utf8.count <= 64 }, "\(blocks)")
  }

  @Test("A line beyond the longest row is an error")
  func longLine() {
    expectFailure("usage.csv: found a line of more than 64 bytes, expected line ends between rows") {
      _ = try blocks(String(repeating: "x", count: 100), blockSize: 16, longestRow: 64)
    }
  }
}
