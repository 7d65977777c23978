/// The reading of a document into values: collects everything that is wrong, with its place, instead of ending at the
/// first.
package final class DocumentReading {
  private let file: String
  private var path = DocumentPath()
  /// All that is wrong so far, in the order it was found.
  package private(set) var faults: [DataError] = []
  /// Where a value could not be read, so that what stands in its place means nothing.
  private var unread: Set<DocumentPath> = []

  /// What parts are before their keys are read, by their types, where that is not the blank.
  private var starts: [ObjectIdentifier: any FleetPart] = [:]

  package init(file: String) { self.file = file }

  /// From here on every part of a type is this one before its keys are read.
  func start<Part: FleetPart>(_ type: Part.Type, from part: Part) { starts[ObjectIdentifier(type)] = part }

  /// What a part is before its keys are read.
  func start<Part: FleetPart>(of type: Part.Type) -> Part {
    starts.isEmpty ? Part() : starts[ObjectIdentifier(type)] as? Part ?? Part()
  }

  /// Reads what stands at a step from here.
  func at<Value>(_ step: DocumentPath.Step, _ read: () -> Value) -> Value {
    let outer = path
    switch step {
    case .key(let name): path = path.key(name)
    case .index(let position): path = path.index(position)
    }
    defer { path = outer }
    return read()
  }

  /// A value here that cannot be read.
  func refuse(_ node: DocumentNode, found: String? = nil, expected: String) {
    unread.insert(path)
    add(line: node.line, found: found ?? node.foundText, expected: expected)
  }

  /// Something wrong here that leaves every value as it is read.
  func add(line: Int?, found: String, expected: String) {
    let place = Place(file: file, line: line, key: path.description)
    faults.append(DataError(place, found: found, expected: expected))
  }

  /// A key that must be here and is not.
  func miss(_ key: String, in node: DocumentNode, expected: String) {
    unread.insert(path.key(key))
    add(line: node.line, found: "no key \"\(key)\"", expected: "\"\(key)\" with \(expected)")
  }

  /// Whether what a file means at a path may rest on something that could not be read: at the path, or beside it in the
  /// same part of the file. Services and the fleet are too large to count as one part.
  package func isDoubtful(_ path: DocumentPath) -> Bool {
    unread.contains { wrong in
      wrong == path || wrong.parent.steps.count > 2 && path.steps.starts(with: wrong.parent.steps)
    }
  }
}
