// The triggers of a service that holds data, replayed: when each would have acted, and on what. A larger size takes CPU and
// memory down in proportion to what it offers, another node in proportion to how many share them; whatever else a trigger
// watches stays as it was measured. After it acted it acts again only after the service's cooldown, and only while something
// larger is listed or another node is allowed.

import Analysis
import Model

/// What a trigger of a service that holds data would have done.
package struct VerticalTrigger: Hashable, Sendable {
  /// What it adds.
  package enum Kind: String, Hashable, Sendable {
    case size
    case node
  }

  /// One time that it would have acted.
  package struct Step: Hashable, Sendable {
    package var instant: Instant
    /// The type and the number of nodes from then on.
    package var type: String
    package var nodes: Int
  }

  /// A type and a number of nodes.
  package struct Size: Hashable, Sendable {
    package var type: String
    package var nodes: Int

    package init(type: String, nodes: Int) {
      self.type = type
      self.nodes = nodes
    }
  }

  package var kind: Kind
  /// The condition held against what was measured, as if it were of the scaling column of a table.
  package var finding: ThresholdFinding
  /// The type and the number of nodes that ran.
  package var type: String
  package var nodes: Int
  package var steps: [Step]
  /// What it makes of that when it acts first, whether or not it did; nil where nothing larger is listed, or no more nodes are
  /// allowed.
  package var next: Size?
  /// True where it was met and nothing larger is listed, or no more nodes are allowed.
  package var isExhausted = false
}

extension AdviceContext {
  /// Every vertical trigger of the services that hold data, in the fleet's order.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package func verticalTriggers(of services: [Service], in plan: FleetPlan) throws(DataError) -> [VerticalTrigger] {
    var triggers: [VerticalTrigger] = []
    for service in services where service.approach == .cluster {
      guard let type = mainType(of: service.name, in: plan), catalogue.specificationIfKnown(type) != nil else {
        continue
      }
      let measures = try ServiceMeasures(service, self)
      for (kind, conditions) in [
        (VerticalTrigger.Kind.size, service.scaling.scaleOut), (.node, service.scaling.addReplica),
      ] {
        for part in conditions {
          var finding = ThresholdFinding(
            scope: service.name, metric: part.metric, severity: .scaling, condition: part.condition, episodes: [],
            coverage: Coverage(seen: 0, expected: grid.count))
          let values = try finding.judge(on: grid) { condition throws(DataError) in
            try measures.values(part.metric, condition)
          }
          var trigger = VerticalTrigger(
            kind: kind, finding: finding, type: type,
            nodes: runningCounts(plan.runs(of: service.name), on: grid).max() ?? 0, steps: [])
          trigger.next = trigger.larger(than: VerticalTrigger.Size(type: type, nodes: trigger.nodes), service)
          if let values, let level = finding.level {
            trigger.replay(values, level: level, service, catalogue, on: grid)
          }
          triggers.append(trigger)
        }
      }
    }
    return triggers
  }
}

extension VerticalTrigger {
  fileprivate mutating func replay(
    _ measured: MeasuredValues, level: Double, _ service: Service, _ catalogue: Catalogue, on grid: SampleGrid
  ) {
    var values = measured
    var (type, nodes) = (type, nodes)
    var blocked: Instant?
    while let episode = episodes(of: finding.condition, limit: level, in: values, on: grid).first(where: { episode in
      blocked.map { episode.start >= $0 } ?? true
    }) {
      // It acts once the condition has held for its time.
      let acts = episode.start.advanced(by: min(episode.seconds, max(0, finding.condition.durationSeconds)))
      guard let next = larger(than: Size(type: type, nodes: nodes), service) else {
        isExhausted = true
        return
      }
      let relief = relief(from: Size(type: type, nodes: nodes), to: next, catalogue)
      let slot = max(0, grid.slot(acts))
      for later in values.values.indices.dropFirst(slot) {
        values.values[later] = values.values[later].map { $0 * relief }
      }
      (type, nodes) = (next.type, next.nodes)
      steps.append(Step(instant: acts, type: type, nodes: nodes))
      blocked = acts.advanced(by: max(grid.stepSeconds, service.scaling.cooldown.seconds))
    }
  }

  /// What it goes to; nil where nothing larger is listed, or no more nodes are allowed.
  fileprivate func larger(than size: Size, _ service: Service) -> Size? {
    switch kind {
    case .node: return size.nodes < service.maximum ? Size(type: size.type, nodes: size.nodes + 1) : nil
    case .size:
      guard let place = service.instanceTypes.firstIndex(of: size.type), place + 1 < service.instanceTypes.count else {
        return nil
      }
      return Size(type: service.instanceTypes[place + 1], nodes: size.nodes)
    }
  }

  /// By what a measured share of CPU or memory is multiplied afterwards.
  private func relief(from old: Size, to new: Size, _ catalogue: Catalogue) -> Double {
    guard let before = catalogue.specificationIfKnown(old.type), let after = catalogue.specificationIfKnown(new.type)
    else { return 1 }
    let shared = Double(max(1, old.nodes)) / Double(max(1, new.nodes))
    switch finding.metric {
    case .cpuPercent, .cpuMaxPercent: return Double(before.vcpu) / Double(max(1, after.vcpu)) * shared
    case .memoryPercent: return before.memoryGiB / max(after.memoryGiB, 1e-9) * shared
    default: return 1
    }
  }
}
