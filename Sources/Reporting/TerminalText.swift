/// What a command says as it goes, in lines of at most so many columns; those that follow are indented.
package func progressLines(_ text: String, within width: Int) -> [String] {
  let indent = String(text.prefix { $0 == " " })
  guard terminalWidth(of: text) > width else { return [text] }
  return TerminalText(text).lines(within: width - 2, first: indent, next: indent + "  ")
}

/// Words with the columns they take in a terminal, to be set in lines.
struct TerminalText {
  /// Characters that stay together, and their columns.
  struct Word {
    var text = ""
    var width = 0
  }
  let words: [Word]
  /// On one line.
  let width: Int
  /// The columns below which a word must be broken.
  let longest: Int

  private init(words: [Word]) {
    self.words = words
    width = words.reduce(max(0, words.count - 1)) { $0 + $1.width }
    longest = words.reduce(0) { max($0, $1.width) }
  }

  /// Text that is broken at its spaces.
  init(_ text: String) { self.init(words: Self.words(of: shown(text))) }

  /// A figure, which is broken only where a line cannot hold it.
  init(figure text: String) { self.init(words: [Word(text: text, width: terminalWidth(of: text))]) }

  static func + (a: TerminalText, b: TerminalText) -> TerminalText { TerminalText(words: a.words + b.words) }

  var isEmpty: Bool { words.isEmpty }
  var text: String { words.map(\.text).joined(separator: " ") }

  /// Lines of at most so many columns, one at least; a word that is longer is broken.
  func lines(within room: Int) -> [Word] {
    if width <= room { return [words.count == 1 ? words[0] : Word(text: text, width: width)] }
    var lines: [Word] = []
    var line = Word()
    for word in words.flatMap({ $0.width <= room ? [$0] : Self.broken($0, within: room) }) {
      if line.text.isEmpty {
        line = word
      } else if line.width + 1 + word.width <= room {
        line.text += " \(word.text)"
        line.width += 1 + word.width
      } else {
        lines.append(line)
        line = word
      }
    }
    return lines + [line]
  }

  /// Its lines with a first prefix, and another of the same width before those that follow.
  func lines(within width: Int, first: String, next: String) -> [String] {
    lines(within: max(1, width - first.utf8.count)).enumerated().map { ($0 == 0 ? first : next) + $1.text }
  }

  /// Words between spaces; a percent sign stays with its number.
  private static func words(of text: String) -> [Word] {
    var words: [Word] = []
    for part in text.split(separator: " ") {
      if part.first == "%", part.utf8.count < 3, let last = words.last?.text.last, last.isASCII, last.isNumber {
        words[words.count - 1].text += " \(part)"
        words[words.count - 1].width += 1 + part.utf8.count
      } else {
        words.append(Word(text: String(part), width: terminalWidth(of: part)))
      }
    }
    return words
  }

  /// A word cut into pieces that fit; a figure is cut at its spaces as far as that does.
  private static func broken(_ word: Word, within room: Int) -> [Word] {
    if word.text.contains(" ") {
      return word.text.split(separator: " ").flatMap { part in
        let part = Word(text: String(part), width: terminalWidth(of: part))
        return part.width <= room ? [part] : broken(part, within: room)
      }
    }
    var pieces: [Word] = []
    var piece = Word()
    for character in word.text {
      let width = terminalWidth(of: character)
      if !piece.text.isEmpty, piece.width + width > room {
        pieces.append(piece)
        piece = Word()
      }
      piece.text.append(character)
      piece.width += width
    }
    return pieces + [piece]
  }
}

extension TerminalText.Word {
  /// Its text filled with spaces to a width.
  func filled(to width: Int, right: Bool) -> String {
    let fill = String(repeating: " ", count: max(0, width - self.width))
    return right ? fill + text : text + fill
  }
}
