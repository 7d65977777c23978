import Analysis
import Model

/// One type of the list, held against the need.
struct Candidate: Sendable {
  let type: String
  let hourly: Money
  let memoryGiB: Double
  let failures: [String]
  let price: PriceNote
  var fits: Bool { failures.isEmpty }
  private let specification: InstanceSpecification
  private let need: SizeNeed
  private let use: [InstanceUse]
  private let stepSeconds: Int64
  /// Percent of memory that data may not use; 0 for none.
  private let reservedPercent: Int

  /// The service's list and the current type, cheapest first.
  static func list(
    _ service: Service, current: String, need: SizeNeed, use: [InstanceUse], _ context: AdviceContext
  ) throws(DataError) -> [Candidate] {
    var candidates: [Candidate] = []
    for type in Set(service.instanceTypes + [current]).sorted() {
      candidates.append(try Candidate(type, of: service, current: current, need: need, use: use, context))
    }
    return candidates.sorted {
      ($0.hourly, $0.memoryGiB, $0.type) < ($1.hourly, $1.memoryGiB, $1.type)
    }
  }

  init(
    _ type: String, of service: Service, current: String, need: SizeNeed, use: [InstanceUse], _ context: AdviceContext
  ) throws(DataError) {
    specification = try context.catalogue.specification(type)
    let price = try context.catalogue.onDemand(
      context.kind(type, of: service), at: context.period.start)
    self.type = type
    hourly = price.hourly
    memoryGiB = specification.memoryGiB
    self.price = context.engine.note(price)
    self.need = need
    self.use = use
    stepSeconds = context.grid.stepSeconds
    reservedPercent = service.reservedMemoryPercent ?? 0
    failures = Self.failures(specification, current: current, need: need, use, context)
  }

  private static func failures(
    _ specification: InstanceSpecification, current: String, need: SizeNeed, _ use: [InstanceUse],
    _ context: AdviceContext
  ) -> [String] {
    var failures: [String] = []
    if Double(specification.vcpu) < need.vcpu {
      failures.append("CPU: \(specification.vcpu) vCPU < \(rounded(need.vcpu, 2))")
    }
    if let memory = need.memoryGiB, specification.memoryGiB < memory {
      failures.append("memory: \(rounded(specification.memoryGiB, 2)) GiB < \(rounded(memory, 2))")
    }
    guard let burst = specification.burst, specification.type != current else { return failures }
    let baseline = burst.baselinePercentPerVcpu / 100 * Double(specification.vcpu)
    guard need.meanVcpu > baseline else { return failures }
    var words = "CPU credits: mean use \(rounded(need.meanVcpu, 2)) vCPU > baseline \(rounded(baseline, 2))"
    if let price = burst.surplusPerVcpuHour {
      let surplus = use.reduce(Int128(0)) {
        $0 + burst.surplus(of: $1.meanVcpu, stepSeconds: context.grid.stepSeconds)
      }
      let cost = price.charge(for: surplus, per: 3_600_000_000)
      words +=
        ", surplus \(context.engine.rate(Money(nanoDollars: Cents(cost).count * Money.nanoPerCent))) in the period"
    }
    return failures + [words]
  }

  /// What is left when memory is reserved.
  private var usableGiB: Double { memoryGiB * Double(100 - reservedPercent) / 100 }

  /// How often what was used would have been more than the type has.
  private var risk: PerformanceRisk {
    var risk = PerformanceRisk()
    let vcpu = Double(specification.vcpu)
    for instance in use {
      risk.add(
        zip(instance.peakVcpu, instance.memoryGiB).map { cpu, memory -> Bool? in
          cpu == nil && memory == nil ? nil : (cpu ?? 0) > vcpu || (memory ?? 0) > usableGiB
        })
    }
    return risk
  }

  /// What a reader is told of it: whether it fits, how often it would not have done, and from which use on a burstable one
  /// costs more than the cheapest fixed type that is dearer than it.
  func note(among candidates: [Candidate]) -> String {
    let fitting = need.memoryGiB == nil ? "CPU fits, memory unknown" : "fits"
    var words = failures.isEmpty ? fitting : failures.joined(separator: "; ")
    words += "; too small \(risk.words(stepSeconds: stepSeconds))"
    if reservedPercent > 0 {
      let hundredths = Int64((usableGiB * 100).rounded(.down))
      words += "; \(ScaledDecimal(mantissa: hundredths, scale: 2)) GiB for data, \(reservedPercent) % reserved"
    }
    let fixed = candidates.first { $0.specification.burst == nil && $0.hourly > hourly }
    if let burst = specification.burst, let fixed,
      let permille = burst.breakEvenPermille(vcpu: specification.vcpu, hourly: hourly, fixed: fixed.hourly)
    {
      words +=
        permille >= 1000
        ? "; cheaper than \(fixed.type) even with surplus"
        : "; with surplus cheaper than \(fixed.type) up to \(permille / 10).\(permille % 10) % mean CPU"
    }
    return words
  }
}

/// In which dimensions a type carries less than a service's instances needed; empty when it fits.
/// - Throws: ``DataError`` when the book lacks the type's price or specification.
package func fit(of type: String, _ service: Service, _ context: AdviceContext) throws(DataError) -> [String] {
  let need = try SizeNeed(service, context)
  let use = try InstanceUse.of(service, context)
  return try Candidate(type, of: service, current: "", need: need, use: use, context).failures
}
