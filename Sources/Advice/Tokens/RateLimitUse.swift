import Analysis
import Model
import Solvers

/// How near the use of an external service came to what it lets through within a time.
package struct RateLimitUse: Sendable {
  package var limit: RateLimit
  /// Nil where nothing of it was measured.
  package var found: Found?

  package struct Found: Hashable, Sendable {
    /// How long a window is: the limit's time, or the interval of the measurement where that is longer.
    package var windowSeconds: Int64
    /// The most that a window lets through.
    package var most: Int64
    package var queue: RateLimitQueue.Answer
    /// When the busiest window began.
    package var busiestAt: Instant
    /// Of what was measured the mean of a window.
    package var mean: Double
    /// The month's most users; nil where users were not measured.
    package var peakUsers: Int?

    /// At how many users of the month's peak the busiest window would reach the limit; nil where users were not measured.
    package var bindsAtUsers: Int? {
      peakUsers.flatMap { users in
        queue.busiest > 0 ? Int(clamping: Int128(users) * Int128(most) / Int128(queue.busiest)) : nil
      }
    }

    /// What of the limit the busiest window would take with so many users at the month's peak; nil where users were not
    /// measured.
    package func share(atPeakUsers users: Int) -> Double? {
      peakUsers.flatMap { peak in
        peak > 0 && most > 0 ? Double(queue.busiest) / Double(most) * Double(users) / Double(peak) : nil
      }
    }
  }
}

extension RateLimitUse {
  /// Every limit of the fleet file, in its order.
  /// - Throws: ``DataError`` when the samples cannot be read.
  package static func all(_ context: AdviceContext) throws(DataError) -> [RateLimitUse] {
    let peak = try context.userCounts().peak
    var uses: [RateLimitUse] = []
    for limit in context.fleet.rateLimits {
      uses.append(RateLimitUse(limit: limit, found: try found(limit, peakUsers: peak, context)))
    }
    return uses
  }

  private static func found(_ limit: RateLimit, peakUsers: Int?, _ context: AdviceContext) throws(DataError) -> Found? {
    let key = SeriesKey(service: limit.service, resource: limit.resource, metric: limit.metric)
    guard let series = try context.history.meteredSeries(key, in: context.period) else { return nil }
    let range = series.range(in: context.period)
    guard !range.isEmpty else { return nil }
    let step = SampleIntervals(series, range, usual: context.grid.stepSeconds, longest: 86_400).stepSeconds
    let window = max(limit.per.seconds, step)
    let arrivals = context.windows(of: series, range, seconds: window)
    let most = Int64(clamping: Int128(limit.most) * Int128(window) / Int128(limit.per.seconds))
    guard let queue = try? RateLimitQueue(arrivals: arrivals, limit: most).solve() else { return nil }
    let sum = arrivals.reduce(0.0) { $0 + Double($1) }
    return Found(
      windowSeconds: window, most: most, queue: queue,
      busiestAt: context.windowStart(queue.busiestWindow, seconds: window), mean: sum / Double(arrivals.count),
      peakUsers: peakUsers)
  }
}

extension AdviceContext {
  /// What a metered series adds up to in each window of the period, whole amounts rounded up; windows begin with those of
  /// UTC.
  fileprivate func windows(of series: Series, _ range: Range<Int>, seconds: Int64) -> [Int64] {
    let first = floor(period.start.seconds, seconds)
    let count = Int((floor(period.end.seconds - 1, seconds) - first) / seconds) + 1
    var sums = [Int128](repeating: 0, count: max(1, count))
    for index in range {
      let window = Int((floor(series.instants[index], seconds) - first) / seconds)
      sums[window] += series.sum(index..<(index + 1))
    }
    let scale = widePowerOfTen(series.sumScale)
    return sums.map { Int64(clamping: max(0, ($0 + scale - 1) / scale)) }
  }

  fileprivate func windowStart(_ window: Int, seconds: Int64) -> Instant {
    Instant(seconds: floor(period.start.seconds, seconds) + Int64(window) * seconds)
  }

  private func floor(_ instant: Int64, _ seconds: Int64) -> Int64 {
    let rest = instant % seconds
    return instant - (rest < 0 ? rest + seconds : rest)
  }
}
