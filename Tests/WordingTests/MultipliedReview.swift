import Advice
import Analysis
import Model
import TestSupport

@testable import Analytics

extension Review {
  /// The review of so many such fleets as one: every service and commitment as often, each under a name of its own.
  func multiplied(by count: Int) throws -> Review {
    var many = self
    many.current = try current.multiplied(by: count, study.fleet)
    if case .change(let change) = comparison {
      let previous = try change.previous.multiplied(by: count, study.fleet)
      many.comparison = .change(try MonthChange(change.month, from: previous, to: many.current))
    }
    many.thresholds = copies(count, thresholds) { $0.scope += "-\($1)" }
    many.events = copies(count, events) { event, copy in
      for index in event.conditions.indices { event.conditions[index].scope += "-\(copy)" }
    }
    many.verdicts = copies(count, verdicts) { $0.subject = $0.subject.copy($1) }
    many.actions = copies(count, actions) { $0.verdict.subject = $0.verdict.subject.copy($1) }
    if let purchases { many.purchases?.shares = copies(count, purchases.shares) { $0.service += "-\($1)" } }
    many.steps = steps.map { step in
      StepOutcome(
        step: step.step, bill: step.bill.multiplied(by: count), saving: step.saving.charge(for: Int128(count), per: 1))
    }
    many.cheaperTypes = copies(count, cheaperTypes) { $0.service += "-\($1)" }
    many.commitments.held = copies(count, commitments.held) { $0 = $0.named("\($0.id)-\($1)") }
    many.expiring = copies(count, expiring) { $0 = $0.named("\($0.id)-\($1)") }
    many.unjudged = many.current.bill.unjudgedCosts(study.fleet, many.tokens).filter { $0.reason != .outsideTheFleet }
    many.data.services = copies(count, data.services) { service, copy in
      service.service += "-\(copy)"
      // Nobody's gap is another's.
      for index in service.gaps.indices { service.gaps[index].period.end.seconds += Int64(copy) * 60 }
    }
    return many
  }
}

extension Verdict.Subject {
  /// The same of a fleet of its own.
  fileprivate func copy(_ number: Int) -> Self {
    switch self {
    case .service(let name): .service("\(name)-\(number)")
    case .instance(let resource, let service): .instance(resource, of: "\(service)-\(number)")
    case .pool(let name, let services): .pool("\(name)-\(number)", services: services.map { "\($0)-\(number)" })
    }
  }
}

/// So many copies of each, told apart by their number.
private func copies<Value>(_ count: Int, _ values: [Value], _ change: (inout Value, Int) -> Void) -> [Value] {
  values.flatMap { value in
    (1...count).map { copy in
      var changed = value
      change(&changed, copy)
      return changed
    }
  }
}

extension Outcome {
  fileprivate func multiplied(by count: Int, _ fleet: Fleet) throws -> Outcome {
    var many = self
    many.bill = bill.multiplied(by: count)
    many.allocation = CostAllocation(bill: many.bill, users: users) { _ in nil }
    return many
  }
}

extension Bill {
  fileprivate func multiplied(by count: Int) -> Bill {
    var many = self
    many.items = (1...count).flatMap { copy in
      items.map { item in
        var item = item
        item.service += "-\(copy)"
        item.commitment = item.commitment.map { "\($0)-\(copy)" }
        return item
      }
    }
    return many
  }
}

extension CommitmentUse.Held {
  fileprivate func named(_ id: String) -> Self {
    Self(id: id, content: content, offer: offer, utilisation: utilisation, ends: ends, daysLeft: daysLeft)
  }
}

extension ExpiringCommitment {
  fileprivate func named(_ id: String) -> Self {
    Self(id: id, count: count, type: type, ends: ends, onDemandExcess: onDemandExcess)
  }
}
