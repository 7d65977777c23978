import Analysis
import Model

/// A type and a number of nodes.
struct VerticalCandidate: SizeCandidate {
  let sizing: VerticalSizing
  let offer: TypeOffer
  let count: Int
  /// Of an hour of all of them.
  let cost: Money
  let rank: Int128

  var rung: Int128 { rank }
  var monthly: Money { cost.charge(for: Int128(hoursAMonth), per: 1) }
  var counts: ClosedRange<Int> { count...count }
  var name: String { sizing.service.cluster == nil ? type : "\(count) x \(type)" }
  /// Nodes beside those that ran.
  var nodesRatio: Double { Double(count) / Double(sizing.nodes) }
  private var specification: InstanceSpecification { offer.specification }

  /// What one node offers; nil where that does not count, or is not known.
  private func offered(_ dimension: SizeDimension) -> Double? {
    if dimension == .cpu, sizing.risk != nil { return nil }
    return specification.offer(dimension, to: sizing.service, speed: offer.speed)
  }

  /// What credits earn; nil for types that do not burst.
  private var baselineVcpu: Double? {
    specification.burst.map { $0.baselinePercentPerVcpu / 100 * Double(specification.vcpu) * offer.speed }
  }

  /// Of the neediest node.
  private var meanVcpu: Double { sizing.need.neediestMeanVcpu / nodesRatio }
  /// True for a type whose credits would run out. One that runs is judged by what it did.
  private var lacksCredits: Bool { type != sizing.current.type && baselineVcpu.map { meanVcpu > $0 } ?? false }

  var fits: Bool {
    sizing.need.dimensions.allSatisfy { $0.isMet(by: offered($0.dimension), ofEach: nodesRatio) } && !lacksCredits
  }

  /// The dimensions that it is too small in, in figures; credits that would run out as the vCPUs that they allow.
  var shortfalls: [SizeShortfall] {
    let shortfalls = sizing.need.dimensions.compactMap { $0.shortfall(of: offered($0.dimension), ofEach: nodesRatio) }
    guard lacksCredits, let baselineVcpu else { return shortfalls }
    return shortfalls + [
      SizeShortfall(dimension: "CPU credits", unit: "vCPU", decimals: 2, offered: baselineVcpu, needed: meanVcpu)
    ]
  }

  var failures: [String] {
    let failures = sizing.need.dimensions.compactMap { $0.failure(of: offered($0.dimension), ofEach: nodesRatio) }
    guard lacksCredits, let baselineVcpu else { return failures }
    return failures + [
      "CPU credits: mean use \(rounded(meanVcpu, 2)) vCPU > baseline \(rounded(baselineVcpu, 2))\(surplusWords)"
    ]
  }

  /// `, surplus 4.32 in the period`; empty where none would be charged.
  private var surplusWords: String {
    guard let burst = specification.burst, let price = burst.surplusPerVcpuHour, burst.mode != .standard else {
      return ""
    }
    let scale = 1 / (nodesRatio * offer.speed)
    let surplus = sizing.use.reduce(Int128(0)) {
      $0 + burst.surplus(of: $1.meanVcpu.map { $0.map { $0 * scale } }, stepSeconds: sizing.context.grid.stepSeconds)
    }
    let cost = price.charge(for: surplus * Int128(count), per: 3_600_000_000 * Int128(sizing.nodes))
    return cost == .zero ? "" : ", surplus \(sizing.context.engine.listed(cost)) in the period"
  }

  /// What is left when memory is reserved.
  private var usableGiB: Double {
    specification.memoryGiB * Double(100 - (sizing.service.reservedMemoryPercent ?? 0)) / 100
  }

  /// How often what was used would have been more than the type has, without headroom.
  private var risk: PerformanceRisk {
    var risk = PerformanceRisk()
    for instance in sizing.use {
      risk.add(
        instance.exceeding { dimension in
          let offered =
            dimension == .memory
            ? usableGiB : specification.offer(dimension, to: sizing.service, speed: offer.speed)
          return offered.map { $0 * nodesRatio }
        })
    }
    return risk
  }

  /// Whether it fits, how often it would not have done, and from which use on a burstable one costs more than the cheapest
  /// fixed type that is dearer than it.
  func note(among offers: [TypeOffer]) -> String {
    let fitting = sizing.need.memoryGiB == nil ? "CPU fits, memory unknown" : "fits"
    var words = failures.isEmpty ? fitting : failures.joined(separator: "; ")
    if let share = sizing.expectedShare(self) {
      words +=
        "; expected loss \(lossWords), short \(rounded(share * 100, 2)) % of time"
    }
    words += "; too small \(risk.words(stepSeconds: sizing.context.grid.stepSeconds))"
    if !lacksCredits { words += surplusWords }
    if offer.effort != .none { words += "; \(offer.effort.words(specification))\(offer.speedWords)" }
    if let reserved = sizing.service.reservedMemoryPercent, reserved > 0 {
      let hundredths = Int64((usableGiB * 100).rounded(.down))
      words += "; \(ScaledDecimal(mantissa: hundredths, scale: 2)) GiB for data, \(reserved) % reserved"
    }
    return words + offer.breakEvenWords(among: offers)
  }

  func reason(beside own: VerticalCandidate, _ need: SizeNeed, _ rules: ReviewRules) -> String {
    if let risk = sizing.risk, let share = sizing.expectedShare(self) {
      return
        "least expected loss of those that fit, at \(risk.rawValue) risk: short \(rounded(share * 100, 2)) % of time"
        + (need.memoryGiB.map { "; needs \(rounded($0, 1)) GiB an instance" } ?? "")
    }
    let counted = Double(specification.vcpu) * offer.speed
    return need.summary(rules)
      + (offer.speed == 1 ? "" : "; its \(specification.vcpu) vCPU count as \(rounded(counted, 2))")
  }

  func reasonAgainst(beside own: VerticalCandidate) -> String {
    if cost >= own.cost { return "nothing smaller may be taken" }
    return sizing.risk == nil
      ? "\(name) is cheaper by less than the \(offer.effortPercent) % that moving to \(offer.effort.words(specification)) counts for"
      : "the expected loss of \(name) is \(lossWords), of \(own.name) \(own.lossWords)"
  }

  /// `30.9 % of the cost now`.
  private var lossWords: String { "\(rounded(Double(rank) / 1e9, 1)) % of the cost now" }

  func doubt(beside own: VerticalCandidate, _ need: SizeNeed) -> String? {
    if let doubt = need.doubt(in: specification, instead: own.specification) { return doubt }
    let (gibs, now) = (specification.memoryMilliGiB * Int64(count), own.specification.memoryMilliGiB * Int64(own.count))
    guard need.memoryGiB == nil, gibs < now else { return nil }
    return "\(need[.memory]!.words); \(name) have less of it together than \(own.name)"
  }

  func change(from own: VerticalCandidate) -> Resize {
    Resize(service: sizing.service.name, type: type, count: count == own.count ? .kept : .nodes(count))
  }
}
