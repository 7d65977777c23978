// What a load is at most with so many users: its line with the margins of the levels that were measured.
//
//   below the first level:  line + its margin
//   between two levels:     straight from one to the next
//   beyond the last:        line x as many times the line as it is there
//
// More users never make less of it: a level lower than the one before is lifted to that.

import Analysis

/// A load as users ask for it, which never falls.
package struct LoadCurve: Hashable, Sendable {
  private struct Knot: Hashable, Sendable {
    var users: Double
    var amount: Double
  }

  private let line: UserLine
  private let knots: [Knot]
  /// How many times the line it is from the last level on.
  private let beyond: Double

  /// - Parameter margins: in the order of their users.
  package init(_ line: UserLine, _ margins: [LoadMargin]) {
    self.line = line
    var knots: [Knot] = []
    for margin in margins {
      let amount = line.at(margin.users) + max(0, margin.above)
      knots.append(Knot(users: margin.users, amount: max(amount, knots.last?.amount ?? 0)))
    }
    let last = knots.last.map { (amount: $0.amount, line: line.at($0.users)) }
    // Where the line is nothing, a margin is no share of it.
    beyond = last.map { $0.line > 0 ? $0.amount / $0.line : 1 } ?? 1
    self.knots = beyond.isFinite && (last?.line ?? 0) > 0 ? knots : []
  }

  /// As much as it is at most.
  package func at(_ users: Double) -> Double {
    guard let first = knots.first, let last = knots.last else { return line.at(users) }
    if users <= first.users { return line.at(users) + first.amount - line.at(first.users) }
    if users >= last.users { return line.at(users) * beyond }
    let (low, high) = segment(upTo: knots.firstIndex { $0.users > users })
    return low.amount + (high.amount - low.amount) * (users - low.users) / (high.users - low.users)
  }

  /// The most users that make no more than so much of it, not below 0; nil where more users make no more.
  package func users(making amount: Double) -> Double? {
    guard line.perUser > 0 else { return nil }
    guard let first = knots.first, let last = knots.last else {
      return max(0, (amount - line.base) / line.perUser)
    }
    if amount < first.amount {
      return max(0, (amount - line.base - first.amount + line.at(first.users)) / line.perUser)
    }
    if amount >= last.amount { return max(last.users, (amount / beyond - line.base) / line.perUser) }
    // The last of several levels of one amount.
    let (low, high) = segment(upTo: knots.firstIndex { $0.amount > amount })
    return low.users + (high.users - low.users) * (amount - low.amount) / (high.amount - low.amount)
  }

  /// Of two knots or more, that at a place and the one before it.
  private func segment(upTo place: Int?) -> (low: Knot, high: Knot) {
    let place = max(1, place ?? knots.endIndex - 1)
    return (knots[place - 1], knots[place])
  }
}
