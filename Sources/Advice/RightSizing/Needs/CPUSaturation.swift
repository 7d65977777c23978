// In which samples CPU was all that there was, so that they say how much was needed at least, and not how much.
//
// A sample is saturated at 99.5 % and more: 100 % to the nearest. So is one of a burstable type in standard mode that used its
// baseline, give or take 5 %, when its credits were spent (CPUCredits.swift): it cannot go beyond. Credits are spent when no
// more is left than a quarter of an hour earns, for what is measured is not exact. Where more of an instance's samples
// are saturated than the percentile lets pass, no type with less CPU is put in its place: how much less would do was not seen.

import Analysis
import Model

/// Which samples of CPU were all that there was.
struct CPUSaturation: Sendable {
  /// Of each part of the samples of CPU their places in it.
  let places: [[Int]]
  /// Of all; nil where none is saturated.
  let samples: SaturatedSamples?
  /// The greatest share of one instance; of all together where they share the work.
  let share: Double

  static let fullPercent = 99.5
  private static let cappedShare = 0.95...1.05
  private static let spentSeconds: Int64 = 900

  /// - Parameters:
  ///   - cpu: what sizes are judged by: the highest minutes, or the means.
  ///   - mean: what credits are spent by.
  /// - Throws: ``DataError`` when a type that ran has no specification.
  init(
    _ service: Service, cpu: InstanceSamples, mean: InstanceSamples, _ catalogue: Catalogue
  ) throws(DataError) {
    var capped: [String: Set<Int64>] = [:]
    for part in mean.parts {
      let specification = try catalogue.specification(part.run.type)
      let instants = Self.capped(part, specification)
      if !instants.isEmpty { capped[part.run.resource, default: []].formUnion(instants) }
    }
    var (full, atBaseline, total) = (0, 0, 0)
    var byInstance: [String: (count: Int, total: Int)] = [:]
    places = cpu.parts.map { part in
      let spent = capped[part.run.resource]
      let places = part.values.indices.filter { place in
        part.values[place] >= Self.fullPercent
          || spent?.contains(part.instants[part.instants.startIndex + place]) ?? false
      }
      let ofAll = places.count { part.values[$0] >= Self.fullPercent }
      full += ofAll
      atBaseline += places.count - ofAll
      total += part.values.count
      let instance = service.approach == .group ? "" : part.run.resource
      byInstance[instance, default: (0, 0)].count += places.count
      byInstance[instance, default: (0, 0)].total += part.values.count
      return places
    }
    samples = full + atBaseline > 0 ? SaturatedSamples(full: full, capped: atBaseline, total: total) : nil
    share = byInstance.values.map { Double($0.count) / Double(max(1, $0.total)) }.max() ?? 0
  }

  /// When a burstable instance in standard mode had no more than its baseline, and used it.
  private static func capped(_ part: InstanceSamples.Part, _ type: InstanceSpecification) -> [Int64] {
    guard let burst = type.burst, burst.mode == .standard else { return [] }
    let baseline = burst.baselinePercentPerVcpu / 100 * Double(type.vcpu)
    guard baseline > 0 else { return [] }
    var spent: [Int64] = []
    var account = StandardCreditAccount(burst, vcpu: type.vcpu)
    for stretch in part.intervals.stretches {
      for place in stretch.range {
        let used = part.values[place] / 100 * Double(type.vcpu)
        _ = account.run(seconds: stretch.stepSeconds, wanting: wholeMicroVcpus(used * 1_000_000))
        guard account.secondsLeft <= Self.spentSeconds, Self.cappedShare.contains(used / baseline) else { continue }
        spent.append(part.instants[part.instants.startIndex + place])
      }
    }
    return spent
  }
}
