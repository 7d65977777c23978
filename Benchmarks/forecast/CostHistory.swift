// A made-up history of what each day cost, for intervals to be judged by: synthetic, and the same for the same seed.
//
//   cost of a day = held + used × growth^days × weekend × level × (1 + noise), and on a day like no other times 1.3 to 2.5
//
// held     cost that no use moves: 0 to 60 % of 100 a day
// growth   -3 to 8 % a month, compounded daily
// weekend  0.6 to 1.15 on Saturday and Sunday
// level    of 4 in 10 histories changes once for good, by up to a quarter; of 3 in 10 it walks, 0.5 % a day (deviation)
// noise    first-order autoregressive, 1 to 6 % (deviation), 0.2 to 0.9 from a day to the next
// In half of the histories one or two days are like no other.

/// Days of cost from 1 July to 31 October.
struct CostHistory {
  /// Days of each month.
  static let months = [31, 31, 30, 31]
  private(set) var days: [Double] = []

  init(seed: Int) {
    var random = SplitMix(seed: seed)
    let count = Self.months.reduce(0, +)
    let held = 60 * random.uniform()
    let growth = 1 + (random.uniform() * 11 - 3) / 100 / 30.5
    let weekend = 0.6 + 0.55 * random.uniform()
    let shift = random.uniform() < 0.4 ? 0.75 + 0.5 * random.uniform() : 1
    let shiftDay = Int(random.uniform() * Double(count))
    let walk = random.uniform() < 0.3 ? 0.005 : 0
    let deviation = 0.01 + 0.05 * random.uniform()
    let memory = 0.2 + 0.7 * random.uniform()
    let events =
      random.uniform() < 0.5
      ? (0..<(random.uniform() < 0.5 ? 1 : 2)).map { _ in
        (day: Int(random.uniform() * Double(count)), factor: 1.3 + 1.2 * random.uniform())
      } : []
    var (level, noise) = (100 - held, deviation * random.normal())
    for day in 0..<count {
      level *= growth * (1 + walk * random.normal()) * (day == shiftDay ? shift : 1)
      noise = memory * noise + deviation * (1 - memory * memory).squareRoot() * random.normal()
      // 1 July 2026 is a Wednesday.
      let week = (day + 2) % 7 >= 5 ? weekend : 1
      let event = events.first { $0.day == day }?.factor ?? 1
      days.append(max(0, held + level * week * (1 + noise) * event))
    }
  }
}

/// Seeded numbers: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
private struct SplitMix {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 }

  mutating func uniform() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
  }

  /// Close to a standard normal number: the sum of twelve uniform ones less six.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}
