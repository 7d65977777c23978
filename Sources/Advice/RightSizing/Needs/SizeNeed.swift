import Analysis
import Model

/// What the instances of a service need, by dimension.
struct SizeNeed: Sendable {
  /// In the order of ``SizeDimension``; those that are measured or that the fleet file speaks of.
  private(set) var dimensions: [DimensionNeed]
  private(set) var meanVcpu: Double
  /// Of the instance whose own mean is the greatest; where they share the work, of all.
  private(set) var neediestMeanVcpu: Double
  /// True when nearly every sample was seen of all that must be known, and of all that the fleet file limits.
  let isMeasuredWell: Bool
  /// Samples of the highest minutes, where there are any, else of the means.
  let cpu: InstanceSamples
  let memory: InstanceSamples
  /// In which samples of CPU that was all there was.
  let saturation: CPUSaturation
  /// True where too many of them are for the need of CPU to be known: it is at least what was used.
  let isSaturated: Bool
  /// Of what is judged where it is measured, that which is not.
  let unmeasured: [SizeDimension]
  private let arePeaks: Bool

  /// - Parameter current: the type that most runs of; vCPUs of others are counted as so many of its own.
  /// - Throws: ``DataError`` when a type that ran has no specification.
  init(_ service: Service, current: String, _ context: AdviceContext) throws(DataError) {
    let samples = NeedSamples(service, current: current, context)
    let peak = try samples.instances(.cpuMaxPercent)
    let mean = try samples.instances(.cpuPercent)
    cpu = peak.parts.isEmpty ? mean : peak
    memory = try samples.instances(.memoryPercent)
    saturation = try CPUSaturation(service, cpu: cpu, mean: mean, context.catalogue)
    isSaturated = saturation.share > 1 - context.rules.percentile.double / 100
    dimensions = try samples.needs(cpu: cpu, isAtLeast: isSaturated, memory: memory)
    (meanVcpu, neediestMeanVcpu) = try samples.meanVcpu(mean)
    arePeaks = !peak.parts.isEmpty
    unmeasured = samples.unmeasured(dimensions)
    isMeasuredWell =
      dimensions.allSatisfy { $0.coverage.permille >= 950 } && samples.limited(dimensions).isEmpty
  }

  /// The same need of more demand, or of less, in every dimension.
  func scaled(by factor: Double) -> SizeNeed {
    var copy = self
    copy.dimensions = dimensions.map { $0.scaled(by: factor) }
    copy.meanVcpu *= factor
    copy.neediestMeanVcpu *= factor
    return copy
  }

  subscript(dimension: SizeDimension) -> DimensionNeed? { dimensions.first { $0.dimension == dimension } }

  /// With headroom; nil when CPU is not measured well enough.
  var vcpu: Double? { self[.cpu]?.amount }
  /// With headroom; nil when memory is not measured well enough.
  var memoryGiB: Double? { self[.memory]?.amount }
  /// Why CPU does not carry a judgement; nil when it does.
  var cpuShortfall: CoverageShortfall? { self[.cpu]?.shortfall }

  /// True where CPU is not measured at all, and what an instance carries is known by a limit of each that is measured.
  var isSizedByLimits: Bool {
    cpuShortfall?.lack == .unmeasured
      && dimensions.contains { need in
        if case .metric = need.dimension { need.amount != nil } else { false }
      }
  }

  /// How sure a verdict on it is: low where CPU is known as means of longer intervals than the analysis's own, which hide
  /// peaks, as no more than what was used up, or not at all.
  func confidence(_ context: AdviceContext) -> Confidence {
    cpu.parts.isEmpty || isSaturated || isCoarse(context) ? .low : isMeasuredWell ? .high : .medium
  }

  private func isCoarse(_ context: AdviceContext) -> Bool { !arePeaks && cpu.stepSeconds > context.grid.stepSeconds }

  /// What its reader is told of it.
  /// - Parameter growth: so many times the demand, which what is moved to carries; 1 for what was measured.
  func summary(_ rules: ReviewRules, carrying growth: Double = 1) -> InstanceNeed {
    var summary = InstanceNeed(vcpu: vcpu, memoryGiB: memoryGiB, percentile: rules.percentile)
    if growth > 1 {
      summary.ahead = InstanceNeed.Ahead(
        vcpu: self[.cpu]?.carrying(growth).amount, memoryGiB: self[.memory]?.carrying(growth).amount)
    }
    return summary
  }

