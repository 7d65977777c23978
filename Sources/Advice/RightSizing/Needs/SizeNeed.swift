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
  let evidence: Evidence

  /// - Parameter current: the type that most runs of; vCPUs of others are counted as so many of its own.
  /// - Throws: ``DataError`` when a type that ran has no specification.
  init(_ service: Service, current: String, _ context: AdviceContext) throws(DataError) {
    let samples = NeedSamples(service, current: current, context)
    let peak = samples.instances(.cpuMaxPercent)
    let mean = samples.instances(.cpuPercent)
    cpu = peak.parts.isEmpty ? mean : peak
    memory = samples.instances(.memoryPercent)
    dimensions = try samples.needs(cpu: cpu, memory: memory)
    (meanVcpu, neediestMeanVcpu) = try samples.meanVcpu(mean)
    evidence = Evidence(
      period: context.lookback.period, coverage: cpu.coverage,
      figures: [
        .init("CPU samples", peak.parts.isEmpty ? Self.meansWords(context.grid) : "highest minute of each interval")
      ] + (context.rules.halfLifeDays.map { [.init("half-life", "samples count half for every \($0) days")] } ?? [])
        + Self.figures(dimensions, meanVcpu: meanVcpu) + samples.unmeasured(dimensions))
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

  /// With headroom.
  var vcpu: Double { self[.cpu]?.amount ?? 0 }
  /// With headroom; nil when memory is not measured well enough.
  var memoryGiB: Double? { self[.memory]?.amount }
  /// Why CPU does not carry a judgement; nil when it does.
  var cpuShortfall: String? { self[.cpu]?.shortfall }

  /// `needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom`.
  func summary(_ rules: ReviewRules) -> String {
    "needs \(rounded(vcpu, 2)) vCPU and "
      + (memoryGiB.map { "\(rounded($0, 1)) GiB" } ?? "an unknown amount of memory")
      + " an instance at p\(rules.percentile) with headroom"
  }

  /// Why a type may not be put in place of another: it has less of what is not measured well enough; nil when it may.
  func doubt(in type: InstanceSpecification, instead own: InstanceSpecification) -> String? {
    guard type.memoryMilliGiB < own.memoryMilliGiB else { return nil }
    let doubts = dimensions.filter { $0.amount == nil && ($0.dimension == .memory || $0.dimension == .cache) }
    return doubts.first.map {
      "\($0.words); \(type.type) has less memory (\(rounded(type.memoryGiB, 1)) GiB against \(rounded(own.memoryGiB, 1)))"
    }
  }

  /// The evidence with what a closer look shows: use beyond the headroom, and how samples are spread.
  func detailed(_ use: [InstanceUse], _ context: AdviceContext) -> Evidence {
    var detailed = evidence
    let place =
      detailed.figures.firstIndex {
        if case .labelled(let label, _) = $0 { label.hasPrefix("mean CPU") } else { false }
      } ?? 0
    detailed.figures.insert(headroomFigure(use, context), at: place)
    detailed.distributions = [
      Distribution("CPU, percent of the instance", cpu.parts.flatMap(\.values)),
      Distribution("Memory, percent of the instance", memory.parts.flatMap(\.values)),
    ].filter { $0.count > 0 }
    return detailed
  }

  private static func figures(_ needs: [DimensionNeed], meanVcpu: Double) -> [EvidenceFigure] {
    var figures: [EvidenceFigure] = []
    for need in needs {
      figures.append(.init("\(need.dimension.rawValue) need an instance", need.words))
      switch need.dimension {
      case .cpu: figures.append(.init("mean CPU use an instance", "\(rounded(meanVcpu, 2)) vCPU"))
      case .memory: figures.append(.init("memory coverage", need.coverage.description))
      default: break
      }
    }
    return figures
  }

  /// What means cannot show.
  private static func meansWords(_ grid: SampleGrid) -> String {
    // A spike of 12 seconds to 100 % in an interval otherwise idle.
    let percent = rounded(min(100, 1200 / Double(grid.stepSeconds)), 1)
    return
      "\(grid.stepSeconds / 60)-minute means, in which a spike of 12 seconds to 100 % adds \(percent) % and is invisible"
  }

  /// How often the use of CPU reached into the headroom: in a sustained breach, or in spikes of one interval.
  private func headroomFigure(_ use: [InstanceUse], _ context: AdviceContext) -> EvidenceFigure {
    var risk = PerformanceRisk()
    for instance in use {
      let line = Double(100 - context.rules.cpuHeadroomPercent) / 100 * instance.offeredVcpu
      risk.add(instance.peakVcpu.map { $0.map { $0 > line } })
    }
    let spikes = risk.spikes == 0 ? "" : "; \(grouped(risk.spikes)) of them spikes of one interval"
    return .init("CPU in the headroom", risk.words(stepSeconds: context.grid.stepSeconds) + spikes)
  }
}
