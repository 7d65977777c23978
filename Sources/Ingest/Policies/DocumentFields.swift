import Model

/// What the words of a template's functions mean: of an answer of the cloud there are none.
struct TemplateScope: Sendable {
  var file: String
  /// What tells its resources from those of other files; empty for answers, which speak of one account.
  var key = ""
  /// True where a text writes `$${` for what is no reference.
  var escapesReferences = false
  /// True where the cloud has put the next time of what recurs for its start.
  var hasNextTimes = false
  /// Of a resource by its address, which errors name with the arguments as its file spells them; empty for others.
  var address = ""
  /// The arguments of that resource by AWS's words for them.
  var spelling: [String: String] = [:]
  /// Parameters by their names, with their defaults.
  var parameters: [String: String?] = [:]

  /// What the template has, by its names; nil where it may be a part of one.
  var resources: Set<String>?

  func place(_ node: DocumentNode, _ key: String? = nil) -> Place {
    let keys = [address, key.map(word) ?? ""].filter { !$0.isEmpty }
    return Place(file: file, line: node.line, key: keys.isEmpty ? nil : keys.joined(separator: "."))
  }

  /// A property as the file spells it, or would: `min_size` of `MinSize` in Terraform.
  func word(_ property: String) -> String {
    address.isEmpty ? property : spelling[property] ?? TerraformWords.argument(property)
  }

  /// What a value comes to: a word as it stands; a resource that is referred to by its name in the template; texts joined.
  /// - Throws: ``PolicyFault`` for what only the cloud can work out.
  func text(_ node: DocumentNode, _ key: String) throws(PolicyFault) -> String {
    switch node.content {
    case .scalar(let text, _):
      if let reference = reference(text) { return reference }
      return escapesReferences ? text.replacing("$${", with: "${").replacing("%%{", with: "%{") : text
    case .list:
      throw .wrong(DataError(place(node, key), found: node.foundText, expected: "a word or a number"))
    case .mapping(let entries):
      guard entries.count == 1, let entry = entries.first, entry.key == "Ref" || entry.key.hasPrefix("Fn::") else {
        throw .wrong(DataError(place(node, key), found: node.foundText, expected: "a word or a number"))
      }
      return try called(entry.key, entry.value, key)
    }
  }

  private func called(_ function: String, _ value: DocumentNode, _ key: String) throws(PolicyFault) -> String {
    switch function {
    case "Ref": return try referred(value.text ?? "", key)
    case "Fn::GetAtt":
      return try referred(value.elements.first?.text ?? String(value.text?.split(separator: ".").first ?? ""), key)
    case "Fn::Join":
      guard value.elements.count == 2, let separator = value.elements[0].textOrEmpty else { break }
      var parts: [String] = []
      for part in value.elements[1].elements { parts.append(try text(part, key)) }
      return parts.joined(separator: separator)
    case "Fn::Sub":
      guard let text = value.text ?? value.elements.first?.text else { break }
      return try substituted(text, key, value.elements.dropFirst().first)
    default: break
    }
    throw .refused("its \(word(key)) is \(function.replacing("Fn::", with: "")), which only the cloud works out")
  }

  private func referred(_ name: String, _ key: String) throws(PolicyFault) -> String {
    guard let parameter = parameters[name] else {
      guard !name.hasPrefix("AWS::") else { throw .refused("its \(word(key)) has \(name), which only the cloud knows") }
      guard resources?.contains(name) ?? true else {
        throw .refused("its \(word(key)) refers to \(name): no such resource or parameter")
      }
      return name
    }
    guard let value = parameter else { throw .refused("its \(word(key)) is parameter \(name), which has no default") }
    return value
  }

  /// `arn:aws:...:${Group}` with what is in braces put in.
  /// - Parameter values: of names that the text has of its own.
  private func substituted(_ text: String, _ key: String, _ values: DocumentNode?) throws(PolicyFault) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.range(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      let name = String(rest[start.upperBound..<end])
      result += rest[..<start.lowerBound]
      if name.hasPrefix("!") {
        result += "${\(name.dropFirst())}"
      } else if let own = values?[key: name] {
        result += try self.text(own, key)
      } else {
        result += try referred(String(name.split(separator: ".").first ?? ""), key)
      }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  /// `aws_autoscaling_group.web` of Terraform's `${aws_autoscaling_group.web.name}`; nil for other texts.
  private func reference(_ text: String) -> String? {
    guard text.hasPrefix("${"), text.hasSuffix("}"), text.count > 3 else { return nil }
    let parts = text.dropFirst(2).dropLast().split(separator: ".").map(String.init)
    guard parts.count >= 2, parts.allSatisfy({ !$0.contains(" ") }) else { return nil }
    if parts[0] == "var" { return parameters[parts[1]] ?? nil }
    return parts.prefix(2).joined(separator: ".")
  }
}

extension String {
  /// True for digits behind a zero, `010`: 8 to some readers, 10 to others.
  fileprivate var isOctalInSomeYAML: Bool {
    let digits = utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return digits.count > 1 && digits.first == UInt8(ascii: "0") && digits.allSatisfy { (48...57).contains($0) }
  }
}

extension DocumentNode {
  /// A word, empty too.
  fileprivate var textOrEmpty: String? { if case .scalar(let text, _) = content { text } else { nil } }
}

/// The properties of a resource.
struct DocumentFields {
  var node: DocumentNode
  var scope: TemplateScope

