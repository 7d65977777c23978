import Model
import Solvers

/// How much work an instance of a service with a queue does in a minute.
package enum QueueRate {
  /// How finely rates are tried between the least and the most that the record allows.
  private static let tries = 64

  /// The rate under which a queue, fed by the jobs that came and drained by the instances that ran, comes nearest to the one
  /// that was recorded: the least sum of differences over all samples. Of equally near ones the least.
  ///
  /// It lies between half and twice the most jobs that came to an instance within a sample, for instances did those.
  /// - Parameters:
  ///   - jobs: a minute, in each sample.
  ///   - depth: of the queue, likewise.
  ///   - running: instances, likewise.
  /// - Returns: nil where nothing ever waited, or no jobs were measured.
  package static func fitted(
    jobs: [Double?], depth: [Double?], running: [Int], stepSeconds: Int64
  ) -> Double? {
    guard depth.contains(where: { ($0 ?? 0) > 0 }) else { return nil }
    let most = jobs.indices.compactMap { slot in
      running[slot] > 0 ? jobs[slot].map { $0 / Double(running[slot]) } : nil
    }.max()
    guard let most, most > 0 else { return nil }
    let minutes = Double(stepSeconds) / 60
    /// Of no use, and not summed up, once it is beyond the least so far.
    func difference(_ rate: Double, below least: Double) -> Double {
      var (waiting, sum) = (0.0, 0.0)
      for slot in jobs.indices where sum <= least {
        guard let arriving = jobs[slot] else {
          waiting = 0
          continue
        }
        waiting = max(0, waiting + (arriving - Double(running[slot]) * rate) * minutes)
        if let recorded = depth[slot] { sum += abs(waiting - recorded) }
      }
      return sum
    }
    var best: (rate: Double, difference: Double)?
    for step in 0...tries {
      let rate = most / 2 * (1 + 3 * Double(step) / Double(tries))
      let sum = difference(rate, below: best?.difference ?? .infinity)
      if sum < best?.difference ?? .infinity { best = (rate, sum) }
    }
    return best?.rate
  }
}
