import Model

extension VerdictWords {
  /// A figure behind how much of a service is spot.
  func fact(_ figure: SpotFigure) -> ReportFact {
    switch figure {
    case .refused(let reason): ReportFact("spot", .text(text(reason)))
    case .prices(let prices): ReportFact("spot price", .text(prices.map(text).joined(separator: "; ")))
    case .interruptionRates(let rates):
      ReportFact(
        "instances taken back a month", .text("\(rates.map(\.text).joined(separator: ", ")); the upper end counts"))
    case .cost(let cost): ReportFact("spot cost", .text(text(cost)))
    case .pools(let pools):
      ReportFact(
        "spot pools",
        .text("\(pools.reduce(0) { $0 + $1.zones.count }): \(pools.map(\.text).joined(separator: "; "))"))
    case .floor(let rule): ReportFact("floor", .text(rule.text))
    case .leftOut(let types): ReportFact("spot left out", .text(text(types)))
    case .use(let use):
      ReportFact("spot share", .text(use?.text ?? "none: no slot has an instance to spare when a pool is lost"))
    case .policy(let policy, let broken):
      ReportFact(
        "mixed-instances policy",
        .text(
          "on-demand base \(policy.base), \(policy.onDemandPercentAboveBase) % on demand above it, "
            + "price-capacity-optimized over the spot pools; in \(grouped(broken)) slots the loss of the largest pool would "
            + "leave too few"))
    case .interruptions(let most):
      ReportFact("spot interruptions in these instance-hours, at most", .measured(most, decimals: 2))
    case .poolLoss(let probability):
      ReportFact(
        "a pool lost in a month",
        .text(
          "probability at most \(percentText(probability)), however pools depend on one another, if every interruption "
            + "takes its whole pool"))
    case .worstLoss(let loss): ReportFact("worst loss", .text(loss.text))
    }
  }

  /// Why spot is not offered, to follow `spot: `.
  private func text(_ reason: SpotReason) -> String {
    switch reason {
    case .notInterruptible: "not interruptible"
    case .notRunning: "no instance ran"
    case .unmeasured: "CPU usage is not measured"
    case .uncovered(let shortfall): shortfall.text
    case .noneCheaper(let onDemand, let leftOut):
      "no spot capacity below \(currency.listText(hourly: onDemand)) on demand: \(text(leftOut))"
    }
  }

  private func text(_ leftOut: [SpotLeftOut]) -> String {
    leftOut.map { "\($0.type): \(text($0.reason))" }.joined(separator: "; ")
  }

  private func text(_ reason: SpotLeftOut.Reason) -> String {
    switch reason {
    case .notAsLarge(let needed): "smaller than \(needed), or of unknown size"
    case .unpriced(let inNamedZones): "no spot price\(inNamedZones ? " in the zones named" : "")"
    case .notCheaper(let hourly): "\(currency.listText(hourly: hourly)), not below on demand"
    case .savesNoMore(let hourly): "\(currency.listText(hourly: hourly)), saves no more"
    }
  }

  /// `c5.large 0.03485/h (derived): 0.085/h on demand less 59 %, estimated on 2025-06-28`.
  private func text(_ price: SpotTypePrice) -> String {
    let hourly = "\(price.type) \(currency.listText(hourly: price.hourly)) (derived)"
    switch price.basis {
    case .history(let span, let end): return "\(hourly): mean of \(span.text) to \(end.utcDate)"
    case .estimate(let onDemand, let percent, let day):
      return "\(hourly): \(currency.listText(hourly: onDemand)) on demand less \(percent) %, "
        + "estimated on \(day.utcDate)"
    }
  }

  private func text(_ cost: SpotCost) -> String {
    let (rate, unit) = (cost.rate, currency.dollarUnit)
    return "\(rate.price)\(unit) + \(rate.rework)\(unit) rework (\(cost.reworkPercent) %) + "
      + "\(rate.fallback)\(unit) on demand for \(cost.replacement.description) after each interruption = "
      + "\(currency.listText(hourly: rate.hourly)) (derived) against \(currency.listText(hourly: cost.onDemand)) on demand"
  }
}

extension SpotInterruptionRate {
  fileprivate var text: String { "\(type) \(bucket ?? "unknown, taken as every one")" }
}

extension SpotTypePools {
  fileprivate var text: String {
    let named = zones.filter { $0 != "" }
    return named.isEmpty ? type : "\(type) in \(named.joined(separator: ", "))"
  }
}

extension SpotFloorRule {
  /// `without the largest pool CPU at most 90 %; never the first 1; at most 50 % spot; not measured: memory`.
  fileprivate var text: String {
    let missing = unmeasured.isEmpty ? "" : "; not measured: \(unmeasured.map(\.name).joined(separator: ", "))"
    return "without the largest pool \(limits.map(\.text).joined(separator: ", ")); never the first \(minimum); "
      + "at most \(maximumPercent) % spot\(missing)"
  }
}

extension SpotLimit {
  fileprivate var text: String {
    switch self {
    case .share(let dimension, let percent): "\(dimension.name) at most \(trimmed(percent)) %"
    case .amount(let dimension, let amount): "\(dimension.name) at most \(trimmed(amount)) an instance"
    case .shareOfAmount(let dimension, let percent, let amount):
      "\(dimension.name) at most \(trimmed(percent)) % of \(trimmed(amount)) an instance"
    case .queue(let deadline): "the queue as short again within \(deadline.description)"
    }
  }
}

extension SpotDimension {
  fileprivate var name: String {
    switch self {
    case .cpu: "CPU"
    case .memory: "memory"
    case .metric(let metric): metric.rawValue
    }
  }
}

extension SpotUse {
  /// `1,289 of 3,834 instance-hours (33.6 %), at most 4 at once`.
  fileprivate var text: String {
    let gaps = unmeasuredSlots == 0 ? "" : "; \(grouped(unmeasuredSlots)) slots without measurements are run alike"
    return "\(grouped(spotHours)) of \(grouped(allHours)) instance-hours "
      + "(\(percentText(Double(spotSeconds) / Double(allSeconds)))), at most \(most) at once\(gaps)"
  }
}

extension SpotLoss {
  /// `1 at once; memory then reaches 89.0 % (critical above 90 %)`.
  fileprivate var text: String { "\(instances) at once" + (nearest.map { "; \($0.text)" } ?? "") }
}

extension SpotLoss.Effect {
  fileprivate var text: String {
    switch self {
    case .load(.metric(let metric), let reached, let critical):
      return "\(metric.rawValue) then reaches \(rounded(reached, 1)) an instance (critical above \(trimmed(critical)))"
    case .load(let dimension, let reached, let critical):
      return "\(dimension.name) then reaches \(rounded(reached, 1)) % (critical above \(trimmed(critical)) %)"
    case .queue(let recovery, let deadline):
      let after = recovery.map { "as short again after \($0) s" } ?? "never as short again"
      return "the queue is \(after) (deadline \(deadline.description))"
    }
  }
}

/// At most one decimal: `90`, `62.5`.
private func trimmed(_ value: Double) -> String {
  rounded(value, abs(value - value.rounded()) < 0.05 ? 0 : 1)
}