  /// The value of a property; nil where there is none, or it is told to be none.
  subscript(key: String) -> DocumentNode? {
    guard let value = node[key: key], !value.isNull else { return nil }
    if value[key: "Ref"]?.text == "AWS::NoValue" { return nil }
    return value
  }

  func wrong(_ key: String, _ expected: String) -> PolicyFault {
    guard let value = self[key] else {
      return .wrong(DataError(scope.place(node), found: "no \"\(scope.word(key))\"", expected: expected))
    }
    return .wrong(DataError(scope.place(value, key), found: value.foundText, expected: expected))
  }

  /// nil where it is not there or empty.
  /// - Parameter hasLines: true for a text that may have several.
  func text(_ key: String, hasLines: Bool = false) throws(PolicyFault) -> String? {
    guard let value = self[key] else { return nil }
    let text = try scope.text(value, key)
    if !hasLines, let scalar = text.controlCharacter {
      throw .wrong(
        DataError(
          scope.place(value, key), found: "the control character \(scalar)", expected: "a text without any"))
    }
    return text.isEmpty ? nil : text.asName
  }

  func required(_ key: String) throws(PolicyFault) -> String {
    if let text = try text(key) { return text }
    throw wrong(key, "a text")
  }

  /// A number as it is written; nil where it is not there or empty. Without quotes, zeros before it are octal to readers of YAML
  /// 1.1, which most of these programs have, and none to those of 1.2.
  func number(_ key: String) throws(PolicyFault) -> String? {
    if case .scalar(let text, isPlain: true)? = self[key]?.content, text.isOctalInSomeYAML {
      throw wrong(key, "a number without a zero before it, which YAML 1.1 reads as octal and 1.2 does not")
    }
    return try text(key)
  }

  /// Numbers may stand in quotes.
  func decimal(_ key: String) throws(PolicyFault) -> ScaledDecimal? {
    guard let text = try number(key) else { return nil }
    guard let number = ScaledDecimal(text)?.normalised, number.double.magnitude <= 1e12 else {
      throw wrong(key, "a number up to 10^12 of at most 18 digits")
    }
    return number
  }

  func whole(_ key: String, _ range: ClosedRange<Int>) throws(PolicyFault) -> Int? {
    guard let number = try decimal(key) else { return nil }
    guard number.scale == 0, let whole = Int(exactly: number.mantissa), range.contains(whole) else {
      throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return whole
  }

  func span(_ key: String, _ range: ClosedRange<Int> = 0...604_800) throws(PolicyFault) -> TimeSpan? {
    try whole(key, range).map { TimeSpan(seconds: Int64($0)) }
  }

  func flag(_ key: String) throws(PolicyFault) -> Bool? {
    guard let text = try text(key) else { return nil }
    switch text.lowercased() {
    case "true": return true
    case "false": return false
    default: throw wrong(key, "true or false")
    }
  }

  func fields(_ key: String) throws(PolicyFault) -> DocumentFields? {
    guard let value = self[key] else { return nil }
    guard case .mapping = value.content else { throw wrong(key, "a mapping") }
    return DocumentFields(node: value, scope: scope)
  }

  func list(_ key: String) throws(PolicyFault) -> [DocumentFields] {
    guard let value = self[key] else { return [] }
    guard case .list(let elements) = value.content else { throw wrong(key, "a list") }
    return elements.map { DocumentFields(node: $0, scope: scope) }
  }

  /// The words of a list; one word alone is a list of one.
  func texts(_ key: String) throws(PolicyFault) -> [String] {
    guard let value = self[key] else { return [] }
    guard case .list(let elements) = value.content else { return [try scope.text(value, key)] }
    var texts: [String] = []
    for element in elements { texts.append(try scope.text(element, key)) }
    return texts
  }
}
