import Model

// The layout of a tree of a text, version 2, which is read ten times as fast as the text: version, checksum of the text, and
// then each node: its kind as a byte, its line (0 for none), and its words, or how many nodes and the nodes. A number is a
// varint as in DayChunk, a text its length in bytes and its UTF-8.

extension DocumentNode {
  private static let version: UInt8 = 2
  /// Deeper than the parser goes.
  private static let deepest = 1_000

  private enum Kind: UInt8 { case plain, quoted, list, mapping }

  /// The bytes that a row keeps beside the text that the tree was read from.
  func encoded(from text: String) -> [UInt8] {
    var bytes: [UInt8] = [Self.version]
    bytes.appendVarint(Self.checksum(of: text))
    append(to: &bytes)
    return bytes
  }

  /// Reads what ``encoded(from:)`` wrote; nil for anything else, and for the bytes of another text.
  init?(_ bytes: UnsafeRawBufferPointer, of text: String) {
    var reader = VarintReader(bytes: bytes)
    guard reader.byte() == Self.version, reader.next() == Self.checksum(of: text),
      let node = DocumentNode(&reader, depth: 0), reader.isAtEnd
    else { return nil }
    self = node
  }

  private static func checksum(of text: String) -> UInt64 {
    var checksum = RowChecksum()
    checksum.add(text.utf8)
    return checksum.value
  }

  private func append(to bytes: inout [UInt8]) {
    func head(_ kind: Kind) {
      bytes.append(kind.rawValue)
      bytes.appendLine(line)
    }
    switch content {
    case .scalar(let text, let isPlain):
      head(isPlain ? .plain : .quoted)
      bytes.appendText(text)
    case .list(let nodes):
      head(.list)
      bytes.appendVarint(UInt64(nodes.count))
      for node in nodes { node.append(to: &bytes) }
    case .mapping(let entries):
      head(.mapping)
      bytes.appendVarint(UInt64(entries.count))
      for entry in entries {
        bytes.appendText(entry.key)
        bytes.appendLine(entry.line)
        entry.value.append(to: &bytes)
      }
    }
  }

  fileprivate init?(_ reader: inout VarintReader, depth: Int) {
    guard depth < Self.deepest, let kind = reader.byte().flatMap(Kind.init), let line = reader.line() else {
      return nil
    }
    switch kind {
    case .plain, .quoted:
      guard let text = reader.text() else { return nil }
      self.init(.scalar(text, isPlain: kind == .plain), line: line > 0 ? line : nil)
    case .list:
      guard let nodes = reader.repeated({ DocumentNode(&$0, depth: depth + 1) }) else { return nil }
      self.init(.list(nodes), line: line > 0 ? line : nil)
    case .mapping:
      guard let entries = reader.repeated({ DocumentEntry(&$0, depth: depth + 1) }) else { return nil }
      self.init(.mapping(entries), line: line > 0 ? line : nil)
    }
  }
}

extension DocumentEntry {
  fileprivate init?(_ reader: inout VarintReader, depth: Int) {
    guard let key = reader.text(), let line = reader.line(), let value = DocumentNode(&reader, depth: depth) else {
      return nil
    }
    self.init(key, line: line > 0 ? line : nil, value)
  }
}

extension [UInt8] {
  fileprivate mutating func appendLine(_ line: Int?) { appendVarint(UInt64(Swift.max(0, line ?? 0))) }
}

extension VarintReader {
  /// A line, 0 for none; nil where there is no number, or one that no file reaches.
  fileprivate mutating func line() -> Int? { next().flatMap { $0 <= UInt32.max ? Int($0) : nil } }

  /// So many things as a number before them says.
  fileprivate mutating func repeated<Thing>(_ read: (inout VarintReader) -> Thing?) -> [Thing]? {
    guard let count = count() else { return nil }
    var things: [Thing] = []
    things.reserveCapacity(count)
    for _ in 0..<count {
      guard let thing = read(&self) else { return nil }
      things.append(thing)
    }
    return things
  }
}
