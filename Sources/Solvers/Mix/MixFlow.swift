// A flow of least cost through time, by successive shortest paths with potentials.
//
// Node m is the start of block m, the last node the end of the horizon. Each augmentation finds the cheapest path in
// the residual network by Dijkstra's algorithm on reduced costs and pushes as many units as it holds at that cost;
// arcs of convex cost offer one run of levels at a time. Nodes are few (two for a month at most), so the nearest is
// found by looking at all.
// Sources: Edmonds and Karp, "Theoretical improvements in algorithmic efficiency for network flow problems", Journal
// of the ACM 19(2), 1972; Ahuja, Magnanti and Orlin, "Network Flows", 1993, sections 9.7 and 14.4 (convex costs).

/// The units that are committed, and those that are not, in each block of time.
package struct MixFlow {
  /// A commitment, in any number.
  package struct Arc {
    package var from: Int
    package var to: Int
    /// Of a unit; not negative.
    package var cost: Int

    package init(from: Int, to: Int, cost: Int) {
      self.from = from
      self.to = to
      self.cost = cost
    }
  }

  /// An arc of the residual network, as the step of a path.
  private enum Step {
    case leave(block: Int)
    case cover(block: Int)
    case buy(arc: Int)
    case giveBack(arc: Int)
  }

  private let units: Int
  private let arcs: [Arc]
  private let leaving: [[Int]]
  private let arriving: [[Int]]
  private var blocks: [UncommittedBlock]
  /// Units of each arc.
  package private(set) var bought: [Int]

  /// Of the nodes, when it has run: no commitment costs less than the potential rises over it, and the rise over a block lies
  /// between what its lowest uncovered and its highest covered level save.
  package private(set) var potentials: [Int128]
  private var distances: [Int128]
  private var isFinal: [Bool]
  private var steps: [Step?]
  /// Looks at nodes and at what leaves and reaches them.
  package private(set) var work = 0

  /// - Parameter units: as many as the highest level of any block, or more.
  package init(blocks: [DemandLevels], units: Int, arcs: [Arc]) {
    self.units = units
    self.arcs = arcs
    self.blocks = blocks.map { UncommittedBlock($0, units: units) }
    let nodes = blocks.count + 1
    leaving = Self.index(arcs, by: \.from, nodes: nodes)
    arriving = Self.index(arcs, by: \.to, nodes: nodes)
    bought = [Int](repeating: 0, count: arcs.count)
    potentials = [Int128](repeating: 0, count: nodes)
    distances = potentials
    isFinal = [Bool](repeating: false, count: nodes)
    steps = [Step?](repeating: nil, count: nodes)
  }

  private static func index(_ arcs: [Arc], by end: KeyPath<Arc, Int>, nodes: Int) -> [[Int]] {
    var lists = [[Int]](repeating: [], count: nodes)
    for (index, arc) in arcs.enumerated() { lists[arc[keyPath: end]].append(index) }
    return lists
  }

  /// What is left to pay for levels that no commitment covers.
  package var uncommittedCost: Int { blocks.reduce(0) { $0 + $1.cost } }

  /// Sends all units from the start to the end.
  package mutating func run() {
    var left = units
    while left > 0 {
      findPaths()
      let path = path()
      let amount = path.reduce(left) { min($0, room($1)) }
      for step in path { push(amount, along: step) }
      left -= amount
    }
  }

  /// Distances from the start, as far as the end; potentials follow them.
  private mutating func findPaths() {
    let end = blocks.count
    for node in 0...end {
      distances[node] = .max
      isFinal[node] = false
    }
    distances[0] = 0
    while !isFinal[end] {
      var nearest = -1
      for node in 0...end where !isFinal[node] && (nearest < 0 || distances[node] < distances[nearest]) {
        nearest = node
      }
      isFinal[nearest] = true
      work += end + 1 + leaving[nearest].count + arriving[nearest].count
      if nearest != end { relax(nearest) }
    }
    let limit = distances[end]
    for node in 0...end { potentials[node] += min(distances[node], limit) }
  }

  private mutating func relax(_ node: Int) {
    if node < blocks.count, blocks[node].canLeave {
      reach(node + 1, from: node, cost: blocks[node].leavingCost, by: .leave(block: node))
    }
    if node > 0, blocks[node - 1].canCover {
      reach(node - 1, from: node, cost: -blocks[node - 1].coveringGain, by: .cover(block: node - 1))
    }
    for arc in leaving[node] { reach(arcs[arc].to, from: node, cost: arcs[arc].cost, by: .buy(arc: arc)) }
    for arc in arriving[node] where bought[arc] > 0 {
      reach(arcs[arc].from, from: node, cost: -arcs[arc].cost, by: .giveBack(arc: arc))
    }
  }

  @inline(__always)
  private mutating func reach(_ node: Int, from other: Int, cost: Int, by step: Step) {
    guard !isFinal[node] else { return }
    let distance = distances[other] + Int128(cost) + potentials[other] - potentials[node]
    guard distance < distances[node] else { return }
    distances[node] = distance
    steps[node] = step
  }

  /// The steps to the end, last first.
  private func path() -> [Step] {
    var path: [Step] = []
    var node = blocks.count
    while node != 0, let step = steps[node] {
      path.append(step)
      switch step {
      case .leave(let block): node = block
      case .cover(let block): node = block + 1
      case .buy(let arc): node = arcs[arc].from
      case .giveBack(let arc): node = arcs[arc].to
      }
    }
    return path
  }

  private func room(_ step: Step) -> Int {
    switch step {
    case .leave(let block): blocks[block].leavingRoom
    case .cover(let block): blocks[block].coveringRoom
    case .buy: .max
    case .giveBack(let arc): bought[arc]
    }
  }

  private mutating func push(_ amount: Int, along step: Step) {
    switch step {
    case .leave(let block): blocks[block].leave(amount)
    case .cover(let block): blocks[block].cover(amount)
    case .buy(let arc): bought[arc] += amount
    case .giveBack(let arc): bought[arc] -= amount
    }
  }
}

/// The units of a block of time that are not committed: the highest levels, one run of equal saving at a time.
struct UncommittedBlock {
  private let levels: DemandLevels
  private let runs: [DemandLevels.Run]
  /// Committed levels.
  private var covered: Int
  /// The run of the highest committed level.
  private var run: Int

  init(_ levels: DemandLevels, units: Int) {
    self.levels = levels
    runs = levels.runs + (levels.top < units ? [DemandLevels.Run(end: units, saving: 0)] : [])
    covered = units
    run = runs.count - 1
  }

  var cost: Int { levels.cost(beyond: covered) }

  var canLeave: Bool { covered > 0 }
  /// What it costs to leave the highest committed level.
  var leavingCost: Int { runs[run].saving }
  /// Levels that can be left at that cost.
  var leavingRoom: Int { covered - (run > 0 ? runs[run - 1].end : 0) }

  mutating func leave(_ amount: Int) {
    covered -= amount
    if run > 0, covered == runs[run - 1].end { run -= 1 }
  }

  var canCover: Bool { covered < runs.last?.end ?? 0 }
  private var above: Int { covered == runs[run].end ? run + 1 : run }
  /// What is saved by covering the lowest level that is not committed.
  var coveringGain: Int { runs[covered == 0 ? 0 : above].saving }
  /// Levels that can be covered at that gain.
  var coveringRoom: Int { runs[covered == 0 ? 0 : above].end - covered }

  mutating func cover(_ amount: Int) {
    if covered > 0 { run = above }
    covered += amount
  }
}
