// "Fenced code blocks", CommonMark Spec 0.31.2: opened by three or more of ` or ~, closed by as many of the same, or by the end of
// the text.

import Model
import Reading

/// More blocks than any text that people read has.
private let mostBlocks = 1_000

func isMarkdown(_ name: String) -> Bool { name.hasSuffix(".md") || name.hasSuffix(".markdown") }

/// A block of a text in markdown that is shown as it is written.
struct FencedBlock {
  /// What the fence says it is: `yaml`, nothing.
  var word: String
  var bytes: [UInt8]
  /// Lines of the text before it.
  var linesBefore: Int
}

/// The fenced blocks of a text.
/// - Throws: ``DataError`` for more than a text has.
func fencedBlocks(of file: InputFile) throws(DataError) -> [FencedBlock] {
  let lines = file.bytes.split(separator: 10, omittingEmptySubsequences: false)
  var blocks: [FencedBlock] = []
  var open: (fence: Fence, start: Int)?
  func take(upTo end: Int) {
    guard let begun = open else { return }
    let bytes = Array(lines[begun.start..<end].joined(separator: [10]))
    blocks.append(FencedBlock(word: begun.fence.word, bytes: bytes, linesBefore: begun.start))
    open = nil
  }
  for (index, line) in lines.enumerated() {
    guard let fence = Fence(line) else { continue }
    guard let begun = open else {
      open = (fence, index + 1)
      continue
    }
    guard fence.closes(begun.fence) else { continue }
    take(upTo: index)
    guard blocks.count < mostBlocks else {
      throw DataError(
        Place(file: file.name, line: index + 1), found: "more than \(mostBlocks) blocks", expected: "fewer in one text")
    }
  }
  take(upTo: lines.count)
  return blocks
}

/// A line that opens a block or closes one.
private struct Fence {
  let mark: UInt8
  let length: Int
  /// The first word behind it, in small letters.
  let word: String
  private let isBare: Bool

  /// nil for any other line.
  init?(_ line: some Collection<UInt8>) {
    let text = line.drop { $0 == 32 }
    guard let mark = text.first, [UInt8(ascii: "`"), UInt8(ascii: "~")].contains(mark) else { return nil }
    self.mark = mark
    length = text.prefix { $0 == mark }.count
    let rest = text.dropFirst(length)
    // Behind backticks another would end what is no block but a few words of code.
    guard length >= 3, mark == UInt8(ascii: "~") || !rest.contains(mark) else { return nil }
    let words = String(decoding: rest, as: UTF8.self).trimmed
    isBare = words.isEmpty
    word = String(words.prefix { !$0.isWhitespace && $0 != "{" }).lowercased()
  }

  func closes(_ other: Fence) -> Bool { isBare && mark == other.mark && length >= other.length }
}
