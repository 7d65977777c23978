// A part of all purchases of a small account, and the exact lower bound of it: weak duality in whole numbers.
// Source: Neumaier and Shcherbina, "Safe bounds in linear and mixed-integer linear programming", Mathematical Programming
// 99(2), 2004.

/// Ranges of columns and of groups.
struct AccountBox: Sendable {
  var columns: [ClosedRange<Int>]
  var groups: [ClosedRange<Int>]
  /// No purchases in it cost less, in 2^-`AccountBounds.scale` grains.
  var bound: Int128 = 0
  /// The cuts that matter in it.
  var cuts: [Int] = []
  /// True where the order of plans matters, or what spot leaves, so that cuts are made for it alone.
  var isClose = false
}

/// Weights of what is true of all purchases in a box, none of them negative, in 2^-`AccountBounds.scale`; money in grains.
struct AccountMultipliers {
  /// Those of a segment together at most 1.
  var cuts: [(cut: Int, weight: Int128)] = []
  /// Of a micro-USD upfront.
  var cash: Int128 = 0
  /// Of a unit of a group, for being at least what it must, less that for being at most what it may.
  var groups: [(group: Int, weight: Int128)] = []
}

struct AccountBounds: Sendable {
  /// Binary digits.
  static let scale = 30
  /// What is more is it, so that sums stay in 128 bits: lowering what is positive does no harm to a bound.
  static let most = Int128(1) << 116

  let model: AccountModel
  let columns: AccountColumns

  /// The least that purchases in a box cost by some multipliers, and what each further one of a column adds to it.
  func bound(
    _ box: AccountBox, _ multipliers: AccountMultipliers, _ cuts: [AccountCut]
  ) -> (bound: Int128, reduced: [Int128]) {
    let blocks = model.pools.count + model.plans.count
    var slopes = [[Int128]](repeating: [Int128](repeating: 0, count: blocks), count: model.time.segments.count)
    var total = Total()
    total.add(-multipliers.cash, model.budget ?? 0)
    for (index, weight) in multipliers.cuts {
      total.sum += weight * cuts[index].constant
      for block in 0..<blocks { slopes[cuts[index].segment][block] += weight * cuts[index].slopes[block] }
    }
    var reduced = columns.columns.map { column in
      let (cash, overflow) = multipliers.cash.multipliedReportingOverflow(by: Int128(column.cash))
      return column.arc.window.segments.reduce(
        Int128(column.arc.cost) << Self.scale + (overflow ? Self.most : min(cash, Self.most))
      ) { $0 - slopes[$1][column.block] }
    }
    for (group, weight) in multipliers.groups {
      total.add(weight, weight > 0 ? box.groups[group].lowerBound : box.groups[group].upperBound)
      for column in columns.groups[group] { reduced[column] -= weight }
    }
    for (cost, range) in zip(reduced, box.columns) {
      total.add(cost, cost >= 0 ? range.lowerBound : range.upperBound)
    }
    return (total.isBeyond ? 0 : total.sum, reduced)
  }

  /// A sum of products that is lowered where it would be beyond 128 bits.
  private struct Total {
    var sum: Int128 = 0
    /// True when a product was so far below nothing that the sum says nothing.
    var isBeyond = false

    mutating func add(_ value: Int128, _ count: Int) {
      let (product, overflow) = value.multipliedReportingOverflow(by: Int128(count))
      if overflow ? value < 0 : product < -AccountBounds.most {
        isBeyond = true
      } else {
        sum += overflow ? AccountBounds.most : min(product, AccountBounds.most)
      }
    }
  }

  /// What is held in each segment in a box.
  func ranges(_ box: AccountBox) -> [AccountRanges] {
    model.time.segments.indices.map { segment in
      let held = columns.blocks.indices.map { block -> ClosedRange<Int> in
        var (low, high, missed) = (0, 0, 0)
        for column in columns.blocks[block] {
          if columns.columns[column].arc.window.segments.contains(segment) {
            low += box.columns[column].lowerBound
            high += box.columns[column].upperBound
          } else {
            missed += box.columns[column].upperBound
          }
        }
        // A block of some columns is a group.
        if let group = columns.groups.firstIndex(of: columns.blocks[block]) {
          low = max(low, box.groups[group].lowerBound - missed)
          high = min(high, box.groups[group].upperBound)
        }
        return low...max(low, high)
      }
      let money = model.plans.enumerated().map { plan -> ClosedRange<Int> in
        let (increment, bought) = (plan.element.offer?.increment ?? 1, held[model.pools.count + plan.offset])
        let before = plan.element.held[segment]
        let most = plan.element.most
        func money(_ count: Int) -> Int { Int(min(Int128(most), Int128(before) + Int128(count) * Int128(increment))) }
        return money(bought.lowerBound)...money(bought.upperBound)
      }
      return AccountRanges(units: Array(held.prefix(model.pools.count)), money: money)
    }
  }

  /// Narrows the ranges of a box to where something may cost less than a limit; false where nothing can.
  func narrow(_ box: inout AccountBox, bound: Int128, reduced: [Int128], below limit: Int128) -> Bool {
    let room = limit - bound
    guard room > 0 else { return false }
    for (column, cost) in reduced.enumerated() {
      let range = box.columns[column]
      if cost > 0, room / cost < Int128(range.count) {
        box.columns[column] = range.lowerBound...min(range.upperBound, range.lowerBound + Int(room / cost))
      } else if cost < 0, room / -cost < Int128(range.count) {
        box.columns[column] = max(range.lowerBound, range.upperBound - Int(room / -cost))...range.upperBound
      }
    }
    return isPossible(&box)
  }

  /// Narrows the ranges of groups to what their columns leave, and the other way round; false for an empty box, or one that
  /// the budget does not allow.
  func isPossible(_ box: inout AccountBox) -> Bool {
    for (index, group) in columns.groups.enumerated() {
      let (low, high) = (
        group.reduce(0) { $0 + box.columns[$1].lowerBound }, group.reduce(0) { $0 + box.columns[$1].upperBound }
      )
      let (least, most) = (max(low, box.groups[index].lowerBound), min(high, box.groups[index].upperBound))
      guard least <= most else { return false }
      box.groups[index] = least...most
      for column in group {
        let range = box.columns[column]
        let (from, to) = (
          max(range.lowerBound, least - high + range.upperBound), min(range.upperBound, most - low + range.lowerBound)
        )
        guard from <= to else { return false }
        box.columns[column] = from...to
      }
    }
    guard let budget = model.budget else { return true }
    return leastCash(box) <= Int128(budget)
  }

  /// Micro-USD that all purchases in a box pay upfront at least, or less.
  private func leastCash(_ box: AccountBox) -> Int128 {
    var cash = zip(columns.columns, box.columns).reduce(Int128(0)) { $0 + Int128($1.0.cash) * Int128($1.1.lowerBound) }
    // Groups within groups count once: of what each block's ask for beyond its columns the dearest.
    var more = [Int128](repeating: 0, count: columns.blocks.count)
    for (index, group) in columns.groups.enumerated() {
      let missing = group.reduce(box.groups[index].lowerBound) { $0 - box.columns[$1].lowerBound }
      guard missing > 0 else { continue }
      let open = group.filter { box.columns[$0].count > 1 }
      let least = open.reduce(Int.max) { min($0, columns.columns[$1].cash) }
      let block = columns.columns[group[0]].block
      more[block] = max(more[block], Int128(open.isEmpty ? 0 : least) * Int128(missing))
    }
    for part in more { cash += part }
    return cash
  }
}

extension AccountTime.Window {
  var segments: Range<Int> { from..<to }
}
