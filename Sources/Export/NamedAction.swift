import Model

/// A recurring action by a name of its own: the service and its place among the service's.
struct NamedAction {
  var service: String
  var number: Int
  var action: CapacityAction

  /// `websocket-1`.
  var name: String { "\(service)-\(number)" }
}

extension ExportedChanges {
  /// Every recurring action, service by service.
  var actions: [NamedAction] {
    of(ScheduledCapacity.self).flatMap { change in
      change.actions.enumerated().map { NamedAction(service: change.service, number: $0 + 1, action: $1) }
    }
  }

  /// The services that have some, each once, in their order.
  var scheduledServices: [String] {
    var services: [String] = []
    for change in of(ScheduledCapacity.self) where !services.contains(change.service) {
      services.append(change.service)
    }
    return services
  }
}

/// Names for what may hold letters and digits only, each once: those that would be the same get a number.
struct Identifiers {
  private let names: [String: String]

  /// - Parameter identifier: of a name; of several names maybe the same.
  init(_ all: [String], _ identifier: (String) -> String) {
    var names: [String: String] = [:]
    var used: Set<String> = []
    for name in all where names[name] == nil {
      let wanted = identifier(name)
      var (found, number) = (wanted, 2)
      while !used.insert(found).inserted {
        found = "\(wanted)\(number)"
        number += 1
      }
      names[name] = found
    }
    self.names = names
  }

  subscript(name: String) -> String { names[name] ?? name }
}

extension String {
  /// Its letters and digits of ASCII, each part with a capital: `ai-worker` is `AiWorker`; `Service` for none.
  var camelCase: String {
    let parts = split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let joined = parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return joined.first.map { $0.isNumber } ?? true ? "Service\(joined)" : joined
  }

  /// The same with underscores between, in small letters: `ai_worker`.
  var snakeCase: String {
    let parts = split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let joined = parts.joined(separator: "_").lowercased()
    return joined.first.map { $0.isNumber } ?? true ? "service_\(joined)" : joined
  }

  /// A name of Kubernetes (RFC 1123): small letters, digits and hyphens.
  var dnsLabel: String {
    let parts = split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let joined = parts.joined(separator: "-").lowercased()
    return joined.isEmpty ? "service" : String(joined.prefix(63))
  }
}
