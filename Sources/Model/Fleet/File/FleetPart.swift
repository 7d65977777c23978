/// A part of a fleet file: a mapping whose keys are listed once, with what each means and what holds without it.
package protocol FleetPart: FleetValue {
  /// What holds where the file says nothing.
  init()
  /// What the part is about, in a sentence.
  static var about: String { get }
  /// Its keys, in the order that they are explained in.
  static var keys: [FleetKey<Self>] { get }
  /// The key that a word in place of the mapping is the value of; nil where there must be a mapping.
  static var keyOfWord: String? { get }
  /// The key that parts behind other keys rest on; nil where there is none.
  static var keyOfShared: String? { get }
  /// Tells the reading what parts behind this one rest on, once all keys of this one are read.
  func share(with reading: DocumentReading)
  /// Sets what follows from other keys, once all are read.
  mutating func settle()
  /// What its keys should be instead of what they are together; nil where they can be meant.
  var correction: String? { get }
}

extension FleetPart {
  package static var keyOfWord: String? { nil }
  package static var keyOfShared: String? { nil }
  package func share(with reading: DocumentReading) {}
  package mutating func settle() {}
  package var correction: String? { nil }

  package static var form: FleetForm { .part { FleetPartDescription(of: Self.self) } }

  package static func read(_ node: DocumentNode, _ reading: DocumentReading) -> Self? {
    var part = reading.start(of: Self.self)
    if let keyOfWord, node.text != nil {
      // The word stands where the mapping would: what is wrong with it is wrong there.
      keys.first { $0.name == keyOfWord }?.read(&part, node, reading)
    } else if case .mapping(let entries) = node.content {
      part.fill(entries, of: node, reading)
    } else {
      reading.refuse(node, expected: form.expectation)
      return nil
    }
    part.settle()
    if let correction = part.correction { reading.refuse(node, expected: correction) }
    part.share(with: reading)
    return part
  }

  private mutating func fill(_ entries: [DocumentEntry], of node: DocumentNode, _ reading: DocumentReading) {
    let keys = Self.keys
    var missing = keys.filter(\.isRequired)
    for entry in Self.inOrder(entries) {
      guard let key = keys.first(where: { $0.name == entry.key }) else {
        refuseUnknown(entry, missing: &missing, reading)
        continue
      }
      if entry.value.isNull, !key.isRequired { continue }
      missing.removeAll { $0.name == key.name }
      reading.at(.key(key.name)) { key.read(&self, entry.value, reading) }
    }
    for key in missing { reading.miss(key.name, in: node, expected: key.form.expectation) }
  }

  /// What others rest on comes first, wherever the file has it.
  private static func inOrder(_ entries: [DocumentEntry]) -> [DocumentEntry] {
    guard let first = entries.firstIndex(where: { $0.key == keyOfShared }), first > 0 else { return entries }
    return [entries[first]] + entries[..<first] + entries[(first + 1)...]
  }

  /// A misspelt key is one fault, though it leaves another missing.
  private func refuseUnknown(
    _ entry: DocumentEntry, missing: inout [FleetKey<Self>], _ reading: DocumentReading
  ) {
    let known = Self.keys.map(\.name)
    let near = nearestName(to: entry.key, among: known)
    missing.removeAll { $0.name == near }
    let hint = near.map { "a known key; did you mean \"\($0)\"?" } ?? "one of \(known.joined(separator: ", "))"
    reading.add(line: entry.line, found: "unknown key \"\(entry.key)\"", expected: hint)
  }

  package var node: DocumentNode? {
    DocumentNode(.mapping(Self.keys.compactMap { key in key.shown(self).map { DocumentEntry(key.name, $0) } }))
  }
}

/// A key of a part of a fleet file.
///
/// That the part is a ``FleetPart`` is asked of those who use it: a type that asks for it itself makes the runtime look
/// through every conformance of the program for each of some forty parts, whenever the command starts.
package struct FleetKey<Part>: Sendable {
  /// As the file spells it.
  package let name: String
  /// What it says, in sentences.
  package let meaning: String
  /// What its number counts; empty where it has none, or is written with it.
  package let unit: String
  /// True where nothing holds without it.
  package private(set) var isRequired = false
  /// What holds without it, in words; nil where the value of the part without it says so.
  package let absence: String?
  /// What stands behind it.
  package var form: FleetForm { formOfValue() }

  private let formOfValue: @Sendable () -> FleetForm
  let read: @Sendable (inout Part, DocumentNode, DocumentReading) -> Void
  let shown: @Sendable (Part) -> DocumentNode?

  /// A key that a file may leave out.
  /// - Parameter path: made when it is asked for: of some two hundred a file has few, and each takes microseconds.
  package init<Value: FleetValue>(
    _ name: String, _ path: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Part, Value> & Sendable,
    _ meaning: String, unit: String = "", absent: String? = nil
  ) {
    self.init(
      name, meaning, unit: unit, absence: absent, form: { Value.form },
      read: { part, node, reading in
        if let value = Value.read(node, reading) { part[keyPath: path()] = value }
      }, shown: { $0[keyPath: path()].node })
  }

  private init(
    _ name: String, _ meaning: String, unit: String, absence: String?, form: @escaping @Sendable () -> FleetForm,
    read: @escaping @Sendable (inout Part, DocumentNode, DocumentReading) -> Void,
    shown: @escaping @Sendable (Part) -> DocumentNode?
  ) {
    (self.name, self.meaning, self.unit, self.absence) = (name, meaning, unit, absence)
    (formOfValue, self.read, self.shown) = (form, read, shown)
  }

  /// The same key, that may be left out, of a part that holds this one.
  func within<Whole>(
    _ path: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Whole, Part> & Sendable
  ) -> FleetKey<Whole> {
    FleetKey<Whole>(
      name, meaning, unit: unit, absence: absence, form: formOfValue,
      read: { whole, node, reading in read(&whole[keyPath: path()], node, reading) },
      shown: { shown($0[keyPath: path()]) })
  }

  /// A key without which the part means nothing.
  package static func required<Value: FleetValue>(
    _ name: String, _ path: @autoclosure @escaping @Sendable () -> any WritableKeyPath<Part, Value> & Sendable,
    _ meaning: String, unit: String = ""
  ) -> FleetKey {
    var key = FleetKey(name, path(), meaning, unit: unit)
    key.isRequired = true
    return key
  }
}

/// A part of a fleet file as it is explained.
package struct FleetPartDescription: Sendable {
  /// `Scaling rules`, of the type's name.
  package let title: String
  package let about: String
  package let keys: [FleetKeyDescription]

  init<Part: FleetPart>(of part: Part.Type) {
    var words = ""
    for character in "\(part)" {
      words += character.isUppercase && !words.isEmpty ? " \(character.lowercased())" : "\(character)"
    }
    title = words
    about = part.about
    let blank = Part()
    keys = part.keys.map { FleetKeyDescription($0, without: $0.shown(blank)) }
  }
}

/// A key of a fleet file as it is explained.
package struct FleetKeyDescription: Sendable {
  package let name: String
  package let meaning: String
  package let unit: String
  package let form: FleetForm
  package let isRequired: Bool
  /// What holds without it, in words; nil where ``value`` says so.
  package let absence: String?
  /// What holds without it; nil for nothing.
  package let value: DocumentNode?

  fileprivate init<Part: FleetPart>(_ key: FleetKey<Part>, without value: DocumentNode?) {
    name = key.name
    meaning = key.meaning
    unit = key.unit
    form = key.form
    isRequired = key.isRequired
    absence = key.absence
    self.value = value
  }
}
