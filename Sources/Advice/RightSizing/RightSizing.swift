// Which instance type of a service's own list is the cheapest that carries what was measured.
//
// need = p-th percentile of the interval maxima / (1 - headroom), for CPU and memory apart: over all instances of a service
// that scales out, of the neediest instance of one that scales up.
// A type fits when it offers the need in every dimension; a burstable type only when the mean use stays within its
// credit baseline, since beyond it the credits run out. Reserved memory (Redis) replaces the headroom where larger.
// Percentile: Analysis/Statistics/Percentile.swift. Downsizing on unmeasured memory is refused.

import Analysis
import Model

/// Smaller or larger instance types.
package struct RightSizing: Adviser {
  package let step = AdviceStep.rightsize
  package init() {}

  package func advise(_ service: Service, plan: FleetPlan, _ context: AdviceContext) throws(DataError)
    -> Advice
  {
    let need = try SizeNeed(service, context)
    let use = try InstanceUse.of(service, context)
    let evidence = need.detailed(use, context)
    guard let current = context.mainType(of: service.name, in: plan) else {
      return Advice(verdict(.refused, service, "not judged", because: "no instance ran", evidence))
    }
    if let reason = need.cpuShortfall {
      return Advice(verdict(.refused, service, "not judged", because: reason, evidence))
    }
    let candidates = try Candidate.list(service, current: current, need: need, use: use, context)
    var detailed = evidence
    detailed.figures += candidates.map { .init($0.type, $0.note(among: candidates)) }
    detailed.prices = candidates.map(\.price) + context.engine.discountNotes(context.kind(current, of: service))
    return judge(service, current: current, need: need, candidates, detailed)
  }

  private func judge(
    _ service: Service, current: String, need: SizeNeed, _ candidates: [Candidate], _ evidence: Evidence
  ) -> Advice {
    let own = candidates.first { $0.type == current }!
    guard let best = candidates.first(where: \.fits) else {
      let text = "keep \(current)"
      let reason = "no type of the list carries the need: \(own.failures.joined(separator: "; "))"
      return Advice(verdict(.kept, service, text, because: reason, evidence))
    }
    if best.type == current || best.hourly >= own.hourly && own.fits {
      let cheaper = candidates.last { $0.hourly < own.hourly }
      let reason = cheaper.map { "\($0.type) would not do: \($0.failures.joined(separator: "; "))" }
      return Advice(
        verdict(.kept, service, "keep \(current)", because: reason ?? "no smaller type is on the list", evidence))
    }
    if best.hourly > own.hourly, service.approach == .horizontal {
      let reason = "\(own.failures.joined(separator: "; ")); it scales out instead of up"
      return Advice(verdict(.kept, service, "keep \(current)", because: reason, evidence))
    }
    if best.memoryGiB < own.memoryGiB, let reason = need.memoryShortfall {
      let text = "not moved to \(best.type)"
      let why =
        "\(reason); \(best.type) has less memory (\(rounded(best.memoryGiB, 1)) GiB against \(rounded(own.memoryGiB, 1)))"
      return Advice(verdict(.refused, service, text, because: why, evidence))
    }
    let text = "move from \(current) to \(best.type)"
    let confidence: Confidence = need.cpuCoverage.permille >= 950 ? .high : .medium
    let name = service.name
    return Advice(
      verdict(.recommended, service, text, because: need.summary, evidence, confidence),
      isForCapacity: !own.fits, change: { plan in plan.setType(best.type, of: name) })
  }
}
