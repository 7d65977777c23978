/// What the hours of an account's stretches need, equal states merged.
struct AccountDemand: Sendable {
  /// The states of a stretch.
  struct Block: Sendable {
    var weights: [Int]
    /// The sum of the weights.
    var total: Int
    /// Of the first state, among all states of the account.
    var first: Int
  }

  let pools: Int
  let blocks: [Block]
  /// State after state, by pool, what can only be on demand, in parts; the states of all blocks.
  let plain: [Int32]
  /// Likewise all that is needed, spot included.
  let needs: [Int32]

  /// - Parameter order: of the problem's pools.
  /// - Parameter isSpot: by pool, whether spot is cheaper than on demand.
  init(_ problem: AccountProblem, order: [Int], isSpot: [Bool]) {
    pools = order.count
    var blocks: [Block] = []
    var (plain, needs): ([Int32], [Int32]) = ([], [])
    for stretch in problem.stretches {
      var known: [ArraySlice<Int32>: Int] = [:]
      var block = Block(weights: [], total: 0, first: order.isEmpty ? 0 : needs.count / order.count)
      for (state, weight) in stretch.weights.enumerated() where weight > 0 {
        let base = state * order.count
        var row: [Int32] = []
        row.reserveCapacity(2 * order.count)
        for pool in order { row.append(stretch.needs[base + pool]) }
        for (place, pool) in order.enumerated() {
          row.append(stretch.spot.isEmpty || !isSpot[place] ? row[place] : row[place] - stretch.spot[base + pool])
        }
        block.total += weight
        if let place = known[row[...]] {
          block.weights[place] += weight
        } else {
          known[row[...]] = block.weights.count
          block.weights.append(weight)
          needs += row.prefix(order.count)
          plain += row.suffix(order.count)
        }
      }
      blocks.append(block)
    }
    (self.blocks, self.plain, self.needs) = (blocks, plain, needs)
  }

  /// States of all blocks.
  var states: Int { blocks.last.map { $0.first + $0.weights.count } ?? 0 }
}
