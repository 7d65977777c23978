// How latency rises with utilisation, as a queue makes it: L(u) = L0 / (1 - u / U). L0 is what an answer takes without load, U
// the utilisation at which a queue would grow without bound: below 1 where something else than what is measured fills first,
// such as a pool, or one core of many.
//
// 1 / L is a straight line of u, 1 / L0 - u / (L0 U), which is fitted by least squares through the medians of equal parts of
// the samples in the order of u: a median is not moved by the few slots in which something else made answers slow.
//
// Source: L. Kleinrock, "Queueing Systems", volume 1, the mean response time of M/M/1, S / (1 - rho); of processor sharing too.

import Model

/// Latency as a function of utilisation.
package struct LatencyCurve: Hashable, Sendable {
  /// Milliseconds without load.
  package let unloaded: Double
  /// The utilisation, as a fraction, at which latency grows without bound.
  package let breaking: Double
  /// How far off the curve a sample is as a rule: the median of the differences, as a fraction of what was measured.
  package let error: Double
  /// The share of the variance of the medians that the line explains.
  package let explained: Double
  /// The utilisation that 99 in 100 samples stay below.
  package let highest: Double

  /// Into so many parts samples are divided.
  private static let parts = 40
  /// A part has so many at least.
  private static let leastOfPart = 12

  /// So many samples are enough.
  package static let leastSamples = parts * leastOfPart

  /// - Parameter points: utilisation as a fraction, and milliseconds.
  /// - Throws: ``LatencyGap`` where latency does not follow utilisation so.
  package init(_ points: [(utilisation: Double, latency: Double)]) throws(LatencyGap) {
    let points = points.filter { $0.latency > 0 && $0.latency.isFinite && $0.utilisation.isFinite }
    guard points.count >= Self.leastSamples else { throw .tooFew(points.count) }
    let sorted = points.sorted { ($0.utilisation, $0.latency) < ($1.utilisation, $1.latency) }
    let medians = (0..<Self.parts).map { part -> (x: Double, y: Double) in
      let own = sorted[(part * sorted.count / Self.parts)..<((part + 1) * sorted.count / Self.parts)]
      return (Self.median(own.map(\.utilisation)), 1 / Self.median(own.map(\.latency)))
    }
    guard let line = LinearFit(medians), line.slope < 0, line.intercept > 0, line.explained >= 0.5 else {
      throw .doesNotFollow
    }
    unloaded = 1 / line.intercept
    breaking = -line.intercept / line.slope
    explained = line.explained
    highest = sorted[min(sorted.count - 1, sorted.count * 99 / 100)].utilisation
    // Where more is carried than could be, another law holds.
    guard highest < breaking else { throw .doesNotFollow }
    let (unloaded, breaking) = (unloaded, breaking)
    error = Self.median(
      sorted.map { point in
        guard point.utilisation < breaking else { return 1 }
        return abs(unloaded / (1 - point.utilisation / breaking) - point.latency) / point.latency
      })
  }

  /// The utilisation at which latency passes a limit; nil for one that is passed without load.
  package func utilisation(at latency: Double) -> Double? {
    latency > unloaded ? breaking * (1 - unloaded / latency) : nil
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

/// Why there is no curve.
package enum LatencyGap: Error, Hashable, Sendable {
  /// No latency, or no CPU, was measured.
  case notMeasured
  case tooFew(Int)
  /// Latency does not rise with utilisation as a queue's does.
  case doesNotFollow
}
