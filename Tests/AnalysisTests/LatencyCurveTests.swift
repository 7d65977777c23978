import Analysis
import Model
import TestSupport
import Testing

/// Latency as a function of utilisation.
@Suite struct LatencyCurveTests {
  /// Samples of 20 / (1 - u / 0.8), u from 0.05 to 0.6, each off by up to some percent.
  private func points(_ count: Int = 2_000, noise: Int = 0, seed: Int = 1) -> [(utilisation: Double, latency: Double)] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let utilisation = 0.05 + Double(random.number(0...5_500)) / 10_000
      let off = 1 + Double(random.number(-noise...noise)) / 100
      return (utilisation, 20 / (1 - utilisation / 0.8) * off)
    }
  }

  @Test("What a queue made is found: latency without load, where it breaks, and where it passes a limit")
  func exact() throws {
    let curve = try LatencyCurve(points())
    #expect(abs(curve.unloaded - 20) < 0.1 && abs(curve.breaking - 0.8) < 0.005)
    #expect(curve.error < 0.005 && curve.explained > 0.99 && curve.highest < 0.6)
    // 20 / (1 - u / 0.8) = 100 at 0.8 x (1 - 0.2) = 0.64.
    #expect(abs((curve.utilisation(at: 100) ?? 0) - 0.64) < 0.005)
    #expect(curve.utilisation(at: 19) == nil)
  }

  @Test("Noise and a few slots in which something else was slow do not move it", arguments: 1...5)
  func robust(seed: Int) throws {
    var all = points(noise: 15, seed: seed)
    for index in stride(from: 0, to: all.count, by: 50) { all[index].latency *= 30 }
    let curve = try LatencyCurve(all)
    #expect(abs(curve.breaking - 0.8) < 0.08 && abs(curve.unloaded - 20) < 1.5)
    // Off by up to 15 %, evenly: half of them by up to 7.5 %.
    #expect(curve.error > 0.05 && curve.error < 0.11)
  }

  @Test("Too few samples, latency that falls or follows nothing, and more load than could be carried are no curve")
  func gaps() {
    func gap(_ points: [(utilisation: Double, latency: Double)]) -> LatencyGap? {
      do throws(LatencyGap) {
        _ = try LatencyCurve(points)
        return nil
      } catch { return error }
    }
    #expect(gap(points(100)) == .tooFew(100))
    #expect(gap(points().map { ($0.utilisation, 1 / $0.latency) }) == .doesNotFollow)
    var random = SplitMix64(seed: 7)
    #expect(gap(points().map { ($0.utilisation, Double(random.number(10...20))) }) == .doesNotFollow)
    // A straight line through little, then nothing more: carried beyond where the line of 1 / L meets zero.
    let bent = points().map { ($0.utilisation, min(60, 20 / max(0.05, 1 - $0.utilisation / 0.3))) }
    #expect(gap(bent) == .doesNotFollow || gap(bent) == nil)
  }
}
