import Model
import TestSupport

/// A place of a text where a number stands or may stand, by its name, and the text with another number there.
struct NumberPlace {
  let name: String
  let text: (String) -> String
}

/// The places of a fleet file that hold a number, one for each key of each part, found by what the parts say of their keys;
/// a key that the file does not have is put in.
/// - Returns: the places, and the titles of parts that the file has nowhere.
func fleetNumbers(of document: DocumentNode) -> (found: [NumberPlace], missing: [String]) {
  var walk = FleetWalk(document: document)
  walk.visit(Fleet.form, document, DocumentPath())
  return (walk.places, walk.titles(of: Fleet.form).subtracting(walk.seenParts).sorted())
}

private struct FleetWalk {
  let document: DocumentNode
  var places: [NumberPlace] = []
  var seenParts: Set<String> = []
  private var seenKeys: Set<String> = []

  init(document: DocumentNode) { self.document = document }

  mutating func visit(_ form: FleetForm, _ node: DocumentNode, _ path: DocumentPath) {
    switch form {
    case .list(let element):
      for (index, node) in node.elements.enumerated() { visit(element, node, path.index(index)) }
    case .names(let element):
      guard case .mapping(let entries) = node.content else { return }
      for entry in entries { visit(element, entry.value, path.key(entry.key)) }
    case .part(let describe):
      let part = describe()
      seenParts.insert(part.title)
      for key in part.keys { visit(key, of: part.title, in: node, path) }
    case .word, .oneOf, .metric: break
    }
  }

  private mutating func visit(_ key: FleetKeyDescription, of part: String, in node: DocumentNode, _ path: DocumentPath)
  {
    let (place, value) = (path.key(key.name), node[key: key.name])
    if let value { visit(key.form, value, place) }
    guard let word = word(key.form), !["text", "true or false"].contains(word) else { return }
    // The key of one part is tried where it stands, and put in once where it does not.
    guard seenKeys.insert("\(part).\(key.name).\(value == nil)").inserted else { return }
    add("\(part).\(key.name)", at: place) { $0 }
    guard let text = value?.text else { return }
    for (index, number) in numbers(in: text).enumerated() where number != text.startIndex..<text.endIndex {
      add("number \(index + 1) of \(part).\(key.name)", at: place) { text.replacingNumber(number, by: $0) }
    }
  }

  /// What stands behind a key or in its list, where that is a word.
  private func word(_ form: FleetForm) -> String? {
    switch form {
    case .word(let words): words
    case .list(let element), .names(let element): word(element)
    case .oneOf, .metric, .part: nil
    }
  }

  private mutating func add(_ name: String, at path: DocumentPath, _ value: @escaping (String) -> String) {
    let document = document
    places.append(NumberPlace(name: name) { edge in json(document.setting(path.steps[...], to: .word(value(edge)))) })
  }

  /// All parts that a form leads to.
  func titles(of form: FleetForm) -> Set<String> {
    var titles: Set<String> = []
    func visit(_ form: FleetForm) {
      switch form {
      case .list(let element), .names(let element): visit(element)
      case .part(let describe):
        let part = describe()
        if titles.insert(part.title).inserted { part.keys.forEach { visit($0.form) } }
      case .word, .oneOf, .metric: break
      }
    }
    visit(form)
    return titles
  }
}

extension DocumentNode {
  /// The same with another value at a path, whose last key may be new.
  fileprivate func setting(_ steps: ArraySlice<DocumentPath.Step>, to value: DocumentNode) -> DocumentNode {
    guard let step = steps.first else { return value }
    switch (step, content) {
    case (.key(let name), .mapping(var entries)):
      let index = entries.firstIndex { $0.key == name }
      let inner = index.map { entries[$0].value } ?? .word("")
      let entry = DocumentEntry(name, inner.setting(steps.dropFirst(), to: value))
      if let index { entries[index] = entry } else { entries.append(entry) }
      return DocumentNode(.mapping(entries))
    case (.index(let position), .list(var elements)):
      elements[position] = elements[position].setting(steps.dropFirst(), to: value)
      return DocumentNode(.list(elements))
    default: return self
    }
  }
}

/// A document as YAML in flow style: what was plain stays plain.
private func json(_ node: DocumentNode) -> String {
  switch node.content {
  case .scalar(let text, let isPlain):
    let isSafe = text.allSatisfy { $0.isLetter || $0.isNumber || "+-._".contains($0) }
    return isPlain && isSafe ? (text.isEmpty ? "~" : text) : jsonString(text)
  case .list(let elements): return "[\(elements.map(json).joined(separator: ", "))]"
  case .mapping(let entries):
    return "{\(entries.map { "\(jsonString($0.key)): \(json($0.value))" }.joined(separator: ", "))}"
  }
}

/// Where numbers stand in a text.
func numbers(in text: String) -> [Range<String.Index>] { text.matches(of: /[0-9]+(\.[0-9]+)?/).map(\.range) }

/// The places of a CSV file whose columns hold numbers or moments, each of all rows and of the first; of JSON, each number.
func numberChanges(in text: String) -> [NumberPlace] {
  guard !text.hasPrefix("{") else {
    return numbers(in: text).enumerated().map { index, range in
      NumberPlace(name: "number \(index + 1)") { text.replacingNumber(range, by: $0) }
    }
  }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let head = lines.prefix { $0.hasPrefix("#") }.count
  return lines[head].split(separator: ",").enumerated().flatMap { column, name in
    [head + 1..<head + 2, head + 1..<lines.count].map { rows in
      NumberPlace(name: "column \(name) of \(rows.count) rows") { edge in
        lines.indices.map { index in
          var fields = lines[index].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
          guard rows.contains(index), column < fields.count, fields.count > 1 else { return lines[index] }
          fields[column] = edge
          return fields.joined(separator: ",")
        }.joined(separator: "\n")
      }
    }
  }
}

extension String {
  fileprivate func replacingNumber(_ range: Range<Index>, by number: String) -> String {
    var text = self
    text.replaceSubrange(range, with: number)
    return text
  }
}
