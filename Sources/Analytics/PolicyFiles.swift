import Ingest
import Model

/// The scaling of files of other programs in place of a fleet's own.
struct PolicyFiles {
  private let files: [(name: String, service: String?, configuration: ScalingConfiguration)]

  /// - Parameter texts: `FILE`, or `FILE:SERVICE` with a service of the fleet.
  /// - Throws: ``DataError`` for all that is wrong with a file.
  init(_ texts: [String], of fleet: Fleet) throws(DataError) {
    var named: [(String, String)] = []
    var plain: [String] = []
    for text in texts {
      if let colon = text.lastIndex(of: ":"), fleet.service(String(text[text.index(after: colon)...])) != nil {
        named.append((String(text[..<colon]), String(text[text.index(after: colon)...])))
      } else {
        plain.append(text)
      }
    }
    // What names no service is read together: a policy and its alarm may stand in two files.
    var files: [(name: String, service: String?, configuration: ScalingConfiguration)] = []
    if !plain.isEmpty {
      files.append((plain.joined(separator: ", "), nil, try readPolicyFiles(plain).configuration))
    }
    for (path, service) in named { files.append((path, service, try readPolicyFiles([path]).configuration)) }
    self.files = files
  }

  /// Services with the scaling of the files in place of their own; those that no file speaks of are left out.
  /// - Parameters:
  ///   - isAsked: true where the service was named: then a file must speak of it.
  ///   - mapping: what metrics of other names are.
  /// - Throws: ``DataError`` where no file speaks of any.
  func scaled(_ services: [Service], isAsked: Bool, by mapping: MetricMapping) throws(DataError) -> [Service] {
    let scaled = services.compactMap { service -> Service? in
      guard let target = target(of: service) else { return nil }
      return service.scaled(by: target, mapping)
    }
    guard scaled.isEmpty else { return scaled }
    let names = files.flatMap { $0.configuration.targets.map(\.name) }
    throw DataError(
      Place(file: files.map(\.name).joined(separator: ", ")),
      found: names.isEmpty ? "nothing that is scaled" : "scaling of \(names.joined(separator: ", "))",
      expected: isAsked
        ? "scaling of \(services.map(\.name).joined(separator: ", ")), or the service behind a colon"
        : "scaling of a service of the fleet, or the service behind a colon", kind: .usage)
  }

  private func target(of service: Service) -> ScaledTarget? {
    for file in files {
      if let name = file.service {
        if name == service.name,
          let only = file.configuration.targets.first(where: { $0.isCalled(name) }) ?? file.configuration.targets.first
        {
          return only
        }
      } else if let found = file.configuration.targets.first(where: { $0.isCalled(service.name) }) {
        return found
      }
    }
    return nil
  }
}

extension Service {
  /// The service scaled as a file says. What the file does not know of a policy, the fleet's policy of its name says: the alarm that
  /// sets it off, and what its metric is here.
  func scaled(by target: ScaledTarget, _ mapping: MetricMapping) -> Service {
    var service = self
    service.minimum = target.minimum ?? minimum
    service.maximum = max(service.minimum, target.maximum ?? maximum)
    service.scaling.scaleOut = []
    service.scaling.scaleIn = []
    service.scheduledActions = target.actions
    service.policies = target.policies.map { policy in
      completed(policy, mapping)
    }
    return service
  }

  func completed(_ policy: ScalingPolicy, _ mapping: MetricMapping) -> ScalingPolicy {
    var policy = policy
    let own = policies.first { $0.name == policy.name }
    if policy.target == nil, policy.threshold == nil, let own, own.threshold != nil {
      (policy.metric, policy.threshold, policy.isBelow) = (own.metric, own.threshold, own.isBelow)
      (policy.isInclusive, policy.duration, policy.period) = (own.isInclusive, own.duration, own.period)
      (policy.datapoints, policy.missing) = (own.datapoints, own.missing)
    }
    if !policy.metric.isKnown {
      policy.metric =
        (policy.source?.isMean ?? true ? mapping.known(policy.source?.name ?? policy.metric.rawValue) : nil)
        ?? (own?.kind == policy.kind ? own?.metric : nil) ?? policy.metric
    }
    for index in policy.also.indices where !policy.also[index].metric.isKnown {
      let further = policy.also[index]
      policy.also[index].metric = mapping.known(further.source?.name ?? further.metric.rawValue) ?? further.metric
    }
    return policy
  }
}

extension MetricSource {
  /// False for another statistic of a metric than what its name alone means.
  fileprivate var isMean: Bool { kind != .custom || statistic ?? "Average" == "Average" }
}
