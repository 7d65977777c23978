import Model

extension VerdictWords {
  /// A figure behind a size.
  func facts(_ figure: SizeFigure) -> [ReportFact] {
    switch figure {
    case .cpuSamples(let samples): [ReportFact("CPU samples", .text(samples.text))]
    case .saturated(let samples): [ReportFact("CPU saturation", .text(samples.text))]
    case .growth(let growth, let outgrown):
      [
        ReportFact(
          "growth", .text(growth.text + (outgrown.isEmpty ? "" : "; what runs: \(outgrown.text(in: currency))")))
      ]
    case .halfLife(let days): [ReportFact("half-life of samples", .count(days), unit: "days")]
    case .need(let need): need.facts
    case .cpuInHeadroom(let risk):
      [ReportFact("CPU in the headroom", .text(risk.text + (risk.spikes == 0 ? "" : "; \(spikeText(risk))")))]
    case .meanCPU(let vcpu): [ReportFact("mean CPU use an instance", .measured(vcpu, decimals: 2), unit: "vCPU")]
    case .unmeasured(let dimensions):
      [ReportFact("not measured", .text(dimensions.map(\.name).joined(separator: ", ")))]
    case .storage(let outlook): [outlook.fact]
    case .zoneLoss(let risk): [ReportFact("loss of a zone", .text(zoneText(risk)))]
    case .candidate(let candidate): [fact(candidate)]
    case .unpriced(let types):
      [
        ReportFact(
          "not looked at", .text("\(types.joined(separator: ", ")): no price or specification in the price book"))
      ]
    case .lookedAt(let count): [ReportFact("looked at", .count(count), unit: "types and counts")]
    }
  }

  private func spikeText(_ risk: PerformanceRisk) -> String {
    "\(grouped(risk.spikes)) of them spikes of one interval"
  }

  private func zoneText(_ risk: PerformanceRisk?) -> String {
    risk.map { "what ran would have been too little \($0.text)" } ?? "it runs in one zone, whose loss takes all of it"
  }

  private func fact(_ candidate: CandidateFigure) -> ReportFact {
    let words = text(candidate)
    guard !candidate.isPermitted else { return ReportFact(candidate.size.text, .text(words)) }
    return ReportFact(
      "not on the list, \(candidate.migration.text)",
      .text("\(candidate.size.text) \(words); at \(currency.listText(hourly: candidate.hourly))"))
  }

  /// Whether it fits, what it would have been like, and what moving there takes.
  private func text(_ candidate: CandidateFigure) -> String {
    let shortfalls = candidate.shortfalls.text(in: currency)
    switch candidate.trial {
    case nil: return shortfalls
    case .nodes(let trial):
      return (shortfalls.isEmpty ? trial.fitting : shortfalls) + text(trial) + candidate.moveText
        + (trial.data.map { "; \($0.gib) GiB for data, \($0.reservedPercent) % reserved" } ?? "")
        + candidate.breakEvenText
    case .replay(let trial):
      return (shortfalls.isEmpty ? "" : "\(shortfalls); ") + text(trial) + candidate.moveText + candidate.breakEvenText
    }
  }

  private func text(_ trial: NodeTrial) -> String {
    let expected = trial.expected.map { "; expected loss \(lossText($0.lossPercent)), \(shortText($0.shortShare))" }
    return (expected ?? "") + "; too small \(trial.risk.text)" + surplusText(trial.surplus, in: currency)
  }

  private func text(_ trial: ReplayTrial) -> String {
    let beyond = trial.exceededMaximum.map { "more than the maximum of \($0); " } ?? ""
    let counts = trial.cost.instances.counts.map { "\(countText($0)) at once, " } ?? ""
    let surplus = trial.surplus > .zero ? "; of it \(currency.listText(trial.surplus)) for surplus credits" : ""
    return "\(beyond)\(counts)\(text(trial.cost)), for \(trial.binding.text); \(grouped(trial.changes)) changes, "
      + "\(trial.shortText)\(surplus)" + (trial.lossPercent.map { "; expected loss \(lossText($0))" } ?? "")
  }
}

extension NodeTrial {
  /// What is known to fit where nothing lacks: no more than its other figures say.
  fileprivate var fitting: String {
    switch (cpu, isMemoryKnown) {
    case (.fits, true): "fits"
    case (.fits, false): "CPU fits, memory unknown"
    case (.short, true): "memory fits"
    case (.short, false): "memory unknown"
    case (.unknown, true): "memory fits, CPU need unknown"
    case (.unknown, false): "CPU and memory need unknown"
    }
  }
}

extension ReplayTrial {
  /// `too few 0.3 % of intervals, longest 2 h 5 min`; at least that where what was used is all that there was.
  fileprivate var shortText: String {
    if isCPUKnown { return "too few \(risk.text)" }
    return risk.exceeded > 0 ? "too few at least \(risk.text)" : "how often too few is unknown"
  }
}

