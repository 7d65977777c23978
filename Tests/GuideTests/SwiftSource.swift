import Foundation

/// The types of a folder of sources with their doc comments, as far as the guide quotes them.
///
/// This reads the house style, one declaration a line behind its comment, and no other Swift.
struct SwiftSource {
  /// The doc comment of each type, the lines of a paragraph joined by spaces, paragraphs by line ends.
  private(set) var comments: [String: String] = [:]

  /// - Parameter folders: from the package's root; every Swift file below them is read, and of types of one name the first.
  init(folders: [String]) throws {
    for folder in folders {
      let root = packageFolder.appendingPathComponent(folder)
      let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
      for name in names.sorted() {
        read(try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8))
      }
    }
  }

  init(text: String) { read(text) }

  private mutating func read(_ text: String) {
    var comment: [String] = []
    for line in text.components(separatedBy: "\n") {
      let code = line.trimmingCharacters(in: .whitespaces)
      if code.hasPrefix("///") {
        comment.append(code.dropFirst(3).trimmingCharacters(in: .whitespaces))
        continue
      }
      if let match = code.firstMatch(of: /^(?:(?:package|private|public) )*(?:struct|enum) (\w+)/) {
        if comments[String(match.1)] == nil { comments[String(match.1)] = joined(comment) }
      }
      comment = []
    }
  }

  private func joined(_ lines: [String]) -> String {
    lines.split(separator: "").map { $0.joined(separator: " ") }.joined(separator: "\n")
  }
}

/// The folder of the package, found from this file.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
