import Model
import Reading

/// More blocks than any text that people read has.
private let mostBlocks = 1_000

/// The documents of a file: of a text in markdown its blocks of YAML and JSON, each by itself; else what it holds.
/// - Parameter keepsColumns: true where it must be known at which column each value stands: then JSON is read as the YAML that it
///   is too.
func policyDocuments(_ file: InputFile, keepsColumns: Bool = false) throws(DataError) -> [PolicyDocument] {
  if isMarkdown(file.name) { return try markdownDocuments(file) }
  return try documents(file.bytes, file, linesBefore: 0, keepsColumns: keepsColumns)
}

private func documents(
  _ bytes: some Collection<UInt8>, _ file: InputFile, linesBefore: Int, keepsColumns: Bool = false
) throws(DataError) -> [PolicyDocument] {
  let whole = try withoutByteOrderMark(Array(bytes), file: file.name)
  if !keepsColumns, isJSON(whole) {
    let stream = try JSONStream(ByteSource(name: file.name, bytes: whole))
    let tree = try stream.node()
    try stream.expectEnd()
    return [PolicyDocument(file: file.name, root: DocumentNode(tree, linesBefore: linesBefore))]
  }
  let text = try InputFile(name: file.name, bytes: whole).text()
  var reading = YAMLReading.scaling
  reading.linesBefore = linesBefore
  return try readDocuments(text: text, file: file.name, reading).map { PolicyDocument(file: file.name, root: $0) }
}

/// True for an object whose first key stands in quotes, and an empty one: other braces may be YAML's.
private func isJSON(_ bytes: [UInt8]) -> Bool {
  let seen = bytes.lazy.filter { $0 != 32 && !(9...13).contains($0) }.prefix(2)
  return seen.first == UInt8(ascii: "{")
    && [UInt8(ascii: "\""), UInt8(ascii: "}")].contains(seen.dropFirst().first ?? 0)
}

/// True for the configuration language of Terraform, by its first word.
func isTerraformSource(_ file: InputFile) -> Bool {
  guard file.name.hasSuffix(".tf") || file.name.hasSuffix(".hcl") else { return false }
  return true
}

// MARK: - Markdown

func isMarkdown(_ name: String) -> Bool { name.hasSuffix(".md") || name.hasSuffix(".markdown") }

/// The fenced blocks that say they are YAML or JSON.
private func markdownDocuments(_ file: InputFile) throws(DataError) -> [PolicyDocument] {
  let lines = file.bytes.split(separator: 10, omittingEmptySubsequences: false)
  var found: [PolicyDocument] = []
  var (start, blocks) = (Int?.none, 0)
  for (index, line) in lines.enumerated() {
    let word = fence(line)
    if let begun = start, word == "" {
      blocks += 1
      guard blocks <= mostBlocks else {
        throw DataError(
          Place(file: file.name, line: index + 1), found: "more than \(mostBlocks) blocks",
          expected: "fewer in one text")
      }
      let bytes = Array(lines[begun..<index].joined(separator: [10]))
      found += try documents(bytes, file, linesBefore: begun)
      start = nil
    } else if start == nil, ["yaml", "yml", "json"].contains(word) {
      start = index + 1
    }
  }
  return found
}

/// What stands behind the fence of a line: `yaml`, nothing; nil for a line that is none.
private func fence(_ line: some Collection<UInt8>) -> String? {
  let text = line.drop { $0 == 32 }
  guard text.starts(with: [96, 96, 96]) else { return nil }
  return String(decoding: text.drop { $0 == 96 }, as: UTF8.self).trimmed.lowercased()
}

extension DocumentNode {
  /// The same tree of a JSON text.
  init(_ node: JSONNode, linesBefore: Int) {
    let line = node.line + linesBefore
    let content: Content =
      switch node.content {
      case .object(let members):
        .mapping(
          members.map { DocumentEntry($0.key.asName, line: line, DocumentNode($0.value, linesBefore: linesBefore)) })
      case .array(let elements): .list(elements.map { DocumentNode($0, linesBefore: linesBefore) })
      case .string(let text): .scalar(text.asName, isPlain: false)
      case .number(let text): .scalar(text, isPlain: true)
      case .boolean(let value): .scalar("\(value)", isPlain: true)
      case .null: .scalar("null", isPlain: true)
      }
    self.init(content, line: line)
  }
}
