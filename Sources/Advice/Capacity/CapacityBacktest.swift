// How often a number of instances, learned on one stretch of time, was too small on the next.
//
// What capacity says is learned on what came before the reviewed month, at most as long, or where that is less than a week on the
// first two thirds of the month. In each interval behind it the measured loads ask for so many instances of the type that runs,
// by the same headroom, triggers and limits; that is more than what was said of that number of users, or it is not. Credits are
// left out on both sides: they last over a day.

import Analysis
import Model
import Solvers

/// What capacity said of a component, held against what came then.
package struct CapacityBacktest: Sendable {
  /// Intervals of about as many users.
  package struct Level: Sendable {
    package var users: ClosedRange<Double>
    package var intervals: Int
    /// Intervals that needed more than the line over users says, and than the line with its margin.
    package var shortOfLine, shortOfMargin: Int
    /// As many as were said to be needed, on average.
    package var countOfLine, countOfMargin: Double
  }

  package var service: String
  package var type: String
  package var learned, judged: Period
  /// From few users to many.
  package var levels: [Level]

  private static let mostLevels = 5
}

extension AdviceContext {
  /// Learns a component on one stretch of time and judges it on the next.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package func capacityBacktest(
    of service: Service, in plan: FleetPlan
  ) throws(DataError) -> Result<CapacityBacktest, CapacityGap> {
    guard let type = mainType(of: service.name, in: plan), let own = catalogue.specificationIfKnown(type) else {
      return .failure(CapacityGap("nothing ran whose type a book knows"))
    }
    let (before, behind) = stretches
    let learned = try MeasuredStretch(service, before, own, capacity: nil, self)
    let judged = try MeasuredStretch(service, behind, own, capacity: learned.capacity, self)
    guard learned.isTelling, judged.isTelling else { return .failure(CapacityGap("no users or loads were measured")) }
    let model = ComponentModel(
      service, learned.traffic, learned.capacity, users: learned.users, nodes: learned.instances.max() ?? 1, type: type,
      factor: 1, self)
    guard let model = model?.withoutCredits, let offer = model.types.first(where: { $0.name == type }),
      !model.loads.isEmpty
    else { return .failure(CapacityGap("its type has no price, or nothing of it follows users")) }
    return .success(
      CapacityBacktest(
        service: service.name, type: type, learned: before.period, judged: behind.period,
        levels: CapacityBacktest.levels(judged, model, offer)))
  }

  private var stretches: (learned: SampleGrid, judged: SampleGrid) {
    let step = grid.stepSeconds
    let known = max(0, record.period.start.distance(to: period.start)) / step
    let slots = min(known, period.seconds / step)
    if slots * step >= Self.leastSecondsBefore {
      let start = period.start.advanced(by: -slots * step)
      return (SampleGrid(period: Period(start: start, end: period.start), stepSeconds: step), grid)
    }
    let cut = period.start.advanced(by: Int64(grid.count) * 2 / 3 * step)
    return (
      SampleGrid(period: Period(start: period.start, end: cut), stepSeconds: step),
      SampleGrid(period: Period(start: cut, end: period.end), stepSeconds: step)
    )
  }

  /// A week: less does not have each of its days.
  private static let leastSecondsBefore: Int64 = 7 * 86_400
}

/// What was measured of a service in a stretch of the record.
private struct MeasuredStretch {
  let traffic: ServiceTraffic
  let capacity: InstanceCapacity
  let users: [Double?]
  /// That memory was measured of.
  let instances: [Int]

  /// - Parameter capacity: what instances have without work; nil for what this stretch tells of that.
  init(
    _ service: Service, _ grid: SampleGrid, _ type: InstanceSpecification, capacity: InstanceCapacity?,
    _ context: AdviceContext
  ) throws(DataError) {
    let load = try ServiceLoad(
      service, runs: context.inventory[service.name], history: context.record, grid: grid, catalogue: context.catalogue)
    let totals = try context.totals(of: service, on: grid, from: context.record)
    self.capacity = capacity ?? InstanceCapacity(type, of: load, totals: totals, doingWorkOf: service)
    traffic = ServiceTraffic(load, self.capacity, totals: totals, tickSeconds: grid.stepSeconds)
    users = try UserCounts(fleet: context.fleet, history: context.record, grid: grid).concurrent
    instances = load.memoryInstances
  }

  var isTelling: Bool { !traffic.values.isEmpty && users.contains { ($0 ?? 0) > 0 } }

  /// What there was of each of a model's loads; nil where one was not measured.
  func amounts(_ loads: [ComponentLoad], at slot: Int) -> [Double]? {
    var amounts: [Double] = []
    for load in loads {
      guard let (measured, scale) = load.traffic, let value = traffic.values[measured]?[slot],
        value != ReplayLoad.missing
      else { return nil }
      let share = load.isCopied ? 1 / Double(max(1, instances[slot])) : scale
      amounts.append(Double(value) / 1000 * share)
    }
    return amounts
  }
}

extension CapacityBacktest {
  fileprivate static func levels(
    _ judged: MeasuredStretch, _ model: ComponentModel, _ type: ComponentType
  ) -> [Level] {
    let slots = judged.users.indices.compactMap { slot in
      judged.users[slot].flatMap { $0 > 0 ? (slot: slot, users: $0) : nil }
    }.sorted { ($0.users, $0.slot) < ($1.users, $1.slot) }
    let line = model.withoutMargins
    let parts = min(mostLevels, slots.count)
    return (0..<parts).compactMap { part in
      let own = slots[slots.count * part / parts..<slots.count * (part + 1) / parts]
      guard let first = own.first, let last = own.last else { return nil }
      var level = Level(
        users: first.users...last.users, intervals: 0, shortOfLine: 0, shortOfMargin: 0, countOfLine: 0,
        countOfMargin: 0)
      for (slot, users) in own {
        guard let amounts = judged.amounts(model.loads, at: slot),
          let without = line.count(of: type, users: users), let with = model.count(of: type, users: users)
        else { continue }
        let needed = model.count(of: type, carrying: amounts) ?? .max
        level.intervals += 1
        level.shortOfLine += needed > without ? 1 : 0
        level.shortOfMargin += needed > with ? 1 : 0
        level.countOfLine += Double(without)
        level.countOfMargin += Double(with)
      }
      guard level.intervals > 0 else { return nil }
      level.countOfLine /= Double(level.intervals)
      level.countOfMargin /= Double(level.intervals)
      return level
    }
  }
}

extension ComponentModel {
  /// By the lines over users alone.
  fileprivate var withoutMargins: ComponentModel {
    with(
      loads.map { load in
        var load = load
        load.margins = []
        return load
      })
  }

  fileprivate var withoutCredits: ComponentModel { with(loads.filter { !$0.isSustained }) }
}
