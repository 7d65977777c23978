/// What comes of an amount that arrives window by window where a limit lets so much of it through in each: what is over
/// waits for the next window, the first come first.
///
/// A window begins anew with all of the limit, as hourly limits that reset do. Of what arrives within a window nothing more
/// is known: it is served in it, whenever it came, as long as the limit lasts.
package struct RateLimitQueue: Hashable, Sendable {
  /// What arrives in each window; nothing where nothing was measured.
  package var arrivals: [Int64]
  /// The most that is served in a window.
  package var limit: Int64

  /// What was served, and what had to wait.
  package struct Answer: Hashable, Sendable {
    /// The most that arrived in a window.
    package var busiest: Int64
    /// The first window that had it.
    package var busiestWindow: Int
    /// Windows in which more arrived, or was waiting, than the limit.
    package var boundWindows = 0
    /// The most that waited at the end of a window.
    package var longestQueue: Int64 = 0
    /// The longest that anything waited, in windows: 1 for what is served in the next one.
    package var longestWait: Int64 = 0
    /// All that had to wait for another window than its own.
    package var delayed: Int64 = 0
    /// What still waits behind the last window.
    package var left: Int64 = 0
  }

  package init(arrivals: [Int64], limit: Int64) {
    self.arrivals = arrivals
    self.limit = limit
  }

  /// - Throws: `ProblemFault` for no windows, a limit that lets nothing through, and amounts that are negative or add up to
  ///   more than 64 bits hold.
  package func solve() throws(ProblemFault) -> Answer {
    guard limit > 0 else { throw ProblemFault(key: "limit", found: "\(limit)", expected: "at least 1") }
    guard !arrivals.isEmpty else {
      throw ProblemFault(key: "arrivals", found: "nothing", expected: "a window at least")
    }
    let sum = arrivals.reduce(Int128(0)) { $0 + Int128($1) }
    guard arrivals.allSatisfy({ $0 >= 0 }), sum < Int128(Int64.max) else {
      throw ProblemFault(key: "arrivals", found: "amounts that add up to \(sum)", expected: "amounts of 0 and more")
    }
    let busiest = arrivals.max() ?? 0
    var answer = Answer(busiest: busiest, busiestWindow: arrivals.firstIndex(of: busiest) ?? 0)
    var queue: Int64 = 0
    for amount in arrivals {
      let waiting = queue + amount
      let over = max(0, waiting - limit)
      if over > 0 { answer.boundWindows += 1 }
      // The last to come waits behind all others; of what arrives now so much is served at once as the queue leaves.
      answer.delayed += min(amount, over)
      if over > 0, amount > 0 { answer.longestWait = max(answer.longestWait, (waiting - 1) / limit) }
      answer.longestQueue = max(answer.longestQueue, over)
      queue = over
    }
    answer.left = queue
    return answer
  }
}
