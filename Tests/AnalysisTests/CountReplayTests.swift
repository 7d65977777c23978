import Analysis
import TestSupport
import Testing

@Suite struct CountReplayTests {
  private func replay(
    _ required: [Int?], minimum: Int = 1, maximum: Int? = nil, scaleIn: Int = 2, cooldown: Int = 0
  ) -> CountReplay {
    CountReplay(
      required: required, minimum: minimum, maximum: maximum, scaleInSlots: scaleIn, cooldownSlots: cooldown)
  }

  @Test("Constant demand changes nothing")
  func constant() {
    let steady = replay([Int?](repeating: 3, count: 10))
    #expect(steady.counts == [Int](repeating: 3, count: 10))
    #expect((steady.changes, steady.instanceSlots) == (0, 30))
  }

  @Test("A spike is met a slot late and left when two slots agree")
  func spike() {
    // Slot 2 wants 5 and gets 2; slot 3 has 5. At slot 4 the window is 5, 2; at slot 5 it is 2, 2: in.
    let spike = replay([2, 2, 5, 2, 2, 2])
    #expect(spike.counts == [2, 2, 2, 5, 5, 2])
    #expect((spike.changes, spike.instanceSlots) == (2, 18))
  }

  @Test("In goes to the most of the window, not to the last")
  func partly() {
    // At slot 3 the window is 3, 1: in to 3. At slot 4 it is 1, 1.
    #expect(replay([6, 3, 1, 1, 1]).counts == [6, 6, 6, 3, 1])
  }

  @Test("A cooldown delays scaling in, never out")
  func cooldown() {
    // In at slot 3, for the first change needs no wait; slots 2 and 3 agree at slot 4, but 3 slots after 3 is 6.
    #expect(replay([6, 3, 1, 1, 1, 1, 1], cooldown: 3).counts == [6, 6, 6, 3, 3, 3, 1])
    #expect(replay([1, 2, 3, 4, 4], cooldown: 3).counts == [1, 1, 2, 3, 4])
  }

  @Test("A gap holds the count and keeps the window from agreeing")
  func gaps() {
    // Until slot 5 each window of two has the 4 or the gap; slots 3 and 4 are the first that agree.
    let gap = replay([4, 1, nil, 1, 1, 1])
    #expect(gap.counts == [4, 4, 4, 4, 4, 1])
    #expect((gap.changes, gap.instanceSlots) == (1, 21))
    // The first measured slot sets the start, and nothing before it is paid for.
    #expect(replay([nil, nil, 3, 3]).counts == [3, 3, 3, 3])
    #expect(replay([nil, nil, 3, 3]).instanceSlots == 6)
    #expect(replay([nil, nil], minimum: 2).counts == [2, 2])
  }

  @Test("What the maximum forbids is no change")
  func clamped() {
    let clamped = replay([2, 9, 9, 9, 0, 0, 0], minimum: 2, maximum: 4)
    #expect(clamped.counts == [2, 2, 4, 4, 4, 4, 2])
    #expect(clamped.changes == 2)
  }

  @Test("No history is no replay")
  func empty() {
    let none = replay([])
    #expect(none.counts.isEmpty)
    #expect((none.changes, none.instanceSlots) == (0, 0))
  }

  @Test("It does what the policy says, written another way, and keeps its limits", arguments: 0..<300)
  func naive(seed: Int) {
    var random = SplitMix64(seed: seed)
    let required = (0..<random.number(0...80)).map { _ -> Int? in
      random.number(0...12) == 0 ? nil : random.number(0...random.number(1...9))
    }
    let minimum = random.number(0...3)
    let maximum = random.coin() ? nil : minimum + random.number(0...5)
    let (window, cooldown) = (random.number(1...6), random.number(0...6))
    let found = CountReplay(
      required: required, minimum: minimum, maximum: maximum, scaleInSlots: window, cooldownSlots: cooldown)
    let counts = naiveCounts(required, minimum, maximum, window, cooldown)
    #expect(found.counts == counts)
    #expect(found.changes == zip(counts, counts.dropFirst()).count { $0 != $1 })
    #expect(found.counts.allSatisfy { $0 >= minimum && $0 <= maximum ?? .max })
    let paid = zip(required, counts).drop { $0.0 == nil }
    #expect(found.instanceSlots == paid.reduce(0) { $0 + $1.1 })
  }
}

/// The policy word by word, on what is required rather than on what may run.
private func naiveCounts(
  _ required: [Int?], _ minimum: Int, _ maximum: Int?, _ window: Int, _ cooldown: Int
) -> [Int] {
  let clamp = { (count: Int) in min(max(count, minimum), maximum ?? .max) }
  var counts: [Int] = []
  for slot in required.indices {
    guard let last = counts.last, let seen = required[slot - 1] else {
      counts.append(counts.last ?? clamp(required.compactMap { $0 }.first ?? minimum))
      continue
    }
    let past = slot >= window ? Array(required[(slot - window)..<slot]) : [nil]
    let changed = (1..<slot).last { counts[$0] != counts[$0 - 1] }
    var next = last
    if clamp(seen) > last {
      next = clamp(seen)
    } else if !past.contains(nil), let largest = past.compactMap({ $0 }).max(), clamp(largest) < last,
      changed == nil || slot - changed! >= cooldown
    {
      next = clamp(largest)
    }
    counts.append(next)
  }
  return counts
}
