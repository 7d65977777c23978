// The cuts that branch and bound has found, and which of them a solution lacks.

/// Cuts of segments by their number.
struct AccountCuts {
  /// How far below a cut a cost counts as on it, in units.
  private static let near = 2e-6

  private let bounds: AccountBounds
  /// Grains.
  private let unit: Double
  private(set) var all: [AccountCut] = []
  private(set) var lines: [AccountCut.Line] = []
  /// Prices that were looked at so far.
  private(set) var work = 0

  /// - Parameter unit: grains, at least 1.
  init(_ bounds: AccountBounds, unit: Double) {
    self.bounds = bounds
    self.unit = unit
  }

  private var model: AccountModel { bounds.model }

  /// Of the cuts that hold for all purchases, those that a solution lies below the farthest, one for each segment.
  /// - Parameter known: those that it does not lie below.
  mutating func known(missing solution: AccountProgramme.Solution, but known: Set<Int>) -> [Int] {
    let points = points(solution.counts)
    var farthest = [(cut: Int, by: Double)?](repeating: nil, count: points.count)
    for (index, cut) in all.enumerated() where !cut.isOfBox && !known.contains(index) {
      let by = violation(of: lines[index], at: points[cut.segment], cut.segment, solution)
      if by > Self.near, by > farthest[cut.segment]?.by ?? 0 { farthest[cut.segment] = (index, by) }
    }
    work += all.count
    return farthest.compactMap { $0?.cut }
  }

  /// New cuts that hold for all purchases and that a solution lies below.
  mutating func new(missing solution: AccountProgramme.Solution) -> [Int] {
    points(solution.counts).enumerated().compactMap { segment, point in
      keep(model.cut(segment, at: point, work: &work), at: point, solution)
    }
  }

  /// New cuts that hold in a box and that a solution lies below.
  mutating func new(missing solution: AccountProgramme.Solution, in box: AccountBox) -> [Int] {
    let ranges = bounds.ranges(box)
    return points(solution.counts).enumerated().compactMap { segment, point in
      model.cut(segment, at: point, within: ranges[segment], work: &work).flatMap { keep($0, at: point, solution) }
    }
  }

  /// The number of a cut, if a solution lies below it.
  private mutating func keep(
    _ cut: AccountCut, at point: AccountPoint, _ solution: AccountProgramme.Solution
  ) -> Int? {
    let line = cut.line
    guard cut.isBounded, violation(of: line, at: point, cut.segment, solution) > Self.near else { return nil }
    all.append(cut)
    lines.append(line)
    return all.count - 1
  }

  /// By how much the cost of a segment lies below a cut, in units.
  private func violation(
    of line: AccountCut.Line, at point: AccountPoint, _ segment: Int, _ solution: AccountProgramme.Solution
  ) -> Double {
    var value = line.constant
    for (pool, units) in point.units.enumerated() { value -= line.slopes[pool] * units }
    for (plan, money) in point.money.enumerated() {
      let bought = money - Double(model.plans[plan].held[segment])
      value -= line.slopes[point.units.count + plan] * bought / Double(model.plans[plan].offer?.increment ?? 1)
    }
    return value / unit - solution.costs[segment]
  }

  /// What is held in each segment.
  private func points(_ counts: [Double]) -> [AccountPoint] {
    var points = model.time.segments.indices.map { segment in
      AccountPoint(
        units: [Double](repeating: 0, count: model.pools.count), money: model.plans.map { Double($0.held[segment]) })
    }
    for (column, count) in zip(bounds.columns.columns, counts) where count > 0 {
      for segment in column.arc.window.segments {
        if column.block < model.pools.count {
          points[segment].units[column.block] += count
        } else {
          let plan = column.block - model.pools.count
          points[segment].money[plan] += count * Double(model.plans[plan].offer?.increment ?? 1)
        }
      }
    }
    return points
  }
}