  /// Why a type may not be put in place of another: it has less of what is not measured well enough; nil when it may.
  /// - Parameters:
  ///   - size: what it is called where it is chosen.
  ///   - speed: what one of its vCPUs does, beside one of the other's.
  func doubt(
    in type: InstanceSpecification, called size: CountedType, instead own: InstanceSpecification, speed: Double
  ) -> SizeDoubt? {
    let unknown = dimensions.first { $0.amount == nil && ($0.dimension == .memory || $0.dimension == .cache) }
    if type.memoryMilliGiB < own.memoryMilliGiB, let shortfall = unknown?.shortfall {
      return SizeDoubt(size, unknown: shortfall, less: .each(gib: type.memoryGiB, ownGiB: own.memoryGiB))
    }
    guard let shortfall = cpuShortfall else { return nil }
    if Double(type.vcpu) * speed < Double(own.vcpu) {
      return SizeDoubt(size, unknown: shortfall, less: .vcpus(Double(type.vcpu) * speed, own: Double(own.vcpu)))
    }
    guard type.sustainedVcpus * speed < own.sustainedVcpus else { return nil }
    return SizeDoubt(size, unknown: shortfall, less: .vcpus(type.sustainedVcpus * speed, own: own.sustainedVcpus))
  }

  /// What it rests on, use beyond the headroom and how samples are spread included.
  /// - Parameter use: of all instances.
  func evidence(_ use: [InstanceUse], _ context: AdviceContext) -> Evidence {
    var figures: [SizeFigure] = []
    if !cpu.parts.isEmpty { figures.append(.cpuSamples(cpuSamples(context))) }
    if let samples = saturation.samples { figures.append(.saturated(samples)) }
    if let days = context.rules.halfLifeDays { figures.append(.halfLife(days: days)) }
    for need in dimensions {
      figures.append(.need(need))
      guard need.dimension == .cpu, !cpu.parts.isEmpty else { continue }
      figures += [.cpuInHeadroom(headroomRisk(use, context)), .meanCPU(vcpu: meanVcpu)]
    }
    if !unmeasured.isEmpty { figures.append(.unmeasured(unmeasured)) }
    var evidence = Evidence(
      period: context.lookback.period, coverage: cpu.coverage, figures: figures.map { .size($0) })
    evidence.distributions = [
      Distribution(of: .cpu, cpu.parts.flatMap(\.values)), Distribution(of: .memory, memory.parts.flatMap(\.values)),
    ].filter { $0.count > 0 }
    return evidence
  }

  private func cpuSamples(_ context: AdviceContext) -> CPUSamples {
    if arePeaks { return .peaks(stepSeconds: cpu.stepSeconds) }
    return isCoarse(context) ? .coarseMeans(stepSeconds: cpu.stepSeconds) : .means(stepSeconds: cpu.stepSeconds)
  }

  /// How often the use of CPU reached into the headroom: in a sustained breach, or in spikes of one interval.
  private func headroomRisk(_ use: [InstanceUse], _ context: AdviceContext) -> PerformanceRisk {
    var risk = PerformanceRisk(stepSeconds: context.grid.stepSeconds)
    for instance in use {
      let line = Double(100 - context.rules.cpuHeadroomPercent) / 100 * instance.offeredVcpu
      risk.add(instance.peakVcpu.map { $0.map { $0 > line } }, stepSeconds: instance.stepSeconds)
    }
    return risk
  }
}

extension InstanceSpecification {
  /// What it may use all day: of a burstable type what credits are earned for.
  fileprivate var sustainedVcpus: Double {
    burst.map { $0.baselinePercentPerVcpu / 100 * Double(vcpu) } ?? Double(vcpu)
  }

  /// True where so many times its CPU is less than that of another, all of it or what may be used all day.
  func hasLessCPU(times factor: Double, than other: InstanceSpecification, times otherFactor: Double = 1) -> Bool {
    func isLess(_ own: Double, _ others: Double) -> Bool { own * factor * (1 + 1e-9) < others * otherFactor }
    return isLess(Double(vcpu), Double(other.vcpu)) || isLess(sustainedVcpus, other.sustainedVcpus)
  }
}
