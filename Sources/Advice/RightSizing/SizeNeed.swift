import Analysis
import Model

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
  private let cpu, memory: InstanceSamples

  init(_ service: Service, _ context: AdviceContext) throws(DataError) {
    let rules = context.rules
    let peak = context.samples(of: service.name, .cpuMaxPercent)
    let mean = context.samples(of: service.name, .cpuPercent)
    cpu = peak.runs.isEmpty ? mean : peak
    memory = context.samples(of: service.name, .memoryPercent)
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
        .init("CPU samples", peak.runs.isEmpty ? Self.meansWords(context.grid) : "highest minute of each interval"),
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

  /// The evidence with what a closer look shows: use beyond the headroom, and how samples are spread.
  func detailed(_ use: [InstanceUse], _ context: AdviceContext) -> Evidence {
    var detailed = evidence
    detailed.figures.insert(headroomFigure(use, context), at: 2)
    detailed.distributions = [
      Distribution("CPU, percent of the instance", cpu.runs.flatMap(\.percents)),
      Distribution("Memory, percent of the instance", memory.runs.flatMap(\.percents)),
    ].filter { $0.count > 0 }
    return detailed
  }

  /// What means cannot show.
  private static func meansWords(_ grid: SampleGrid) -> String {
    // A spike of 12 seconds to 100 % in an interval otherwise idle.
    let percent = rounded(min(100, 1200 / Double(grid.stepSeconds)), 1)
    return
      "\(grid.stepSeconds / 60)-minute means, in which a spike of 12 seconds to 100 % adds \(percent) % and is invisible"
  }

  /// How often the use of CPU reached into the headroom: in a sustained breach, or in spikes of one interval.
  private func headroomFigure(_ use: [InstanceUse], _ context: AdviceContext) -> Evidence.Figure {
    var risk = PerformanceRisk()
    for instance in use {
      let line = Double(100 - context.rules.cpuHeadroomPercent) / 100 * instance.offeredVcpu
      risk.add(instance.peakVcpu.map { $0.map { $0 > line } })
    }
    let spikes = risk.spikes == 0 ? "" : "; \(grouped(risk.spikes)) of them spikes of one interval"
    return .init("CPU in the headroom", risk.words(stepSeconds: context.grid.stepSeconds) + spikes)
  }
}

/// What one instance used in each slot it ran in, in units of its type; nil where unmeasured.
struct InstanceUse: Sendable {
  let offeredVcpu: Double
  let meanVcpu: [Double?]
  /// The highest minute where that is measured, else the mean.
  let peakVcpu: [Double?]
  let memoryGiB: [Double?]

  /// Of all instances that ran in the period, in the inventory's order.
  static func of(_ service: Service, _ context: AdviceContext) throws(DataError) -> [InstanceUse] {
    var all: [InstanceUse] = []
    for run in context.inventory where run.service == service.name {
      guard let overlap = run.overlap(with: context.period) else { continue }
      let specification = try context.catalogue.specification(run.type)
      let slots = context.grid.slot(overlap.start)..<(context.grid.slot(overlap.end.advanced(by: -1)) + 1)
      func values(_ metric: Metric, _ whole: Double) -> [Double?] {
        let series = context.series[SeriesKey(service: service.name, resource: run.resource, metric: metric)]
        let percents = series?.aligned(to: context.grid, slots: slots, in: overlap)
        return percents?.map { $0.map { $0 / 100 * whole } } ?? slots.map { _ in nil }
      }
      let mean = values(.cpuPercent, Double(specification.vcpu))
      let peak = values(.cpuMaxPercent, Double(specification.vcpu))
      all.append(
        InstanceUse(
          offeredVcpu: Double(specification.vcpu), meanVcpu: mean, peakVcpu: zip(peak, mean).map { $0 ?? $1 },
          memoryGiB: values(.memoryPercent, specification.memoryGiB)))
    }
    return all
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
