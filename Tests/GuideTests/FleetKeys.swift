import Model

/// The reference of the fleet file, from the types it is decoded into and what their comments say.
struct FleetKeys {
  /// What the page is about, above its tables.
  private static let head = """
    # The keys of a fleet file

    A fleet file is YAML or JSON. A key that is not here is an error, and so is a required one that is missing.
    [The least of one](own-fleet/fleet.yaml) is a page long; [Sketchy Chain's](../datasets/sketchy-chain/fleet.yaml) says
    all that there is to say. Counts, percentages and money are decimals without a unit: the unit is that of the table.
    """

  /// The reference of the sources as they are, read once for all tests.
  static let current = Result { try FleetKeys() }

  private let source: SwiftSource

  private init() throws { source = try SwiftSource(folder: "Sources/Model/Fleet") }

  /// The types that the file is made of, each before those it is the first to name.
  var types: [String] {
    var found: [String] = []
    func visit(_ name: String) {
      guard let type = source.types[name], !type.properties.isEmpty, words[name] == nil, !found.contains(name) else {
        return
      }
      found.append(name)
      type.properties.forEach { visit(element(of: $0.type)) }
    }
    visit("Fleet")
    return found
  }

  /// The keys of a type, as a file spells them.
  func keys(of type: String) -> [String] {
    guard let type = source.types[type] else { return [] }
    return type.properties.map { snakeCase(type.keys[$0.name] ?? $0.name) }
  }

  /// Keys that nothing explains.
  var unexplained: [String] {
    types.flatMap { type in
      source.types[type]!.properties.filter { meaning($0).isEmpty }.map { "\(type).\($0.name)" }
    }
  }

  /// The page.
  var page: String {
    let sections = types.map { section(source.types[$0]!) }
    return ([stamp("the types in Sources/Model/Fleet") + Self.head] + sections).joined(separator: "\n\n") + "\n"
  }

  private func section(_ type: SwiftSource.Declaration) -> String {
    let rows = type.properties.map { property in
      let key = "`\(snakeCase(type.keys[property.name] ?? property.name))`"
      let cells = [key, meaning(property), kind(property.type), unit(property), absence(property)]
      return "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
    }
    let about = text(String(type.comment.prefix { $0 != "\n" }))
    return """
      ## \(title(type.name))

      \(about)

      | key | meaning | type | unit | without it |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  /// The comment without what it says of absence.
  private func meaning(_ property: SwiftSource.Member) -> String {
    let said = property.comment.replacing(Self.absent, maxReplacements: 1) { $0.1 == ";" ? "." : String($0.1) }
    return text(said.replacing("\n", with: " ").trimmed)
  }

  /// What becomes of a key that is not there: required, or what its comment says.
  private func absence(_ property: SwiftSource.Member) -> String {
    guard let match = property.comment.firstMatch(of: Self.absent) else {
      return property.type.hasSuffix("?") ? "optional" : "required"
    }
    let words = match.2 == "for" ? "\(match.3)" : "none \(match.2) \(match.3)"
    return text(words.replacing("none with", with: "required without"))
  }

  /// `; nil for 0.`, `. nil where work cannot wait.`, at the end of a sentence.
  nonisolated(unsafe) private static let absent = /(;|\.|^) ?nil (for|when|where|with|beside|to) (.+?)\.(?= |$)/

  /// A comment in the words of the file: symbols are keys, defaults are figures.
  private func text(_ comment: String) -> String {
    comment.replacing(/``(?:[\w\/]+\/)?(\w+)(?:\([^`]*\))?``/) { match in
      let name = String(match.1)
      guard let value = source.constants[name] else { return "`\(snakeCase(name))`" }
      let seconds = value.firstMatch(of: /TimeSpan\(seconds: (\d+)\)/).flatMap { Int64($0.1) }
      return seconds.map { TimeSpan(seconds: $0).description } ?? value
    }
  }

  /// What stands behind a key, in words.
  private func kind(_ type: String) -> String {
    if type.hasSuffix("?") { return kind(String(type.dropLast())) }
    if let match = type.wholeMatch(of: /\[String: (\w+)\]/) { return "mapping of names to \(kind(String(match.1)))" }
    if let match = type.wholeMatch(of: /\[(\w+)\]/) {
      let element = kind(String(match.1))
      return element.hasPrefix("a ") || element.hasPrefix("an ") ? "list, each \(element)" : "list of \(element)"
    }
    if let word = words[type] { return word }
    guard let declaration = source.types[type] else { return type }
    guard declaration.properties.isEmpty else {
      return "[\(title(type).lowercased())](#\(title(type).lowercased().replacing(" ", with: "-")))"
    }
    return declaration.cases.map { "`\($0.rawValue ?? $0.name)`" }.joined(separator: ", ")
  }

  /// The unit, which stands at the end of a name; none for what is written with its unit.
  private func unit(_ property: SwiftSource.Member) -> String {
    let name = snakeCase(property.name)
    let isNumber = ["Int", "Money", "ScaledDecimal"].contains(property.type.replacing("?", with: ""))
    guard isNumber || property.type.hasPrefix("[String: ScaledDecimal]") else { return "" }
    return units.first { name.hasSuffix($0.suffix) || name.hasPrefix($0.suffix) && $0.isPrefixToo }?.unit ?? ""
  }

  private func element(of type: String) -> String {
    type.filter { !"[]?".contains($0) }.split(separator: ": ").last.map(String.init) ?? type
  }

  /// `ScalingRules` as `Scaling rules`.
  private func title(_ type: String) -> String {
    let words = snakeCase(type).split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

/// What the file has for a type that is written as one word or phrase.
private let words: [String: String] = [
  "String": "text", "Int": "whole number", "Bool": "`true` or `false`",
  "Metric": "a [metric](metrics.md)",
  "Money": Money.expectation, "ScaledDecimal": ScaledDecimal.expectation, "CivilDate": CivilDate.expectation,
  "Condition": Condition.expectation, "TimeSpan": TimeSpan.expectation, "CountRange": CountRange.expectation,
  "OfferTerm": OfferTerm.expectation, "SavingsPlanTerm": SavingsPlanTerm.expectation,
]

/// Units by the end of a key; the longer before the shorter.
private let units: [(suffix: String, unit: String, isPrefixToo: Bool)] = [
  ("percent_a_year", "% a year", false), ("percent", "%", true), ("services", "%", false),
  ("per_usd", "units a USD", false),
  ("usd", "USD", false), ("days", "days", false), ("hours", "hours", false), ("weeks", "weeks", false),
  ("minutes", "minutes", false), ("months_apart", "months", false), ("gb_months", "GB-months", false),
  ("gib", "GiB", false),
]

/// The first line of a page that is not written by hand.
func stamp(_ origin: String) -> String { "<!-- Made by `make guide` from \(origin). Change those. -->\n\n" }

extension String {
  fileprivate var trimmed: String { replacing(/^\s+|\s+$/, with: "") }
}
