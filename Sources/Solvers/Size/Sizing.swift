// The cheapest type that carries what was measured, for one fixed instance.
//
//   required vCPU   = percentile / 100 × present vCPUs × present relative performance / (1 - headroom / 100)
//   required memory = percentile / 100 × present GiB / (1 - headroom / 100)
//   a type fits when vCPUs × relative performance and GiB are at least that; the cheapest wins, then fewer vCPUs, less
//   memory, the name.
//
// Exact: percentiles are observed values (Ranks/Percentile.swift), requirements exact products.

import Model

/// What a problem of sizing has for an answer.
package struct SizeAnswer: Sendable {
  package enum Dimension: String, Sendable { case cpu, memory }

  /// nil when refused, and when no type is large enough.
  package var type: String?
  /// Why nothing is recommended; nil when something is, and when no type is large enough.
  package var refused: String?
  /// Of which the type has less to spare, in parts of what it offers; nil without a type.
  package var binding: Dimension?
  /// nil without a sample.
  package var requiredVCPU: SizeRequirement?
  package var requiredMemoryGiB: SizeRequirement?
}

/// Finds the cheapest type for a fixed instance.
package enum Sizing {
  /// The answer to a problem.
  /// - Throws: ``ProblemFault`` for a problem that makes no sense.
  package static func solve(_ problem: SizeProblem) throws(ProblemFault) -> SizeAnswer {
    let own = try problem.checkedCurrent()
    let rules = problem.rules
    var answer = SizeAnswer()
    answer.requiredVCPU = orderStatistic(rules.percentile, of: problem.cpuPercent).map {
      SizeRequirement(
        percent: $0, of: [own.vcpu, own.relativePerformance], headroomPercent: rules.cpuHeadroomPercent)
    }
    answer.requiredMemoryGiB = orderStatistic(rules.percentile, of: problem.memoryPercent ?? []).map {
      SizeRequirement(percent: $0, of: [own.memoryGiB], headroomPercent: rules.memoryHeadroomPercent)
    }
    answer.refused =
      shortfall("cpu_percent", problem.cpuPercent, problem)
      ?? problem.memoryPercent.flatMap { shortfall("memory_percent", $0, problem) }
    guard answer.refused == nil, let vcpu = answer.requiredVCPU,
      let best = SizeCatalogue(problem.catalogue).cheapest(vcpu: vcpu, memory: answer.requiredMemoryGiB)
    else { return answer }
    if problem.memoryPercent == nil, best.memoryGiB.isLess(than: own.memoryGiB) {
      answer.refused =
        "memory is not measured, and \(best.type) has \(best.memoryGiB) GiB, less than the \(own.memoryGiB) GiB of "
        + own.type
      return answer
    }
    answer.type = best.type
    answer.binding = binding(best, vcpu: vcpu, memory: answer.requiredMemoryGiB)
    return answer
  }

  /// The p-th percentile of the samples, one of them; nil when there are none.
  package static func orderStatistic(_ percentile: ScaledDecimal, of samples: [ScaledDecimal?]) -> ScaledDecimal? {
    let seen = samples.compactMap { $0 }
    guard !seen.isEmpty else { return nil }
    let rank = percentileRank(percentile, count: seen.count)
    let scale = seen.reduce(0) { max($0, $1.scale) }
    let mantissas = seen.compactMap { $0.mantissa(at: scale) }
    guard mantissas.count == seen.count else { return seen.sorted { $0.isLess(than: $1) }[rank - 1] }
    var selection = RankSelection()
    return ScaledDecimal(mantissa: selection.values(at: [rank], of: mantissas)[0], scale: scale)
  }

  private static func shortfall(_ name: String, _ samples: [ScaledDecimal?], _ problem: SizeProblem) -> String? {
    let (rules, seen) = (problem.rules, samples.count { $0 != nil })
    guard seen > 0 else { return "\(name) has no sample" }
    let interval = ScaledDecimal(mantissa: Int64(problem.intervalSeconds), scale: 0)
    let count = ScaledDecimal(mantissa: Int64(seen), scale: 0)
    let hour = ScaledDecimal(mantissa: 3600, scale: 0)
    if ExactProduct([count, interval]).isLess(than: ExactProduct([rules.minimumHours, hour])) {
      return "\(name) has \(seen) samples of \(problem.intervalSeconds) s, fewer than \(rules.minimumHours) hours"
    }
    let span = ScaledDecimal(mantissa: Int64(samples.count), scale: 0)
    let hundred = ScaledDecimal(mantissa: 100, scale: 0)
    if ExactProduct([count, hundred]).isLess(than: ExactProduct([rules.minimumCoveragePercent, span])) {
      return "\(name) has \(seen) samples of \(samples.count), less than \(rules.minimumCoveragePercent) %"
    }
    return nil
  }

  private static func binding(
    _ offer: SizeOffer, vcpu: SizeRequirement, memory: SizeRequirement?
  ) -> SizeAnswer.Dimension {
    guard let memory else { return .cpu }
    // Needed vCPU / offered vCPU < needed memory / offered memory, both multiplied out.
    let isLess = vcpu.isLess(per: [offer.vcpu, offer.relativePerformance], than: memory, per: [offer.memoryGiB])
    return isLess ? .memory : .cpu
  }
}

extension ScaledDecimal {
  /// The mantissa with so many decimals, at least as many as now; nil beyond `Int64`.
  fileprivate func mantissa(at scale: Int) -> Int64? {
    guard scale - self.scale <= 18 else { return mantissa == 0 ? 0 : nil }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: powerOfTen(scale - self.scale))
    return overflow ? nil : product
  }
}
