import Clouds
import Model
import Store

/// A fleet as it is understood: every key with its value, and who said so.
public struct FleetAnswer: Sendable {
  /// Where a value comes from.
  public enum Origin: String, Sendable {
    /// The fleet file says it of this very thing.
    case file = "fleet file"
    /// The fleet file says it for all services, under `defaults`.
    case shared = "defaults"
    /// The inventory shows it.
    case inventory
    /// Nobody says it.
    case builtIn = "default"
  }

  /// A key and its value.
  public struct Entry: Sendable {
    /// `services.web.engine`.
    public let key: String
    /// As a file would say it; `none` for an empty list; what holds without a key that has no value of its own.
    public let value: String
    /// Who says so.
    public let origin: Origin
  }

  /// As messages call it.
  public let name: String
  /// In the order of the reference.
  public let entries: [Entry]

  init(_ fleet: Fleet, madeServices: Set<String>) {
    name = fleet.name
    var walk = FleetWalk(fleet, madeServices: madeServices)
    var shown = fleet
    for index in shown.services.indices { shown.services[index].approach = fleet.services[index].approach }
    if case .mapping(let entries)? = shown.node?.content {
      walk.add(entries, Fleet.form, written: fleet.document, at: "", in: nil)
    }
    entries = walk.entries
  }
}

/// A walk through a fleet as a file would say it, beside the file that said part of it.
private struct FleetWalk {
  private(set) var entries: [FleetAnswer.Entry] = []
  private let fleet: Fleet
  private let madeServices: Set<String>
  /// What completion may have set, where the file does not say it.
  private static let shownByInventory: Set<String> = ["region", "approach", "engine", "initial_type"]

  init(_ fleet: Fleet, madeServices: Set<String>) {
    self.fleet = fleet
    self.madeServices = madeServices
  }

  /// - Parameters:
  ///   - form: what keys the mapping may have.
  ///   - written: what the file has in the place of the mapping.
  ///   - service: the service that it is of; nil for the fleet's own keys.
  mutating func add(
    _ mapping: [DocumentEntry], _ form: FleetForm, written: DocumentNode?, at path: String, in service: String?
  ) {
    guard case .part(let describe) = form else {
      let element = if case .names(let element) = form { element } else { form }
      for entry in mapping {
        add(entry.value, element, written: written?[key: entry.key], key: entry.key, at: path + entry.key, in: service)
      }
      return
    }
    for key in describe().keys where path + key.name != "defaults" {
      if let value = mapping.first(where: { $0.key == key.name })?.value {
        add(value, key.form, written: written?[key: key.name], key: key.name, at: path + key.name, in: service)
      } else {
        append(path + key.name, (key.absence ?? "none").replacing("`", with: ""), .builtIn)
      }
    }
  }

  private mutating func add(
    _ node: DocumentNode, _ form: FleetForm, written: DocumentNode?, key: String, at path: String, in service: String?
  ) {
    switch node.content {
    case .scalar(let text, _):
      append(path, text.isEmpty ? "none" : text, origin(written, key, in: service))
    case .mapping(let entries): add(entries, form, written: written, at: path + ".", in: service)
    case .list(let nodes):
      let texts = nodes.compactMap(\.text)
      guard texts.count < nodes.count else {
        append(path, texts.isEmpty ? "none" : texts.joined(separator: ", "), origin(written, key, in: service))
        return
      }
      let ofElement = if case .list(let element) = form { element } else { form }
      for (index, node) in nodes.enumerated() {
        let name = node[key: "name"]?.text
        let own = path == "services" ? name : service
        let element = written?.elements.indices.contains(index) == true ? written?.elements[index] : nil
        // A service may be a word.
        let said = element?.text.map { DocumentNode(.mapping([DocumentEntry("name", .word($0))])) } ?? element
        add(node, ofElement, written: said, key: key, at: "\(path).\(name ?? "\(index + 1)")", in: own)
      }
    }
  }

  private mutating func append(_ path: String, _ value: String, _ origin: FleetAnswer.Origin) {
    entries.append(FleetAnswer.Entry(key: path, value: value, origin: origin))
  }

  private func origin(_ written: DocumentNode?, _ key: String, in service: String?) -> FleetAnswer.Origin {
    if written != nil { return .file }
    if service != nil, fleet.document?[key: "defaults"]?[key: key] != nil { return .shared }
    if let service, key == "name", madeServices.contains(service) { return .inventory }
    return Self.shownByInventory.contains(key) ? .inventory : .builtIn
  }
}

/// A key of the fleet file, explained.
public struct FleetKeyAnswer: Sendable {
  /// The part it is a key of: `Review rules`.
  public let part: String
  package let key: FleetKeyDescription

  /// Every key of that name, or the one of that path: `percentile`, `review.percentile`.
  /// - Throws: `DataError` naming the nearest, when there is none.
  public static func explaining(_ name: String) throws -> [FleetKeyAnswer] {
    var found: [(path: String, answer: FleetKeyAnswer)] = []
    collect(Fleet.form, at: "", into: &found)
    let name = withoutNames(name)
    let matching = found.filter { $0.path == name || $0.path.split(separator: ".").last.map(String.init) == name }
    let exact = matching.filter { $0.path == name }
    guard !matching.isEmpty else {
      throw DataError(
        Place(parameter: .key), found: "\"\(name)\"",
        expected: nearestName(to: name, among: found.map(\.path) + found.map(\.answer.key.name)).map {
          "a key of the fleet file; did you mean \"\($0)\"?"
        } ?? "a key of the fleet file, such as services.engine", kind: .usage)
    }
    return (exact.isEmpty ? matching : exact).map(\.answer)
  }

  /// `services.engine` of `services.web.engine`, as a fleet is printed, and of `defaults.engine`.
  private static func withoutNames(_ path: String) -> String {
    var steps = path.split(separator: ".").map(String.init)
    if steps.count > 2, steps[0] == "services" { steps.remove(at: 1) }
    if steps.count > 1, steps[0] == "defaults" { steps[0] = "services" }
    return steps.joined(separator: ".")
  }

  private static func collect(
    _ form: FleetForm, at path: String, into found: inout [(path: String, answer: FleetKeyAnswer)]
  ) {
    switch form {
    case .list(let element), .names(let element): collect(element, at: path, into: &found)
    case .part(let describe):
      let part = describe()
      for key in part.keys {
        let place = path.isEmpty ? key.name : "\(path).\(key.name)"
        found.append((place, FleetKeyAnswer(part: part.title, key: key)))
        if place != "defaults" { collect(key.form, at: place, into: &found) }
      }
    case .word, .oneOf, .metric: break
    }
  }
}

extension Workspace {
  /// The fleet as it is understood in a month, with what the inventory tells of it.
  /// - Throws: `DataError` when there is no fleet file, or it is wrong.
  public func fleetAsUnderstood(month: String?) throws -> FleetAnswer {
    let completion = try completedFleet(month: month)
    return FleetAnswer(completion.fleet, madeServices: completion.madeServices)
  }
}
