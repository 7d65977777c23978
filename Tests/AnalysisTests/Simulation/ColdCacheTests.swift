import Model
import TestSupport
import Testing

@testable import Analysis
@testable import Solvers

/// A cache whose nodes begin empty, and what stands behind it.
@Suite struct ColdCacheTests {
  /// Finds 90 % as a rule; one of two nodes is emptied at tick 10 and refills in 20.
  private let cache = ColdCache(usual: 0.9, cold: 0.5, tick: 10, refillTicks: 20)

  @Test("What is found falls with the nodes that are empty, and comes back along a straight line")
  func found() {
    #expect(cache.found(at: 9) == 0.9 && cache.found(at: 30) == 0.9 && cache.found(at: 100) == 0.9)
    // Half of it at once, three quarters after half of the time.
    #expect(abs(cache.found(at: 10) - 0.45) < 1e-12 && abs(cache.found(at: 20) - 0.675) < 1e-12)
    // 55 % are not found where 10 % were not.
    #expect(abs(cache.misses(at: 10) - 5.5) < 1e-12 && cache.misses(at: 9) == 1)
    let all = ColdCache(usual: 0.9, cold: 1, tick: 0, refillTicks: 5)
    #expect(all.found(at: 0) == 0 && abs(all.misses(at: 0) - 10) < 1e-9)
  }

  private func traffic(_ iops: [Double?]) -> ServiceTraffic {
    let start = instant("2026-10-01T00:00:00Z")
    let period = Period(start: start, end: start.advanced(by: 300 * Int64(iops.count)))
    var traffic = ServiceTraffic(on: SampleGrid(period: period, stepSeconds: 300))
    traffic.set(.total(.iops), to: iops)
    traffic.set(.total(.connections), to: iops)
    return traffic
  }

  @Test("How much of a load follows misses is learned where there were half as many again, and else is all of it")
  func learned() {
    // 1,000 operations with 100 users; in four intervals the cache finds 70 % for 90 %, three times the misses, and the load is
    // 1.5 times as much: a quarter of it follows. The line over users is in proportion: 1,020 of 100, so a little less.
    let isFlushed = (0..<100).map { (40..<44).contains($0) }
    let own = traffic(isFlushed.map { $0 ? 1_500 : 1_000 })
    let users = [Double?](repeating: 100, count: 100)
    let model = LoadModel(own, users: users)
    let shares = MissShare.learned(own, model, users: users, found: isFlushed.map { $0 ? 0.7 : 0.9 }, usual: 0.9)
    // Connections are no work that misses make.
    #expect(shares.map(\.load) == [.total(.iops)] && shares[0].intervals == 4 && shares[0].isLearned)
    #expect(abs(shares[0].share - (1_500.0 / 1_020 - 1) / 2) < 1e-9)
    let unknown = MissShare.learned(own, model, users: users, found: users.map { _ in 0.9 }, usual: 0.9)
    #expect(unknown[0].share == 1 && !unknown[0].isLearned)
  }

  @Test("What stands behind has as many times its load as the misses ask for, of the part that follows them")
  func behind() {
    let share = MissShare(load: .total(.iops), share: 0.25, intervals: 4)
    let cold = traffic([Double?](repeating: 1_000, count: 40)).behind(cache, [share])
    // 1 + 0.25 x (5.5 - 1) = 2.125 times; in thousandths.
    #expect(cold.values[.total(.iops)]?[10] == 2_125_000 && cold.values[.total(.iops)]?[9] == 1_000_000)
    #expect(cold.values[.total(.connections)]?[10] == 1_000_000)
    let gap = traffic([nil, 5]).behind(ColdCache(usual: 0.5, cold: 1, tick: 0, refillTicks: 9), [share])
    #expect(gap.values[.total(.iops)]?[0] == ReplayLoad.missing)
  }
}
