import Model
import Reading

/// A tree as bytes, which are read ten times as fast as the text they came from.
///
/// Version, checksum of the text, and then each node: its kind, its line, and its words with their lengths. Numbers are
/// unsigned LEB128.
extension DocumentNode {
  private static let version: UInt8 = 1

  /// The bytes of a tree that was read from a text.
  package func stored(from text: String) -> [UInt8] {
    var bytes = TreeBytes([Self.version])
    bytes.add(checksum(of: text))
    bytes.add(self)
    return bytes.all
  }

  /// The tree of a text; nil for bytes of another version, of another text, or that are damaged.
  package init?(stored bytes: [UInt8], of text: String) {
    guard bytes.first == Self.version else { return nil }
    var reader = TreeReader(bytes: bytes, position: 1)
    guard reader.number() == checksum(of: text), let node = reader.node(depth: 0), reader.isAtEnd else { return nil }
    self = node
  }
}

private func checksum(of text: String) -> UInt64 {
  var checksum = ContentChecksum()
  var text = text
  text.withUTF8 { checksum.add(UnsafeRawBufferPointer($0)) }
  return checksum.value
}

private enum StoredKind {
  static let plain: UInt8 = 0, quoted: UInt8 = 1, list: UInt8 = 2, mapping: UInt8 = 3
}

private struct TreeBytes {
  private(set) var all: [UInt8]

  init(_ start: [UInt8]) { all = start }

  mutating func add(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      all.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    all.append(UInt8(rest))
  }

  mutating func add(_ node: DocumentNode) {
    switch node.content {
    case .scalar(let text, let isPlain):
      head(isPlain ? StoredKind.plain : StoredKind.quoted, node.line)
      add(text)
    case .list(let nodes):
      head(StoredKind.list, node.line)
      add(UInt64(nodes.count))
      for node in nodes { add(node) }
    case .mapping(let entries):
      head(StoredKind.mapping, node.line)
      add(UInt64(entries.count))
      for entry in entries {
        add(entry.key)
        add(line: entry.line)
        add(entry.value)
      }
    }
  }

  private mutating func head(_ kind: UInt8, _ line: Int?) {
    all.append(kind)
    add(line: line)
  }

  /// 0 for none.
  private mutating func add(line: Int?) { add(UInt64(max(0, line ?? 0))) }

  private mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    all.append(contentsOf: text.utf8)
  }
}

/// Every step of it is nil where the bytes are no tree.
private struct TreeReader {
  /// Deeper than the parser goes.
  private static let deepest = 1_000

  let bytes: [UInt8]
  var position: Int
  var isAtEnd: Bool { position == bytes.count }

  mutating func node(depth: Int) -> DocumentNode? {
    guard depth < Self.deepest, position < bytes.count else { return nil }
    let kind = bytes[position]
    position += 1
    guard let line = line() else { return nil }
    switch kind {
    case StoredKind.plain, StoredKind.quoted:
      return text().map { DocumentNode(.scalar($0, isPlain: kind == StoredKind.plain), line: line.value) }
    case StoredKind.list:
      return count().flatMap { list($0, depth) }.map { DocumentNode(.list($0), line: line.value) }
    case StoredKind.mapping:
      return count().flatMap { mapping($0, depth) }.map { DocumentNode(.mapping($0), line: line.value) }
    default: return nil
    }
  }

  private mutating func list(_ count: Int, _ depth: Int) -> [DocumentNode]? {
    var nodes: [DocumentNode] = []
    nodes.reserveCapacity(count)
    for _ in 0..<count {
      guard let node = node(depth: depth + 1) else { return nil }
      nodes.append(node)
    }
    return nodes
  }

  private mutating func mapping(_ count: Int, _ depth: Int) -> [DocumentEntry]? {
    var entries: [DocumentEntry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count {
      guard let key = text(), let line = line(), let value = node(depth: depth + 1) else { return nil }
      entries.append(DocumentEntry(key, line: line.value, value))
    }
    return entries
  }

  mutating func number() -> UInt64? {
    var (value, shift) = (UInt64(0), UInt64(0))
    while position < bytes.count, shift < 64 {
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// A number of things, each of which is at least a byte.
  private mutating func count() -> Int? {
    guard let count = number(), count <= UInt64(bytes.count - position) else { return nil }
    return Int(count)
  }

  private mutating func line() -> (value: Int?, Void)? {
    guard let line = number(), line <= UInt64(UInt32.max) else { return nil }
    return (line == 0 ? nil : Int(line), ())
  }

  private mutating func text() -> String? {
    guard let count = count() else { return nil }
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }
}
