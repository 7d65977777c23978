import Foundation

/// The declarations of a folder of sources with their doc comments, as far as the guide quotes them.
///
/// A line is a declaration or it is not: this reads the house style, one declaration a line behind its comment, and no
/// other Swift.
struct SwiftSource {
  /// A stored property of a type, or a case of one.
  struct Member: Equatable {
    var name: String
    /// As it is written: `[Limit]`, `Int?`; empty for a case.
    var type: String
    /// The doc comment, its lines joined.
    var comment: String
    /// The raw value of a case.
    var rawValue: String?
  }

  /// A type and what it is made of.
  struct Declaration: Equatable {
    var name: String
    var comment: String
    var properties: [Member] = []
    var cases: [Member] = []
    /// What the file calls a property that has another name here, as `CodingKeys` says.
    var keys: [String: String] = [:]
  }

  private(set) var types: [String: Declaration] = [:]
  /// What constants are, as it is written: `defaultStaleAfterDays`, `180`.
  private(set) var constants: [String: String] = [:]

  /// - Parameter folder: from the package's root; every Swift file below it is read.
  init(folder: String) throws {
    let root = packageFolder.appendingPathComponent(folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
    for name in names.sorted() {
      read(try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8))
    }
  }

  init(text: String) { read(text) }

  init(types: [String: Declaration]) { self.types = types }

  private mutating func read(_ text: String) {
    var comment: [String] = []
    /// The types around a line, with their indentation.
    var around: [(name: String, indent: Int)] = []
    for line in text.components(separatedBy: "\n") {
      let code = line.trimmingCharacters(in: .whitespaces)
      let indent = line.prefix { $0 == " " }.count
      if code.hasPrefix("///") {
        comment.append(code.dropFirst(3).trimmingCharacters(in: .whitespaces))
        continue
      }
      if code == "}" { around.removeAll { $0.indent >= indent } }
      if let name = typeName(code) {
        if !isOneLine(code) { around.append((name, indent)) }
        if name != "CodingKeys" {
          var type = types[name] ?? Declaration(name: name, comment: "")
          // An extension, in whatever file, says something else than what the type is.
          if !code.contains("extension ") { type.comment = joined(comment) }
          types[name] = type
          if isOneLine(code) { readCases(code, of: name, comment: "") }
        }
      } else if let type = around.last, indent == type.indent + 2 {
        readMember(code, of: type.name, outer: around.dropLast().last?.name, comment: joined(comment))
      }
      readConstant(code)
      comment = []
    }
  }

  private func isOneLine(_ code: String) -> Bool { code.hasSuffix("}") }

  private func typeName(_ code: String) -> String? {
    guard let match = code.firstMatch(of: /^(?:(?:package|private|public) )*(?:struct|enum|extension) (\w+)/) else {
      return nil
    }
    return String(match.1)
  }

  private mutating func readMember(_ code: String, of type: String, outer: String?, comment: String) {
    if type == "CodingKeys", let outer, let match = code.firstMatch(of: /^case (\w+) = "(.*)"/) {
      types[outer]?.keys[String(match.1)] = String(match.2)
    } else if let match = code.wholeMatch(of: /package var (\w+): ([^={]+?)(?: = .*)?/) {
      types[type]?.properties.append(Member(name: String(match.1), type: String(match.2), comment: comment))
    } else if code.hasPrefix("case "), !code.contains(":"), type != "CodingKeys" {
      readCases(code, of: type, comment: comment)
    }
  }

  private mutating func readCases(_ code: String, of type: String, comment: String) {
    guard let list = code.firstMatch(of: /case ([^}]+)/) else { return }
    for part in list.1.split(separator: ",") {
      let words = part.split(separator: "=").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"")) }
      types[type]?.cases.append(Member(name: words[0], type: "", comment: comment, rawValue: words.last))
    }
  }

  private mutating func readConstant(_ code: String) {
    guard let match = code.wholeMatch(of: /package (?:static )?let (\w+) = (.+)/) else { return }
    constants[String(match.1)] = String(match.2)
  }

  /// Lines of a paragraph joined by spaces, paragraphs by line ends.
  private func joined(_ lines: [String]) -> String {
    lines.split(separator: "").map { $0.joined(separator: " ") }.joined(separator: "\n")
  }
}

/// The folder of the package, found from this file.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// `scaleOut` as `scale_out`, as the fleet file spells it.
func snakeCase(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
}
