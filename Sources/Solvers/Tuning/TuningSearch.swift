// The cheapest choice of parameters within a limit, where what a choice comes to is known only by trying it.
//
// Goals, in this order: the same problem gives the same answer; no choice is tried twice; nothing that is found is worse than
// what is there today; what is found cannot be bettered by changing one parameter, whatever to, nor two of them by a step.
//
// 1. Where there are no more choices than may be tried, all are.
// 2. Else along one parameter after the other, all others kept: first among every 2^k-th of its values, then among every
//    2^(k-1)-th, at last among all. A line of values is tried at once.
// 3. Then pairs of parameters, each by one step up or down, and where one is better from there again.
// This is repeated for each limit, from what is there today and from the best that is known by then; and, as long as three
// quarters of the trials are not spent, from choices spread evenly over all, for what cannot be bettered by a step may be better
// elsewhere. At last from the best of all.

import Foundation
import Model

/// A search among choices of parameters.
package struct TuningSearch {
  /// What choices come to, in their order; nil for one that makes no sense.
  package typealias Trial = ([[Int]]) throws(DataError) -> [TuningFigures?]

  private let problem: TuningProblem
  private let trial: Trial
  private var known: [[Int]: TuningFigures] = [:]
  private var tried: Set<[Int]> = []

  /// So many choices are tried at once where all are.
  private static let batch = 64
  private static let mostRestarts = 40

  /// - Throws: what a trial throws.
  package static func solve(_ problem: TuningProblem, _ trial: Trial) throws(DataError) -> TuningAnswer {
    try withoutActuallyEscaping(trial) { trial throws(DataError) in
      var search = TuningSearch(problem: problem, trial: trial)
      return try search.answer()
    }
  }

  private init(problem: TuningProblem, trial: @escaping Trial) {
    self.problem = problem
    self.trial = trial
  }

  private mutating func answer() throws(DataError) -> TuningAnswer {
    let first = problem.limits.first ?? TuningLimit(critical: .max, unserved: .max)
    let isExhaustive = problem.choices <= problem.mostTrials
    if isExhaustive {
      try tryAll()
    } else {
      try tryEach([problem.start])
      for limit in problem.limits {
        _ = try improved(problem.start, within: limit)
        if let best = best(within: limit) { _ = try improved(best.choice, within: limit) }
      }
      try restart(within: first)
    }
    let served = points.filter { $0.figures.unserved <= first.unserved }
    return TuningAnswer(
      best: best(within: first).flatMap { first.holds($0.figures) ? $0 : nil }, frontier: paretoFrontier(served),
      trials: tried.count, isExhaustive: isExhaustive)
  }

  /// What is known, the nearest to today's first.
  private var points: [TuningPoint] {
    known.map { TuningPoint(choice: $0.key, figures: $0.value) }.sorted { a, b in
      let (near, far) = (distance(a.choice), distance(b.choice))
      return near != far ? near < far : a.choice.lexicographicallyPrecedes(b.choice)
    }
  }

  private func distance(_ choice: [Int]) -> Int { zip(choice, problem.start).reduce(0) { $0 + abs($1.0 - $1.1) } }

  // MARK: Trials

  private var isSpent: Bool { tried.count >= problem.mostTrials }

  /// Tries what was not tried yet, as far as trials are left.
  private mutating func tryEach(_ choices: [[Int]]) throws(DataError) {
    var new: [[Int]] = []
    for choice in choices where tried.count < problem.mostTrials && tried.insert(choice).inserted { new.append(choice) }
    guard !new.isEmpty else { return }
    for (choice, figures) in zip(new, try trial(new)) {
      if let figures { known[choice] = figures }
    }
  }

  private mutating func tryAll() throws(DataError) {
    var choice = [Int](repeating: 0, count: problem.sizes.count)
    var left = problem.choices
    while left > 0 {
      var choices: [[Int]] = []
      while choices.count < Self.batch, left > 0 {
        choices.append(choice)
        left -= 1
        advance(&choice)
      }
      try tryEach(choices)
    }
  }

  /// To the next choice, the last parameter running fastest.
  private func advance(_ choice: inout [Int]) {
    for place in choice.indices.reversed() {
      choice[place] += 1
      if choice[place] < problem.sizes[place] { return }
      choice[place] = 0
    }
  }

  // MARK: Which is better

  private func best(within limit: TuningLimit) -> TuningPoint? {
    known.map { TuningPoint(choice: $0.key, figures: $0.value) }.min { isBetter($0, $1, within: limit) }
  }

  /// What exceeds the limit least comes first, then what costs least.
  private func isBetter(_ a: TuningPoint, _ b: TuningPoint, within limit: TuningLimit) -> Bool {
    let (left, right) = (rank(a, limit), rank(b, limit))
    return left == right ? a.choice.lexicographicallyPrecedes(b.choice) : left.lexicographicallyPrecedes(right)
  }

  private func rank(_ point: TuningPoint, _ limit: TuningLimit) -> [Int] {
    let figures = point.figures
    return [
      max(0, figures.critical - limit.critical), max(0, figures.unserved - limit.unserved), figures.cost,
      figures.critical, figures.unserved, distance(point.choice),
    ]
  }

  // MARK: Moves

  /// From a choice on, for as long as a move makes it better.
  private mutating func improved(_ start: [Int], within limit: TuningLimit) throws(DataError) -> [Int] {
    var choice = start
    var stride = 1
    while stride * 4 <= problem.sizes.max() ?? 1 { stride *= 2 }
    while stride >= 1 {
      while try movedAlongLines(&choice, by: stride, within: limit), !isSpent {}
      stride /= 2
    }
    while try movedByPair(&choice, within: limit), !isSpent {
      while try movedAlongLines(&choice, by: 1, within: limit), !isSpent {}
    }
    return choice
  }

  /// From choices elsewhere, and from the best of all at last.
  private mutating func restart(within limit: TuningLimit) throws(DataError) {
    var round = 1
    while round <= Self.mostRestarts, tried.count * 4 < problem.mostTrials * 3 {
      _ = try improved(spread(round), within: limit)
      round += 1
    }
    var best = best(within: limit)
    while let from = best, !isSpent {
      _ = try improved(from.choice, within: limit)
      best = self.best(within: limit)
      if best == from { break }
    }
  }

  /// A choice of a sequence that fills the space evenly: multiples of the powers of a number between 0 and 1, without what is
  /// whole of them (Roberts, "The Unreasonable Effectiveness of Quasirandom Sequences").
  private func spread(_ round: Int) -> [Int] {
    // The root of x^(d + 1) = x + 1, by its own iteration.
    var root = 2.0
    for _ in 0..<40 { root = pow(1 + root, 1 / Double(problem.sizes.count + 1)) }
    var power = 1.0
    return problem.sizes.map { size in
      power /= root
      let part = (0.5 + Double(round) * power).truncatingRemainder(dividingBy: 1)
      return min(size - 1, wholeNumber((part * Double(size)).rounded(.down)))
    }
  }

  /// To the best value of each parameter in turn.
  /// - Returns: whether that was another than it had.
  private mutating func movedAlongLines(
    _ choice: inout [Int], by stride: Int, within limit: TuningLimit
  ) throws(DataError) -> Bool {
    let start = choice
    for place in choice.indices where problem.sizes[place] > 1 {
      let line = Swift.stride(from: choice[place] % stride, to: problem.sizes[place], by: stride).map { value in
        var other = choice
        other[place] = value
        return other
      }
      try move(&choice, to: line, within: limit)
    }
    return choice != start
  }

  /// To the best of the choices in which two parameters are a step away.
  private mutating func movedByPair(_ choice: inout [Int], within limit: TuningLimit) throws(DataError) -> Bool {
    let start = choice
    var near: [[Int]] = []
    for first in choice.indices {
      for second in choice.indices where second > first {
        for (a, b) in [(-1, -1), (-1, 1), (1, -1), (1, 1)] {
          var other = choice
          other[first] += a
          other[second] += b
          guard (0..<problem.sizes[first]).contains(other[first]),
            (0..<problem.sizes[second]).contains(other[second])
          else { continue }
          near.append(other)
        }
      }
    }
    try move(&choice, to: near, within: limit)
    return choice != start
  }

  private mutating func move(_ choice: inout [Int], to others: [[Int]], within limit: TuningLimit) throws(DataError) {
    try tryEach(others)
    let known = ([choice] + others).compactMap { other in
      self.known[other].map { TuningPoint(choice: other, figures: $0) }
    }
    choice = known.min { isBetter($0, $1, within: limit) }?.choice ?? choice
  }
}
