// The moments of an account's horizon: everything that begins or ends, begins or ends at one of them.

/// The horizon cut into segments: parts of stretches in which the same things are held.
struct AccountTime: Sendable {
  struct Segment: Sendable {
    var start: Int
    var end: Int
    /// Index of the problem's stretches.
    var stretch: Int
    var hours: Int { end - start }
  }

  /// Segments that something serves, bought at the start of the first.
  struct Window: Hashable, Sendable {
    var from: Int
    /// Behind the last.
    var to: Int
    /// Of the horizon.
    var hours: Int
  }

  let segments: [Segment]
  /// Indices of the segments at whose start anything may be bought, each the first of a stretch.
  let chances: [Int]
  private let starts: [Int]

  /// - Parameter onlyNow: nothing can be bought later.
  init(_ problem: AccountProblem, onlyNow: Bool = false) {
    let horizon = problem.horizon
    let terms = Set(
      problem.pools.flatMap { $0.offers.map(\.termHours) } + problem.plans.compactMap { $0.offer?.termHours })
    let moments = problem.stretches.map(\.start)
    let buying = onlyNow ? Array(moments.prefix(1)) : moments
    let ends = buying.flatMap { start in terms.map { start + $0 } } + problem.plans.flatMap { $0.held.map(\.until) }
    let cuts = Set(moments + ends.filter { 0 < $0 && $0 < horizon } + [horizon]).sorted()
    var stretch = 0
    var segments: [Segment] = []
    for (start, end) in zip(cuts, cuts.dropFirst()) {
      while problem.stretches[stretch].end <= start { stretch += 1 }
      segments.append(Segment(start: start, end: end, stretch: stretch))
    }
    self.segments = segments
    starts = segments.map(\.start)
    let first = Set(buying)
    chances = segments.indices.filter { first.contains(segments[$0].start) }
  }

  var horizon: Int { segments.last?.end ?? 0 }

  /// What a purchase in an hour serves for a term, nil for an hour in which nothing begins.
  func window(at hour: Int, term: Int) -> Window? {
    guard let from = index(of: hour) else { return nil }
    return window(from: from, term: term)
  }

  /// What a purchase at the start of a segment serves.
  func window(from: Int, term: Int) -> Window {
    let start = starts[from]
    let end = term >= horizon - start ? horizon : start + term
    return Window(from: from, to: index(of: end) ?? segments.count, hours: end - start)
  }

  private func index(of hour: Int) -> Int? {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < hour { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] == hour ? low : nil
  }

  /// True when everything ends where something can be bought, so that no plan needs more units at once than the highest
  /// level (see `PhasedMix`).
  func isAligned(terms: [Int]) -> Bool {
    let chances = Set(chances)
    return chances.allSatisfy { chance in
      terms.allSatisfy { term in
        let end = window(from: chance, term: term).to
        return end == segments.count || chances.contains(end)
      }
    }
  }
}
