import Ingest
import Model

/// A fleet file that was written, may have been edited, and is to have what the cloud says now.
///
/// Told by blocks, one for each service and each charge. A block that is as it was written takes the cloud's word; one that
/// was edited stays, and what the cloud says else is told; one that was taken out stays out; what is new is added. Where
/// nothing says what was written, every block counts as edited.
struct FleetFileMerge {
  /// What becomes of a service or a charge.
  struct Difference: Hashable {
    enum Kind: Hashable {
      /// The cloud has it and the file has not.
      case new
      /// The file has it as it was written, and the cloud has it no more, or otherwise.
      case gone, changed
      /// It was edited, or taken out: the file's word stays.
      case kept
    }
    var kind: Kind
    /// `services`, `charges`.
    var part: String
    var name: String
    /// What the file has that the cloud has not, and the other way round, by lines.
    var file: [String], cloud: [String]
  }

  /// The file with what is new.
  private(set) var text: String
  /// In the file's order of parts, then by name.
  private(set) var differences: [Difference] = []

  private static let parts = ["services", "charges"]

  /// - Parameters:
  ///   - file: the fleet file as it is.
  ///   - base: as it was written last; nil where nobody knows.
  ///   - draft: as it would be written now.
  init(_ file: String, base: String?, draft: String) {
    text = file
    var lines = BlockText(file)
    let (written, new) = (base.map(BlockText.init), BlockText(draft))
    for part in Self.parts {
      let olds = written?.blocks(of: part) ?? [:]
      let news = new.blocks(of: part)
      let known = lines.blocks(of: part)
      // What becomes of the blocks that are as they were written: nothing, or the cloud's word.
      var edits: [String: [String]] = [:]
      for (name, block) in known.sorted(by: { $0.key < $1.key }) {
        let isAsWritten = olds[name] == block
        guard let word = news[name] else {
          if isAsWritten { edits[name] = [] }
          if isAsWritten || olds[name] != nil { note(isAsWritten ? .gone : .kept, part, name, block, []) }
          continue
        }
        guard word != block else { continue }
        if isAsWritten { edits[name] = word }
        if isAsWritten || olds[name] != word { note(isAsWritten ? .changed : .kept, part, name, block, word) }
      }
      var added: [[String]] = []
      for name in new.names(of: part) where known[name] == nil && olds[name] == nil {
        guard let word = news[name] else { continue }
        added.append(word)
        note(.new, part, name, [], word)
      }
      lines.replace(edits, of: part)
      lines.append(added, to: part)
    }
    if !differences.isEmpty { text = lines.text }
  }

  private mutating func note(
    _ kind: Difference.Kind, _ part: String, _ name: String, _ file: [String], _ cloud: [String]
  ) {
    differences.append(
      Difference(
        kind: kind, part: part, name: name, file: file.filter { !cloud.contains($0) },
        cloud: cloud.filter { !file.contains($0) }))
  }
}

/// A fleet file by lines, of which the items of its lists are told apart.
private struct BlockText {
  private var lines: [Substring]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// The items of a list under a top key, by name: their lines without what is blank or a remark behind them.
  func blocks(of part: String) -> [String: [String]] {
    Dictionary(places(of: part).map { ($0.name, lines[$0.lines].map(String.init)) }) { first, _ in first }
  }

  /// The names of the items, in the order of the file.
  func names(of part: String) -> [String] { places(of: part).map(\.name) }

  /// Puts other lines in place of items, none for those that are to go: all at once, for each look at what is there reads all
  /// of it.
  mutating func replace(_ edits: [String: [String]], of part: String) {
    guard !edits.isEmpty else { return }
    var rest = edits
    let places = places(of: part)
    // Of several items of a name the first is meant; from the last on, so that places stay where they are.
    let meant = places.filter { rest.removeValue(forKey: $0.name) != nil }
    for place in meant.reversed() {
      lines.replaceSubrange(place.lines, with: (edits[place.name] ?? []).map { Substring($0) })
    }
    let gone = meant.count { edits[$0.name]?.isEmpty == true }
    // A key without a value would be no list.
    if gone > 0, gone == places.count, let head = head(of: part) { lines.remove(at: head) }
  }

  /// Adds items behind those that are there, all at once: each look at what is there reads all of it.
  mutating func append(_ blocks: [[String]], to part: String) {
    guard !blocks.isEmpty else { return }
    let block = blocks.joined().map { Substring($0) }
    if let last = places(of: part).last {
      // As far to the right as those that are there.
      let shift = last.indent - 2
      let moved = block.map { shift >= 0 ? String(repeating: " ", count: shift) + $0 : $0.dropFirst(-shift) }
      lines.insert(contentsOf: moved.map { Substring($0) }, at: last.lines.upperBound)
    } else if let head = head(of: part) {
      lines.insert(contentsOf: block, at: head + 1)
    } else {
      lines += ["\(part):"] + block
    }
  }

  private func head(of part: String) -> Int? {
    lines.firstIndex { line in
      guard line.hasPrefix("\(part):") else { return false }
      return line.dropFirst(part.count + 1).prefix { $0 != "#" }.allSatisfy { $0 == " " }
    }
  }

  private func places(of part: String) -> [(name: String, indent: Int, lines: Range<Int>)] {
    guard let head = head(of: part) else { return [] }
    var places: [(name: String, indent: Int, lines: Range<Int>)] = []
    var indent: Int?
    var start: Int?
    func end(at index: Int) {
      guard let begin = start, let indent else { return }
      var last = index
      while last > begin + 1, isIdle(lines[last - 1]) { last -= 1 }
      places.append((name(of: lines[begin..<last]), indent, begin..<last))
    }
    var index = head + 1
    while index < lines.count {
      let line = lines[index]
      let own = line.prefix { $0 == " " }.count
      if !isIdle(line) {
        if line.dropFirst(own).hasPrefix("- "), indent == nil || own == indent {
          end(at: index)
          (indent, start) = (own, index)
        } else if own <= indent ?? 0 {
          break
        }
      }
      index += 1
    }
    end(at: index)
    return places
  }

  private func isIdle(_ line: Substring) -> Bool {
    let words = line.drop { $0 == " " }
    return words.isEmpty || words.hasPrefix("#")
  }

  private func name(of block: ArraySlice<Substring>) -> String {
    let text = block.joined(separator: "\n") + "\n"
    guard let tree = try? readDocument(text: text, file: "fleet file"), let item = tree.elements.first else {
      return ""
    }
    return item.text ?? item[key: "name"]?.text ?? ""
  }
}
