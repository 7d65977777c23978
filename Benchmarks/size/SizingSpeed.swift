import Advice
import Solvers
import Foundation
import Model

/// How many instances are sized a second, on synthetic ones drawn from a seed.
enum SizingSpeed {
  private static let (instances, types, samples) = (10_000, 1_200, 4_032)
  private static let seed: UInt64 = 20_261_124
  private static let headroom = ScaledDecimal(mantissa: 20, scale: 0)

  /// Prints the time to size all instances, percentiles included, and to hold needs that nothing meets against every type.
  static func print() throws {
    var random = Generator(state: seed)
    let catalogue = SizeCatalogue((0..<types).map { offer($0, &random) })
    let (found, select, choose) = sizeAll(catalogue, &random)
    let clock = ContinuousClock()
    let (vcpu, memory) = needs(
      percents: [ScaledDecimal](repeating: ScaledDecimal(mantissa: 100, scale: 0), count: 2), vcpu: 96_000)
    var none = 0
    let all = clock.measure {
      for _ in 0..<instances where catalogue.cheapest(vcpu: vcpu, memory: memory) == nil { none += 1 }
    }
    let total = seconds(select) + seconds(choose)
    let pairs = Double(instances * types)
    Swift.print("\(instances) instances x \(types) types, seed \(seed), synthetic; one thread")
    Swift.print(
      String(
        format:
          "  sized %d, with percentiles of 2 x %d samples each: %.2f s (%.2f s without the percentiles); bar 20 s",
        found, samples, total, seconds(choose)))
    Swift.print(
      String(
        format:
          "  every type held against a need (%d needs that none meets): %.3f s, %.0f million evaluations/s; bar 1",
        none, seconds(all), pairs / seconds(all) / 1e6))
    guard total < 20, pairs / seconds(all) > 1e6 else { exit(1) }
  }

  private static func sizeAll(
    _ catalogue: SizeCatalogue, _ random: inout Generator
  ) -> (found: Int, select: Duration, choose: Duration) {
    let clock = ContinuousClock()
    let percentile = ScaledDecimal(mantissa: 995, scale: 1)
    var (found, select, choose) = (0, Duration.zero, Duration.zero)
    for _ in 0..<instances {
      let (cpu, memory) = (draw(&random), draw(&random))
      var high: [ScaledDecimal] = []
      select += clock.measure {
        high = [cpu, memory].map { Sizing.orderStatistic(percentile, of: $0)! }
      }
      choose += clock.measure {
        let (vcpu, memory) = needs(percents: high, vcpu: Int64(2 << (random.next() % 5)))
        if catalogue.cheapest(vcpu: vcpu, memory: memory) != nil { found += 1 }
      }
    }
    return (found, select, choose)
  }

  private static func needs(percents: [ScaledDecimal], vcpu: Int64) -> (SizeRequirement, SizeRequirement) {
    let present = ScaledDecimal(mantissa: vcpu, scale: 0)
    let memory = ScaledDecimal(mantissa: 4 * vcpu, scale: 0)
    return (
      SizeRequirement(percent: percents[0], of: [present], headroomPercent: headroom),
      SizeRequirement(percent: percents[1], of: [memory], headroomPercent: headroom)
    )
  }

  private static func draw(_ random: inout Generator) -> [ScaledDecimal?] {
    let top = 1 + random.next() % 10_000
    return (0..<samples).map { _ in ScaledDecimal(mantissa: Int64(random.next() % top), scale: 2) }
  }

  private static func offer(_ index: Int, _ random: inout Generator) -> SizeOffer {
    let vcpu = Int64(1 << (random.next() % 8))
    return SizeOffer(
      type: "type\(index)", vcpu: ScaledDecimal(mantissa: vcpu, scale: 0),
      memoryGiB: ScaledDecimal(mantissa: vcpu * Int64(2 << (random.next() % 3)), scale: 0),
      usdPerHour: ScaledDecimal(mantissa: vcpu * Int64(300 + random.next() % 400), scale: 4),
      relativePerformance: ScaledDecimal(mantissa: Int64(80 + random.next() % 50), scale: 2))
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  /// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  private struct Generator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
