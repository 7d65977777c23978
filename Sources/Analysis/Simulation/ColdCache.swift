// A cache of which nodes begin empty, and what stands behind it meanwhile.
//
//   found(t)   usual x (1 - cold x what is left of the time to refill)        along a straight line
//   misses(t)  (1 - found(t)) / (1 - usual)                                   times as many as usual
//   load(t)    load x (1 + share x (misses(t) - 1))                           of what stands behind
//
// The share of a load that follows misses is learned where the month had at least half as many misses again: there the median of
// (load / its line over users - 1) / (misses - 1). Misses that vary by less are mostly the measurement's own noise, which would
// make the share too small. Where the month has too few such intervals, all of a load is taken to follow.

import Model
import Solvers

/// A cache some of whose nodes are emptied.
package struct ColdCache: Hashable, Sendable {
  /// The share of requests that it finds when it is warm, below 1.
  package var usual: Double
  /// The share of its nodes that begin empty.
  package var cold: Double
  /// The tick in which they do.
  package var tick: Int
  package var refillTicks: Int

  package init(usual: Double, cold: Double, tick: Int, refillTicks: Int) {
    self.usual = min(max(0, usual), 0.999_999)
    self.cold = min(max(0, cold), 1)
    self.tick = tick
    self.refillTicks = max(1, refillTicks)
  }

  /// The share of requests that it finds in a tick.
  package func found(at tick: Int) -> Double {
    guard tick >= self.tick else { return usual }
    let left = max(0, 1 - Double(tick - self.tick) / Double(refillTicks))
    return usual * (1 - cold * left)
  }

  /// How many times as many misses as usual there are in a tick.
  package func misses(at tick: Int) -> Double { (1 - found(at: tick)) / (1 - usual) }
}

/// How much of a load follows the misses of a cache before it.
package struct MissShare: Hashable, Sendable {
  package var load: ServiceTraffic.Load
  /// From 0 to 1.
  package var share: Double
  /// The intervals that tell; fewer than ``leastIntervals`` where nothing does.
  package var intervals: Int
  package var isLearned: Bool { intervals >= Self.leastIntervals }

  package static let leastIntervals = 3
  /// Times the usual misses from which on an interval tells.
  private static let telling = 1.5

  /// Of each load of what stands behind that may follow misses.
  /// - Parameters:
  ///   - traffic: what was measured of it.
  ///   - users: in each tick of that.
  ///   - found: the share of requests that the cache found, likewise.
  ///   - usual: that share as a rule.
  package static func learned(
    _ traffic: ServiceTraffic, _ model: LoadModel, users: [Double?], found: [Double?], usual: Double
  ) -> [MissShare] {
    model.parts.filter(\.load.followsMisses).map { part in
      let values = traffic.values[part.load] ?? []
      var shares: [Double] = []
      for tick in stride(from: 0, to: min(values.count, found.count, users.count), by: traffic.ticksPerSample) {
        guard values[tick] != ReplayLoad.missing, let users = users[tick], let found = found[tick] else { continue }
        let misses = (1 - found) / max(1e-6, 1 - usual)
        let line = part.base + part.perUser * users
        guard misses >= telling, line > 0 else { continue }
        shares.append((Double(values[tick]) / 1000 / line - 1) / (misses - 1))
      }
      let median = percentile(ScaledDecimal(mantissa: 50, scale: 0), of: shares) ?? 1
      let isKnown = shares.count >= leastIntervals
      return MissShare(load: part.load, share: isKnown ? min(1, max(0, median)) : 1, intervals: shares.count)
    }
  }
}

extension ServiceTraffic.Load {
  /// True for work that reads make: not for memory, nor for connections.
  fileprivate var followsMisses: Bool {
    switch self {
    case .cpu, .peakCPU: true
    case .memory: false
    case .total(let metric): metric == .iops || metric == .readsPerSecond
    }
  }
}

extension ServiceTraffic {
  /// The same while a cache before it refills.
  package func behind(_ cache: ColdCache, _ shares: [MissShare]) -> ServiceTraffic {
    var traffic = self
    for share in shares {
      guard let ticks = values[share.load] else { continue }
      traffic.set(
        share.load,
        to: ticks.indices.map { tick -> Double? in
          guard ticks[tick] != ReplayLoad.missing else { return nil }
          return Double(ticks[tick]) / 1000 * (1 + share.share * (cache.misses(at: tick) - 1))
        })
    }
    return traffic
  }
}
