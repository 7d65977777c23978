import Model

/// Writes a document as lines for people: titles and blocks in reading order, a blank line between two of them.
protocol DocumentLines {
  /// The lines of a title; the document's own has level 1, and those of its sections the next.
  func title(_ words: String, id: String, level: Int) -> [String]
  func block(_ block: ReportBlock) -> [String]
}

extension DocumentLines {
  /// The whole document in UTF-8, without blanks at the ends of lines; what has no words takes no room.
  func bytes(of document: ReportDocument) -> [UInt8] {
    let parts =
      [title(document.title, id: "", level: 1)] + document.blocks.map(block)
      + document.sections.flatMap { lines(of: $0, level: 2) }
    var text: [UInt8] = []
    for lines in parts where lines.contains(where: { !$0.isEmpty }) {
      if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
      for line in lines {
        text += line.utf8
        while text.last == UInt8(ascii: " ") { text.removeLast() }
        text.append(UInt8(ascii: "\n"))
      }
    }
    return text
  }

  /// A section without a title continues what stands before it, and its parts stay on its level.
  private func lines(of section: ReportSection, level: Int) -> [[String]] {
    [title(section.title, id: section.id, level: level)] + section.blocks.map(block)
      + section.sections.flatMap { lines(of: $0, level: section.title.isEmpty ? level : level + 1) }
  }
}
