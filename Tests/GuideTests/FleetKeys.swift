import Model

/// The reference of the fleet file, from what its parts say of their keys.
struct FleetKeys {
  /// What the page is about, above its tables.
  private static let head = """
    # The keys of a fleet file

    A fleet file is YAML or JSON, and the least of one is `name: shop`. A key that is not here is an error; all errors of a
    file are said at once. `plimsoll fleet` prints a fleet with every default, `plimsoll fleet --explain KEY` a key of this
    page. [Sketchy Chain's](../datasets/sketchy-chain/fleet.yaml) says all that there is to say. Counts, percentages and
    money are decimals without a unit: the unit is that of the table. Merge keys (`<<`) and aliases are followed.
    """

  /// The parts that the file is made of, each before those it is the first to name.
  let parts: [FleetPartDescription] = {
    var found: [FleetPartDescription] = []
    func visit(_ form: FleetForm) {
      switch form {
      case .list(let element), .names(let element): visit(element)
      case .part(let describe):
        let part = describe()
        guard !found.contains(where: { $0.title == part.title }) else { return }
        found.append(part)
        part.keys.forEach { visit($0.form) }
      case .word, .oneOf, .metric: break
      }
    }
    visit(Fleet.form)
    return found
  }()

  /// Keys that nothing explains, and parts.
  var unexplained: [String] {
    parts.filter { !$0.about.hasSuffix(".") }.map(\.title)
      + parts.flatMap { part in part.keys.filter { !$0.meaning.hasSuffix(".") }.map { "\(part.title).\($0.name)" } }
  }

  /// The page.
  var page: String {
    let sections = parts.map { section($0) }
    return ([stamp("`keys` of the types in Sources/Model/Fleet") + Self.head] + sections).joined(separator: "\n\n")
      + "\n"
  }

  private func section(_ part: FleetPartDescription) -> String {
    let rows = part.keys.map { key in
      let cells = ["`\(key.name)`", key.meaning, kind(key.form), key.unit, absence(key)]
      return "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
    }
    return """
      ## \(part.title)

      \(part.about)

      | key | meaning | type | unit | without it |
      |---|---|---|---|---|
      \(rows.joined(separator: "\n"))
      """
  }

  private func absence(_ key: FleetKeyDescription) -> String {
    if key.isRequired { return "required" }
    return key.absence ?? key.value.map { shown($0, of: key.form) } ?? "nothing"
  }

  /// A default as a file would say it.
  private func shown(_ value: DocumentNode, of form: FleetForm) -> String {
    switch value.content {
    case .scalar("", _): "nothing"
    case .scalar(let text, _): "`\(text)`"
    case .list(let elements): elements.isEmpty ? "none" : elements.map { shown($0, of: form) }.joined(separator: ", ")
    case .mapping: "what its keys are without a word"
    }
  }

  /// What stands behind a key, in words.
  private func kind(_ form: FleetForm) -> String {
    switch form {
    case .word(let words): return words
    case .oneOf(let words): return words.map { "`\($0)`" }.joined(separator: ", ")
    case .metric: return "a [metric](metrics.md)"
    case .names(let element): return "mapping of names to \(kind(element))"
    case .list(let element):
      let element = kind(element)
      return element.hasPrefix("a ") || element.hasPrefix("an ") ? "list, each \(element)" : "list of \(element)"
    case .part(let describe):
      let title = describe().title.lowercased()
      return "[\(title)](#\(title.replacing(" ", with: "-")))"
    }
  }
}

/// The first line of a page that is not written by hand.
func stamp(_ origin: String) -> String { "<!-- Made by `make guide` from \(origin). Change those. -->\n\n" }
