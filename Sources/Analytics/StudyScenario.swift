import Advice
import Analysis
import Model

extension Study {
  /// The month under a scenario; the empty scenario is the month as it was.
  /// - Throws: ``DataError`` for an unknown service, type or offer, and for a missing price.
  package func outcome(_ scenario: Scenario) throws(DataError) -> Outcome {
    var plan = try asRun()
    for service in scenario.services where fleet.service(service) == nil {
      throw DataError(
        Place(file: "what-if"), found: "service \"\(service)\"",
        expected: "a service of the fleet: \(fleet.services.map(\.name).joined(separator: ", "))", kind: .usage)
    }
    for change in scenario.types where context.mainType(of: change.service, in: plan) != change.type {
      _ = try inputs.catalogue.specification(change.type)
      plan.setType(change.type, of: change.service)
    }
    var notes = try typeNotes(scenario)
    if let peak = scenario.peakUsers {
      let growth = try DemandGrowth(plan, to: try demand(forPeakUsers: peak), context)
      plan = growth.plan
      notes += growth.notes
    }
    for change in scenario.counts { try setCount(change, &plan, &notes) }
    for reservation in scenario.reservations { try reserve(reservation, &plan) }
    let outcome = try outcome(of: plan, notes: notes)
    return scenario.reservations.isEmpty ? outcome : try outcome.notingUnusedCommitments(context.engine)
  }

  private func demand(forPeakUsers peak: Int) throws(DataError) -> Demand {
    let users = try UserCounts(fleet: fleet, series: inputs.series, grid: context.grid)
    guard let measured = users.peak, measured > 0 else {
      throw DataError(
        Place(file: "store", key: "users"), found: "no interval with all user types measured",
        expected: "concurrent users to scale from", kind: .missingInput)
    }
    return Demand(DemandFactor(Int64(peak), Int64(measured)))
  }

  private func setCount(_ change: Scenario.CountChange, _ plan: inout FleetPlan, _ notes: inout [String])
    throws(DataError)
  {
    let runs = plan.runs(of: change.service)
    guard var template = runs.first, let service = fleet.service(change.service) else { return }
    if change.count < service.minimum || change.count > service.maximum {
      notes.append(
        "\(service.name): \(change.count) instances are outside the fleet file's \(service.minimum) to \(service.maximum)"
      )
    }
    let wanted = [Int](repeating: change.count, count: context.grid.count)
    guard wanted != runningCounts(runs, on: context.grid) else { return }
    template.type = context.mainType(of: service.name, in: plan) ?? template.type
    notes += try shortage(service, type: template.type, count: change.count, plan)
    template.resource = "\(service.name)-counted"
    plan.setRuns(reshaped(runs, to: wanted, on: context.grid, template: template), of: service.name)
  }

  /// Says in how many intervals a count of a horizontally scaled service is too small.
  private func shortage(_ service: Service, type: String, count: Int, _ plan: FleetPlan) throws(DataError) -> [String] {
    guard service.approach == .horizontal else { return [] }
    let required = RequiredCount(
      context.loads[service.name]!, type: try inputs.catalogue.specification(type), rules: fleet.review,
      factor: plan.demand.factor(of: service.driver))
    let known = required.perSlot.compactMap { $0 }
    let short = known.filter { $0 > count }
    guard let most = short.max() else { return [] }
    let share = rounded(Double(short.count) / Double(known.count) * 100, 1)
    return [
      "\(service.name): \(count) instances are too few in \(share) % of measured intervals, which needed up to \(most) (\(required.binding))"
    ]
  }

  private func reserve(_ reservation: Scenario.Reservation, _ plan: inout FleetPlan) throws(DataError) {
    let service = fleet.service(reservation.service)!
    let type = context.mainType(of: service.name, in: plan) ?? service.initialType
    let price = try inputs.catalogue.reserved(
      context.kind(type, of: service), reservation.term, at: context.asOf)
    let commitment = Commitment(
      id: "what-if-\(service.name)-\(reservation.term)", service: service.name, type: type,
      count: reservation.count, term: reservation.term, started: period.start)
    plan.commitments.append(PricedCommitment(commitment: commitment, price: price))
  }

  /// Warns where a type carries less than was needed.
  private func typeNotes(_ scenario: Scenario) throws(DataError) -> [String] {
    var notes: [String] = []
    for change in scenario.types {
      let service = fleet.service(change.service)!
      let failures = try fit(of: change.type, service, context)
      notes += failures.map { "\(service.name): \(change.type) is too small: \($0)" }
    }
    return notes
  }
}

extension Outcome {
  /// The same outcome with a note for each commitment that is not used in full.
  func notingUnusedCommitments(_ engine: BillingEngine) throws(DataError) -> Outcome {
    var copy = self
    for item in bill.items where item.option == .reservedUnused {
      let hours = rounded(item.quantity.double, 0)
      let cost = Cents(try engine.billed(item.dollars, item.priceService, in: bill.currency))
      copy.notes.append(
        "\(item.commitment ?? item.item): \(hours) reserved hours are paid for and not used, \(cost.grouped) \(bill.currency.code)"
      )
    }
    return copy
  }
}

extension Scenario {
  /// Every service it names.
  var services: [String] { types.map(\.service) + counts.map(\.service) + reservations.map(\.service) }
}
