import Model
import TestSupport
import Testing

@testable import Solvers

/// Rate limits and pools of connections, beside simulations that follow every call.
@Suite struct ExternalLimitsTests {
  @Test("What is over a limit waits as long as calls do that are served one by one", arguments: 0..<80)
  func rateLimit(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let limit: Int64 = random.number(1...20)
    let arrivals = (0..<40).map { _ in random.number(0...Int64(random.coin() ? 8 : 45)) }
    // Each call on its own: served in the first window, from its own on, that has room, the first come first.
    var served = [Int64](repeating: 0, count: 4000)
    var (longest, delayed, bound) = (0, 0, Set<Int>())
    var left = 0
    for (window, count) in arrivals.enumerated() {
      for _ in 0..<count {
        let turn = (window..<served.count).first { served[$0] < limit }!
        served[turn] += 1
        longest = max(longest, turn - window)
        delayed += turn > window ? 1 : 0
        bound.formUnion(window..<min(turn, arrivals.count))
        left += turn >= arrivals.count ? 1 : 0
      }
    }
    let answer = try RateLimitQueue(arrivals: arrivals, limit: limit).solve()
    #expect(answer.busiest == arrivals.max()! && answer.busiestWindow == arrivals.firstIndex(of: arrivals.max()!)!)
    #expect(answer.longestWait == longest)
    #expect(answer.delayed == delayed)
    #expect(answer.boundWindows == bound.count)
    #expect(answer.left == left)
  }

  @Test("A limit of nothing, no windows and amounts below nothing are faults")
  func faults() {
    #expect(throws: ProblemFault.self) { try RateLimitQueue(arrivals: [1], limit: 0).solve() }
    #expect(throws: ProblemFault.self) { try RateLimitQueue(arrivals: [], limit: 1).solve() }
    #expect(throws: ProblemFault.self) { try RateLimitQueue(arrivals: [-1], limit: 1).solve() }
    #expect(throws: ProblemFault.self) { try RateLimitQueue(arrivals: [.max, .max], limit: 1).solve() }
  }

  @Test("Erlang's C formula for a load known from its tables")
  func erlang() throws {
    // One server: the chance to wait is the utilisation, the wait a / (1 - a) times the length of a call.
    let one = CallPoolQueue(connections: 1, callsPerSecond: 0.5, secondsPerCall: 1)
    #expect(abs(one.waitingShare - 0.5) < 1e-12)
    #expect(abs(try #require(one.meanWaitSeconds) - 1) < 1e-12)
    // a = 2, c = 3: C = (2^3/3! x 3/(3-2)) / (1 + 2 + 2 + 2^3/3! x 3) = 4 / 9.
    let three = CallPoolQueue(connections: 3, callsPerSecond: 2, secondsPerCall: 1)
    #expect(abs(three.waitingShare - 4.0 / 9) < 1e-12)
    #expect(CallPoolQueue(connections: 3, callsPerSecond: 3, secondsPerCall: 1).meanWaitSeconds == nil)
    #expect(CallPoolQueue(connections: 3, callsPerSecond: 0, secondsPerCall: 1).meanWaitSeconds == 0)
  }

  @Test(
    "Calls wait as long as in a simulation of the queue, within what chance makes of it",
    arguments: [
      (connections: 2, rate: 1.5), (connections: 10, rate: 8.0), (connections: 30, rate: 27.0),
    ])
  func simulated(connections: Int, rate: Double) throws {
    var random = SplitMix64(seed: connections)
    func exponential(_ mean: Double) -> Double {
      let unit = (Double(random.next() >> 11) + 0.5) / 9_007_199_254_740_992
      return -mean * logarithm(unit)
    }
    var free = [Double](repeating: 0, count: connections)
    var (now, waited, waits) = (0.0, 0.0, 0)
    let calls = 150_000
    for _ in 0..<calls {
      now += exponential(1 / rate)
      let next = free.indices.min { free[$0] < free[$1] }!
      let start = max(now, free[next])
      if start > now { waits += 1 }
      waited += start - now
      free[next] = start + exponential(1)
    }
    let queue = CallPoolQueue(connections: connections, callsPerSecond: rate, secondsPerCall: 1)
    #expect(abs(Double(waits) / Double(calls) / queue.waitingShare - 1) < 0.06)
    #expect(abs(waited / Double(calls) / (try #require(queue.meanWaitSeconds)) - 1) < 0.15)
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private func logarithm(_ value: Double) -> Double { log(value) }