extension CPUSamples {
  fileprivate var text: String {
    switch self {
    case .peaks(let seconds): "highest minute of each \(stepText(seconds)) interval"
    case .means(let seconds): meanText(seconds)
    case .coarseMeans(let seconds): meanText(seconds) + ": a mean of so long an interval lowers the confidence"
    }
  }

  private func meanText(_ seconds: Int64) -> String {
    guard seconds > 12 else { return "\(stepText(seconds)) means" }
    // A spike of 12 seconds to 100 % in an interval that is otherwise idle.
    let percent = rounded(1200 / Double(seconds), 1)
    return "\(stepText(seconds)) means, in which a spike of 12 seconds to 100 % adds \(percent) % and is invisible"
  }
}

/// `5-minute`, `1-hour`, `10-second`.
func stepText(_ seconds: Int64) -> String {
  for (length, unit) in [(Int64(86_400), "day"), (3600, "hour"), (60, "minute")] where seconds % length == 0 {
    return "\(seconds / length)-\(unit)"
  }
  return "\(seconds)-second"
}

extension DimensionNeed {
  /// The need, and of memory how much was seen of it.
  fileprivate var facts: [ReportFact] {
    let need = ReportFact("\(dimension.name) need an instance", .text(text))
    guard dimension == .memory else { return [need] }
    return [need, ReportFact("memory coverage", .text(coverage.description))]
  }

  /// `p99.5 1.66 vCPU / (1 - 20 %) = 2.08 vCPU`, or why it is not known.
  private var text: String {
    guard let used, let amount else { return shortfall?.text ?? "" }
    let fitting = used / (1 - Double(headroomPercent) / 100)
    let division = headroomPercent == 0 ? "" : " / (1 - \(headroomPercent) %) = \(dimension.text(fitting))"
    return "p\(percentile) \(isAtLeast ? "at least " : "")\(dimension.text(used))\(division)"
      + (peak.map { "; \(text($0, of: amount))" } ?? "")
      + (isOfWholeService ? ", the whole service's on one node" : "")
  }

  /// `highest 15.76 GiB`, and what it needs where that is more than the percentile does.
  private func text(_ peak: Peak, of amount: Double) -> String {
    guard peak.amount == amount else { return "highest \(dimension.text(peak.used))" }
    return "highest \(dimension.text(peak.used))"
      + (peak.amount == peak.used ? ", which must fit" : ", for which \(dimension.text(peak.amount)) must be there")
  }
}

extension CandidateFigure {
  /// `; another family, 1.12 x as fast a vCPU (± 14 %), counted as 0.96`; empty within the family.
  fileprivate var moveText: String { migration.isWithinFamily ? "" : "; \(migration.text)\(speedText)" }

  private var speedText: String {
    guard let performance else { return ", its speed is not measured" }
    guard performance != .same else { return "" }
    return ", \(rounded(performance.ratio, 2)) x as fast a vCPU (± \(rounded(performance.noisePercent, 0)) %), "
      + "counted as \(rounded(performance.lowest, 2))"
  }

  fileprivate var breakEvenText: String {
    guard let breakEven else { return "" }
    let (type, permille) = (breakEven.fixedType, breakEven.permille)
    return permille >= 1000
      ? "; cheaper than \(type) even with surplus"
      : "; with surplus cheaper than \(type) up to \(permille / 10).\(permille % 10) % mean CPU"
  }
}

extension StorageOutlook {
  /// `storage: 68.0 GiB on 2026-10-31, grows ...; 80 % of 100 GiB on 2027-02-12 (...): shard before`.
  var fact: ReportFact { ReportFact("storage", .text(text)) }

  var text: String {
    let size = "\(rounded(gib, 1)) GiB on \(day)"
    let target = "\(shardingPercent) % of \(datasetGiB) GiB"
    if isReached { return "\(size), beyond \(target): shard now" }
    guard let growth else { return "\(size), of too few days for a trend; shard at \(target)" }
    let stated = statedPercentAYear.map { ", without the \($0) % a year that is stated of demand" } ?? ""
    if expected == .never { return "\(size), \(growth.text); \(target) is not in sight\(stated)" }
    return
      "\(size), \(growth.text); \(target) \(expected.text) (\(earliest.bare) to \(latest.bare))\(stated): shard before"
  }
}

extension StorageOutlook.Growth {
  /// `grows 0.115 GiB a day (95 %: 0.110 to 0.120, 60 days)`.
  fileprivate var text: String {
    let (lower, upper) = (rounded(confidence.lowerBound, 3), rounded(confidence.upperBound, 3))
    return "grows \(rounded(gibPerDay, 3)) GiB a day (95 %: \(lower) to \(upper), \(days) days)"
  }
}

extension StorageOutlook.Crossing {
  fileprivate var text: String { if case .on(let date) = self { "on \(date)" } else { bare } }

  fileprivate var bare: String {
    switch self {
    case .on(let date): date.description
    case .beyondACentury: "beyond 100 years"
    case .never: "never"
    }
  }
}
