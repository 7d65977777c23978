import Foundation
import Ingest
import Model
import Testing

/// Every part of a fleet file emptied or taken out: it is understood without it, or refused with its place.
@Suite struct EmptiedFleetTests {
  @Test("Every key of the shipped fleet may be emptied or left out, or is refused with its place")
  func emptied() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appendingPathComponent("datasets/sketchy-chain/fleet.yaml")
    let text = try String(contentsOf: path, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var (read, refused) = (0, 0)
    for block in Self.blocks(of: lines) {
      let key = lines[block.lowerBound].prefix { $0 != ":" }
      for value in [nil, "", " {}", " []", " \"\"", " ~"] {
        var changed = lines
        changed.replaceSubrange(block, with: value.map { ["\(key):\($0)"] } ?? [])
        do {
          _ = try readFleet(text: changed.joined(separator: "\n"), file: "fleet.yaml")
          read += 1
        } catch {
          refused += 1
          expectHelpful(error, lines: changed.count, "\(key.trimmingPrefix(" "))\(value ?? " left out")")
        }
      }
    }
    // Most keys are optional; a name is not, nor may a list stand for a number.
    #expect(read > 100 && refused > 100)
  }

  /// The first block of each path of keys, as ranges of lines: a key with what is indented below it. Items of a list have
  /// the path of the list.
  private static func blocks(of lines: [String]) -> [Range<Int>] {
    var seen: Set<String> = []
    var open: [(indent: Int, key: Substring)] = []
    var blocks: [Range<Int>] = []
    for (index, line) in lines.enumerated() {
      let indent = line.prefix { $0 == " " || $0 == "-" }.count
      let rest = line.dropFirst(indent)
      guard let colon = rest.firstIndex(of: ":"), rest.first != "#" else { continue }
      open.removeAll { $0.indent >= indent }
      open.append((indent, rest[..<colon]))
      guard seen.insert(open.map(\.key).joined(separator: ".")).inserted, !line.contains("- ") else { continue }
      let end = lines[(index + 1)...].firstIndex { line in
        line.contains { $0 != " " } && line.prefix { $0 == " " }.count <= indent
      }
      blocks.append(index..<(end ?? lines.count))
    }
    return blocks
  }
}
