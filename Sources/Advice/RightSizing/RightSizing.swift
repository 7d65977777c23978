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
    let evidence = need.evidence
    guard let current = context.mainType(of: service.name, in: plan) else {
      return Advice(verdict(.refused, service, "not judged", because: "no instance ran", evidence))
    }
    if let reason = need.cpuShortfall {
      return Advice(verdict(.refused, service, "not judged", because: reason, evidence))
    }
    let candidates = try Candidate.list(service, current: current, need: need, context)
    var detailed = evidence
    detailed.figures += candidates.map { .init($0.type, $0.note) }
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

/// What the instances of a service need, by dimension.
struct SizeNeed: Sendable {
  let cpuCoverage: Coverage
  /// Why CPU or memory does not carry a judgement; nil when it does.
  let cpuShortfall: String?
  let memoryShortfall: String?
  let vcpu: Double
  /// nil when memory is not measured well enough.
  let memoryGiB: Double?
  let meanVcpu: Double
  let evidence: Evidence
  let summary: String

  init(_ service: Service, _ context: AdviceContext) throws(DataError) {
    let rules = context.rules
    let peak = context.samples(of: service.name, .cpuMaxPercent)
    let mean = context.samples(of: service.name, .cpuPercent)
    let cpu = peak.runs.isEmpty ? mean : peak
    let memory = context.samples(of: service.name, .memoryPercent)
    let usedVcpu = try Self.percentileUse(cpu.runs, service, context) { Double($0.vcpu) } ?? 0
    let usedMemory = try Self.percentileUse(memory.runs, service, context) { $0.memoryGiB }
    let p = rules.percentile
    cpuCoverage = cpu.coverage
    cpuShortfall = context.shortfall(cpu.coverage, seconds: cpu.seconds, of: "CPU")
    memoryShortfall = context.shortfall(memory.coverage, seconds: memory.seconds, of: "memory")
    vcpu = usedVcpu / (1 - Double(rules.cpuHeadroomPercent) / 100)
    let reserve = max(rules.memoryHeadroomPercent, service.reservedMemoryPercent ?? 0)
    memoryGiB = memoryShortfall == nil ? usedMemory! / (1 - Double(reserve) / 100) : nil
    let means = try Self.use(mean.runs, context) { Double($0.vcpu) }.flatMap(\.values)
    meanVcpu = means.isEmpty ? 0 : means.reduce(0, +) / Double(means.count)
    let memoryText = memoryGiB.map {
      "p\(p) \(rounded(usedMemory!, 2)) GiB / (1 - \(reserve) %) = \(rounded($0, 2)) GiB"
    }
    let cpuText = "p\(p) \(rounded(usedVcpu, 2)) vCPU / (1 - \(rules.cpuHeadroomPercent) %) = \(rounded(vcpu, 2)) vCPU"
    evidence = Evidence(
      period: context.period, coverage: cpu.coverage,
      figures: [
        .init("CPU samples", peak.runs.isEmpty ? "5-minute means" : "highest minute of each interval"),
        .init("CPU need an instance", cpuText),
        .init("mean CPU use an instance", "\(rounded(meanVcpu, 2)) vCPU"),
        .init("memory need an instance", memoryText ?? memoryShortfall!),
        .init("memory coverage", memory.coverage.description),
      ])
    summary =
      "needs \(rounded(vcpu, 2)) vCPU and "
      + (memoryGiB.map { "\(rounded($0, 1)) GiB" } ?? "an unknown amount of memory")
      + " an instance at p\(p) with headroom"
  }
}

extension SizeNeed {
  /// Use in units of the instance: vCPUs or GiB, by instance.
  private static func use(
    _ runs: [(run: InstanceRun, percents: [Double])], _ context: AdviceContext,
    size: (InstanceSpecification) -> Double
  ) throws(DataError) -> [(resource: String, values: [Double])] {
    var use: [(resource: String, values: [Double])] = []
    for (run, percents) in runs {
      let offered = size(try context.catalogue.specification(run.type))
      use.append((run.resource, percents.map { $0 / 100 * offered }))
    }
    return use
  }

  /// The percentile that must fit: over all instances where they share the work, of the neediest one where each has a role of
  /// its own (a primary and its replicas); nil without samples.
  private static func percentileUse(
    _ runs: [(run: InstanceRun, percents: [Double])], _ service: Service, _ context: AdviceContext,
    size: (InstanceSpecification) -> Double
  ) throws(DataError) -> Double? {
    let use = try use(runs, context, size: size)
    let groups =
      service.approach == .horizontal
      ? [use.flatMap(\.values)]
      : Dictionary(grouping: use, by: \.resource).values.map { $0.flatMap(\.values) }
    return groups.compactMap { percentile(context.rules.percentile, of: $0) }.max()
  }
}

/// One type of the list, held against the need.
struct Candidate: Sendable {
  let type: String
  let hourly: Money
  let memoryGiB: Double
  let failures: [String]
  let price: PriceNote
  var fits: Bool { failures.isEmpty }
  let note: String

  /// The service's list and the current type, cheapest first.
  static func list(_ service: Service, current: String, need: SizeNeed, _ context: AdviceContext)
    throws(DataError) -> [Candidate]
  {
    var candidates: [Candidate] = []
    for type in Set(service.instanceTypes + [current]).sorted() {
      candidates.append(try Candidate(type, of: service, current: current, need: need, context))
    }
    return candidates.sorted {
      ($0.hourly, $0.memoryGiB, $0.type) < ($1.hourly, $1.memoryGiB, $1.type)
    }
  }

  init(_ type: String, of service: Service, current: String, need: SizeNeed, _ context: AdviceContext)
    throws(DataError)
  {
    let specification = try context.catalogue.specification(type)
    let price = try context.catalogue.onDemand(
      context.kind(type, of: service), at: context.period.start)
    self.type = type
    hourly = price.hourly
    memoryGiB = specification.memoryGiB
    self.price = context.engine.note(price)
    var failures: [String] = []
    if Double(specification.vcpu) < need.vcpu {
      failures.append("CPU: \(specification.vcpu) vCPU < \(rounded(need.vcpu, 2))")
    }
    if let memory = need.memoryGiB, specification.memoryGiB < memory {
      failures.append("memory: \(rounded(specification.memoryGiB, 2)) GiB < \(rounded(memory, 2))")
    }
    if let burst = specification.burst, type != current {
      let baseline = burst.baselinePercentPerVcpu / 100 * Double(specification.vcpu)
      if need.meanVcpu > baseline {
        failures.append(
          "CPU credits: mean use \(rounded(need.meanVcpu, 2)) vCPU > baseline \(rounded(baseline, 2))")
      }
    }
    self.failures = failures
    let fitting = need.memoryGiB == nil ? "CPU fits, memory unknown" : "fits"
    note = failures.isEmpty ? fitting : failures.joined(separator: "; ")
  }
}

/// In which dimensions a type carries less than a service's instances needed; empty when it fits.
/// - Throws: ``DataError`` when the book lacks the type's price or specification.
package func fit(of type: String, _ service: Service, _ context: AdviceContext) throws(DataError) -> [String] {
  let need = try SizeNeed(service, context)
  return try Candidate(type, of: service, current: "", need: need, context).failures
}
