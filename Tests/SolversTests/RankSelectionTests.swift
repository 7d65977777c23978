import Model
import Solvers
import TestSupport
import Testing

@Suite struct RankSelectionTests {
  @Test("The value of a rank is what sorting puts there, however wide the values lie", arguments: 0..<300)
  func sorting(seed: Int) {
    var random = SplitMix64(seed: seed)
    let count = random.number(1...3000)
    let width: Int64 = random.number(0...63)
    var values = (0..<count).map { _ in Int64(bitPattern: random.next()) >> width }
    if random.coin() { values += [.min, .max] }
    let ranks = (0..<random.number(1...6)).map { _ in random.number(1...values.count) }.sorted()
    let sorted = values.sorted()
    var selection = RankSelection()
    #expect(selection.values(at: ranks, of: values) == ranks.map { sorted[$0 - 1] })
    // Its memory holds nothing of the first time.
    #expect(selection.values(at: ranks, of: values) == ranks.map { sorted[$0 - 1] })
  }

  @Test("Percentiles come in the order they are asked for")
  func order() {
    // Of 1 ... 1000: ceil(0.995 × 1000) = 995, ceil(0.5 × 1000) = 500.
    var selection = RankSelection()
    let asked = ["100", "99.5", "50", "0"].map(decimal)
    #expect(selection.percentiles(asked, of: (1...1000).reversed().map { Int64($0) }) == [1000, 995, 500, 1])
  }
}
