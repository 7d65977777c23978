import Model

/// What is tuned, as bare numbers: parameters, each with so many values in order, and what a choice of them may come to.
package struct TuningProblem: Sendable {
  /// How many values each parameter has; 1 at least.
  package var sizes: [Int]
  /// What is there today, by the places of its values. It is tried before anything else, and of equal choices the one nearest to
  /// it wins.
  package var start: [Int]
  /// What a choice may come to at most: the first is what is asked for, the others are looked at for the frontier alone.
  package var limits: [TuningLimit]
  /// So many choices are tried at most, 1 at least; where there are no more, all of them are.
  package var mostTrials: Int

  package init(sizes: [Int], start: [Int], limits: [TuningLimit], mostTrials: Int) {
    self.sizes = sizes
    self.start = start
    self.limits = limits
    self.mostTrials = mostTrials
  }

  /// How many choices there are, or more than are tried.
  var choices: Int {
    var product = 1
    for size in sizes {
      product *= max(1, size)
      if product > mostTrials { break }
    }
    return product
  }
}

/// What a choice comes to; less of each is better.
package struct TuningFigures: Hashable, Sendable {
  package var cost: Int
  /// For how long too little was there.
  package var critical: Int
  /// What nobody served.
  package var unserved: Int

  package init(cost: Int, critical: Int, unserved: Int) {
    self.cost = cost
    self.critical = critical
    self.unserved = unserved
  }
}

/// The most of each that a choice may come to.
package struct TuningLimit: Hashable, Sendable {
  package var critical: Int
  package var unserved: Int

  package init(critical: Int, unserved: Int) {
    self.critical = critical
    self.unserved = unserved
  }

  /// True for what keeps within it.
  package func holds(_ figures: TuningFigures) -> Bool {
    figures.critical <= critical && figures.unserved <= unserved
  }
}

/// A choice and what it comes to.
package struct TuningPoint: Hashable, Sendable {
  /// The place of the value of each parameter.
  package var choice: [Int]
  package var figures: TuningFigures

  package init(choice: [Int], figures: TuningFigures) {
    self.choice = choice
    self.figures = figures
  }
}

/// What a search found.
package struct TuningAnswer: Sendable {
  /// The cheapest of what was tried that keeps within the first limit; nil where nothing does.
  package var best: TuningPoint?
  /// Of what was tried and leaves no more unserved than the first limit allows, whatever nothing else beats in both cost and
  /// critical time; the cheapest first.
  package var frontier: [TuningPoint]
  package var trials: Int
  /// True where every choice was tried.
  package var isExhaustive: Bool
}

/// Of some points those that no other beats: none is both as cheap and as seldom critical. The cheapest first.
///
/// Of equal points the first given stays.
package func paretoFrontier(_ points: [TuningPoint]) -> [TuningPoint] {
  let sorted = points.enumerated().sorted { a, b in
    (a.element.figures.cost, a.element.figures.critical, a.offset)
      < (b.element.figures.cost, b.element.figures.critical, b.offset)
  }
  var frontier: [TuningPoint] = []
  for (_, point) in sorted where frontier.last.map({ point.figures.critical < $0.figures.critical }) ?? true {
    frontier.append(point)
  }
  return frontier
}
