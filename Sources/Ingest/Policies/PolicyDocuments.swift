import Model
import Reading

/// The documents of a file: of a text in markdown its blocks of YAML and JSON, each by itself; else what it holds.
/// - Parameter keepsColumns: true where it must be known at which column each value stands: then JSON is read as the YAML that it
///   is too.
func policyDocuments(_ file: InputFile, keepsColumns: Bool = false) throws(DataError) -> [PolicyDocument] {
  guard isMarkdown(file.name) else {
    return try documents(file.bytes, file, linesBefore: 0, keepsColumns: keepsColumns)
  }
  var found: [PolicyDocument] = []
  for block in try fencedBlocks(of: file) where ["yaml", "yml", "json"].contains(block.word) {
    found += try documents(block.bytes, file, linesBefore: block.linesBefore)
  }
  return found
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

extension DocumentNode {
  /// The same tree of a JSON text.
  init(_ node: JSONNode, linesBefore: Int) {
    let line = node.line + linesBefore
    let content: Content =
      switch node.content {
      case .object(let members):
        .mapping(
          members.map {
            DocumentEntry(
              $0.key.asName, line: $0.value.line + linesBefore, DocumentNode($0.value, linesBefore: linesBefore))
          })
      case .array(let elements): .list(elements.map { DocumentNode($0, linesBefore: linesBefore) })
      case .string(let text): .scalar(text.asName, isPlain: false)
      case .number(let text): .scalar(text, isPlain: true)
      case .boolean(let value): .scalar("\(value)", isPlain: true)
      case .null: .scalar("null", isPlain: true)
      }
    self.init(content, line: line)
  }
}
