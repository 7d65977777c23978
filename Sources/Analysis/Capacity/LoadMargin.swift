// How far above its line over users a load is at most, level by level.
//
// Goals, in order: no assumption on how loads are spread; as much at few users as was seen there and as much at many; never
// below the line. The measured intervals are divided by their users into ten parts of equal size. Of each part the margin is the
// p-th percentile of what a load was beside its line there (`conformalPercentile`): a normalised residual would ask for one
// shape of spread at all levels, which calls that come in bursts and memory that creeps do not have.

import Model
import Solvers

/// How far a load is above its line at most, with so many users.
package struct LoadMargin: Hashable, Sendable {
  /// The median of those of its level.
  package var users: Double
  /// In the load's unit, not below 0.
  package var above: Double

  package init(users: Double, above: Double) {
    self.users = users
    self.above = above
  }

  private static let mostLevels = 10
  /// Of fewer the 99th percentile is the highest.
  private static let leastPoints = 100

  /// Levels in the order of their users, no two of the same.
  package static func levels(
    _ points: [(x: Double, y: Double)], at percentile: ScaledDecimal, line: (Double) -> Double
  ) -> [LoadMargin] {
    guard !points.isEmpty else { return [] }
    let points = points.sorted { $0.x < $1.x }
    let count = max(1, min(mostLevels, points.count / leastPoints))
    var levels: [LoadMargin] = []
    for level in 0..<count {
      let part = points[points.count * level / count..<points.count * (level + 1) / count]
      let beside = conformalPercentile(percentile, of: part.map { $0.y - line($0.x) }) ?? 0
      let users = part[part.startIndex + part.count / 2].x
      // What rounding makes of a load that is on its line is no margin.
      let above = beside > 1e-9 * abs(line(users)) ? beside : 0
      if let last = levels.last, last.users == users {
        levels[levels.count - 1].above = max(last.above, above)
      } else {
        levels.append(LoadMargin(users: users, above: above))
      }
    }
    return levels
  }
}
