import Ingest
import Model
import Reading

/// A scenario of a file: what it is called, the advice that it applies and the changes that it makes.
package struct NamedScenario: Sendable {
  package let name: String
  /// Ids of recommendations, as a what-if takes them.
  package let advice: [String]
  package let scenario: Scenario
}

/// Reads a file of scenarios, YAML or JSON: one scenario, a list of them, or `scenarios:` with a list.
///
/// A scenario is a mapping of the options of a what-if, without their dashes, each with a text or a list of texts; `name` says
/// what it is called, `apply` which advice it begins with. Without a name it is called after its file, or its place in it.
/// - Throws: ``DataError`` for all that is wrong, each with its line.
func readScenarios(_ path: String) throws -> [NamedScenario] {
  let input = try InputFile.read(path: path)
  let document = try readDocument(text: try input.text(), file: input.name)
  let list = document[key: "scenarios"] ?? document
  let nodes: [DocumentNode] = if case .list(let elements) = list.content { elements } else { [list] }
  var faults: [DataError] = []
  var scenarios: [NamedScenario] = []
  for (index, node) in nodes.enumerated() {
    let place = nodes.count == 1 ? fileStem(input.name) : "\(fileStem(input.name)) \(index + 1)"
    do throws(DataError) {
      scenarios.append(try scenario(node, called: place, file: input.name))
    } catch {
      faults.append(error)
    }
  }
  guard faults.isEmpty else { throw allOf(faults) }
  guard !scenarios.isEmpty else {
    throw DataError(Place(file: input.name), found: "no scenario", expected: "a mapping of changes, or a list of them")
  }
  return scenarios
}

private func fileStem(_ name: String) -> String {
  let last = name.split(separator: "/").last.map(String.init) ?? name
  return last.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? last
}

private func scenario(
  _ node: DocumentNode, called place: String, file: String
) throws(DataError) -> NamedScenario {
  guard case .mapping(let entries) = node.content else {
    throw DataError(
      Place(file: file, line: node.line), found: node.foundText, expected: "a mapping of changes, such as users: 5000")
  }
  let options = changeKinds.map { $0.option.name }.eachOnce()
  var (name, advice, changes) = (place, [String](), [(name: String, texts: [String])]())
  for entry in entries {
    let texts = try texts(entry, file: file)
    switch entry.key {
    case "name": name = texts.first ?? place
    case "apply": advice = texts.flatMap { $0.split(separator: ",").map { String($0).trimmed } }
    case let key where options.contains(key): changes.append((key, texts))
    default:
      throw DataError(
        Place(file: file, line: entry.line, key: entry.key), found: "a key that is none of a scenario",
        expected: choice(among: ["name", "apply"] + options, insteadOf: entry.key))
    }
  }
  do throws(DataError) {
    return NamedScenario(name: name, advice: advice, scenario: try Scenario(options: changes))
  } catch {
    let key = entries.first { error.place.description.contains($0.key) }
    throw DataError(
      Place(file: file, line: key?.line ?? node.line, key: key?.key ?? ""), found: error.found,
      expected: error.expected)
  }
}

/// The texts of a key: one, or those of a list.
private func texts(_ entry: DocumentEntry, file: String) throws(DataError) -> [String] {
  let nodes: [DocumentNode] = if case .list(let list) = entry.value.content { list } else { [entry.value] }
  var texts: [String] = []
  for node in nodes {
    guard let text = node.text else {
      throw DataError(
        Place(file: file, line: node.line ?? entry.line, key: entry.key), found: node.foundText,
        expected: "a text, or a list of texts")
    }
    texts.append(text)
  }
  return texts
}
