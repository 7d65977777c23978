import Model

extension VerdictWords {
  /// Why a size is moved to, kept, or not judged.
  func text(_ reason: SizeReason) -> String {
    switch reason {
    case .move(let move):
      text(move.gain) + (move.memoryShort.map { "; \($0.memoryText)" } ?? "")
        + (move.growth.map { "; carries \($0.text)" } ?? "")
        + (move.saturated.map { "; CPU was \($0.text)" } ?? "")
        + (move.passedOver.map { "; not \($0.size.text): \($0.text)" } ?? "")
    case .nothingCarries(let range, let shortfalls):
      "no type of \(range.text) carries the need: \(shortfalls.text(in: currency))"
    case .nothingElseListed: "no other type is on the list"
    case .nothingElsePriced: "the price book has no other type that may be proposed"
    case .unpriced(let types): "the price book has no price or specification of \(types.joined(separator: ", "))"
    case .tooSmall(let size, let shortfalls): "\(size.text) would not do: \(shortfalls.text(in: currency))"
    case .nothingCheaper: "nothing smaller may be taken"
    case .effort(let size, let migration, let percent):
      "\(size.text) is cheaper by less than the \(percent) % that moving to \(migration.text) counts for"
    case .expectedLoss(let loss, let own):
      "the expected loss of \(loss.size.text) is \(lossText(loss.percent)), of \(own.size.text) \(lossText(own.percent))"
    case .replay(let other, let own):
      "\(other.instances.text) would cost \(text(other)), \(own.instances.text) \(currency.listText(own.cost))"
    case .doubt(let doubt): "\(doubt.text), and nothing with no less is better"
    case .saturated(let samples, let reason): "\(text(reason)); CPU was \(samples.text)"
    }
  }

  /// Why a size is better than what runs.
  private func text(_ gain: SizeGain) -> String {
    switch gain {
    case .fits(let need, let counting): need.text + (counting.map { "; its \($0.text)" } ?? "")
    case .leastLoss(let risk, let share, let before, let memory, let ahead):
      "least expected loss of those that fit, at \(risk.rawValue) risk: \(shortText(share))"
        + (before.map { " in place of \(rounded($0 * 100, 2)) %" } ?? "")
        + (memory.map { "; needs \(rounded($0, 1)) GiB an instance" } ?? "")
        + (ahead.map { ", \(rounded($0, 1)) with growth" } ?? "")
    case .replay(let cost, let own):
      "\(cost.instances.text) carry it for \(text(cost)), \(own.instances.text) for \(currency.listText(own.cost))"
    case .carries(let cost, let own, let shortfalls):
      "\(own.text): \(shortfalls.text(in: currency)); \(cost.instances.text) carry it for \(text(cost))"
    }
  }

  /// `61.20 by replay`, with the days of it where they are not the month's.
  func text(_ cost: ReplayedCost) -> String {
    currency.listText(cost.cost) + " by replay" + (cost.days.map { " of \($0) days" } ?? "")
      + (cost.isWeighed ? " in which the newer hours count more" : "")
  }
}

extension SizeMove {
  /// `move from m5.large to c6g.large, another architecture (arm64)`.
  var text: String { "move from \(from.text) to \(to.text)" + (migration.isWithinFamily ? "" : ", \(migration.text)") }
}

extension SizeDoubt {
  /// Why a better size may not be taken.
  fileprivate var text: String {
    switch less {
    case .each(let gib, let own):
      "\(unknown.text); \(size.type) has less memory (\(rounded(gib, 1)) GiB against \(rounded(own, 1)))"
    case .vcpus(let vcpus, let own):
      "\(unknown.text); \(size.type) has fewer vCPUs (\(rounded(vcpus, 2)) against \(rounded(own, 2)))"
    case .together(let these, let own):
      "\(unknown.text); \(these.text) have less of it together than \(own.text)"
    }
  }
}

extension InstanceNeed {
  /// `needs 2.08 vCPU and 13.0 GiB an instance at p99.5 with headroom`, and what it needs with growth.
  fileprivate var text: String {
    "needs \(Self.text(vcpu, memoryGiB)) an instance at p\(percentile) with headroom" + growthText
  }

  /// `, 2.31 vCPU and 14.4 GiB with growth`; headroom is there for growth, so that often no more is needed.
  private var growthText: String {
    guard let ahead else { return "" }
    let isMore = ahead.vcpu != vcpu || ahead.memoryGiB != memoryGiB
    return isMore ? ", \(Self.text(ahead.vcpu, ahead.memoryGiB)) with growth" : ", which growth stays within"
  }

  private static func text(_ vcpu: Double?, _ memoryGiB: Double?) -> String {
    "\(vcpu.map { rounded($0, 2) } ?? "an unknown number of") vCPU and "
      + (memoryGiB.map { "\(rounded($0, 1)) GiB" } ?? "an unknown amount of memory")
  }
}

extension CountedVcpus {
  /// `2 vCPU count as 1.86`.
  fileprivate var text: String { "\(vcpus) vCPU count as \(rounded(counted, 2))" }
}

/// `30.9 % of the cost now`.
func lossText(_ percent: Double) -> String { "\(rounded(percent, 1)) % of the cost now" }

/// `short 1.04 % of time`.
func shortText(_ share: Double) -> String { "short \(rounded(share * 100, 2)) % of time" }

extension CountedType {
  /// `m5.large`, `3 x cache.m5.large`, `2 to 5 x t3.medium`.
  var text: String { counts.map { "\(countText($0)) x \(type)" } ?? type }
}

/// `2 to 5`.
func countText(_ counts: ClosedRange<Int>) -> String {
  let (least, most) = (counts.lowerBound, counts.upperBound)
  return least == most ? grouped(most) : "\(grouped(least)) to \(grouped(most))"
}

extension Migration {
  var isWithinFamily: Bool { effort == .none }

  /// `another architecture (arm64)`.
  var text: String {
    switch effort {
    case .none: "the same family"
    case .otherFamily: "another family"
    case .otherArchitecture: "another architecture (\(architecture ?? "unknown"))"
    }
  }
}

extension CandidateRange {
  /// `the list`, `the same family`, `m6*, !x2gd*`.
  fileprivate var text: String {
    switch self {
    case .list: "the list"
    case .catalogue: "the price book"
    case .sameFamily: "the same family"
    case .sameArchitecture: "the same architecture"
    case .currentGeneration: "the current generation"
    default: description
    }
  }
}

extension SizeDimension {
  var name: String {
    switch self {
    case .cpu: "CPU"
    case .memory: "memory"
    case .cache: "database cache"
    case .network: "network"
    case .ebs: "EBS throughput"
    case .iops: "EBS IOPS"
    case .metric(let metric): metric.rawValue
    }
  }

  /// ` vCPU`; empty for a metric, whose name says it.
  private var unit: String {
    switch self {
    case .cpu: " vCPU"
    case .memory, .cache: " GiB"
    case .network, .ebs: " Mbit/s"
    case .iops: " IOPS"
    case .metric: ""
    }
  }

  /// A whole number of a metric without decimals.
  private func number(_ amount: Double) -> String {
    switch self {
    case .cpu, .memory, .cache: rounded(amount, 2)
    case .network, .ebs: rounded(amount, 1)
    case .iops: rounded(amount, 0)
    case .metric: rounded(amount, amount == amount.rounded() ? 0 : 2)
    }
  }

  /// `2.07 vCPU`.
  func text(_ amount: Double) -> String { number(amount) + unit }

  /// `CPU: 2 vCPU < 2.07`: whole vCPUs are what a type has.
  fileprivate func text(offered: Double, needed: Double) -> String {
    let isWhole = self == .cpu && offered == offered.rounded()
    return "\(name): \(isWhole ? rounded(offered, 0) : number(offered))\(unit) < \(number(needed))"
  }
}

extension CountBinding {
  /// `memory`, `the loss of a zone`.
  var text: String {
    switch self {
    case .dimension(let dimension): dimension.name
    case .zoneLoss: "the loss of a zone"
    case .minimum(let count): "the minimum of \(count)"
    }
  }
}

extension PerformanceRisk {
  /// `0.3 % of intervals, longest 2 h 5 min`.
  var text: String {
    guard exceeded > 0 else { return "never" }
    let percent = exceeded == intervals ? "100" : share < 0.0005 ? "below 0.1" : rounded(min(share * 100, 99.9), 1)
    return "\(percent) % of intervals, longest \(durationText(longestSeconds))"
  }
}

extension PerformanceRisk {
  /// `memory short for 2 h 10 min (0.3 % of intervals, longest 2 h 5 min)`.
  fileprivate var memoryText: String { "memory short for \(durationText(exceededSeconds)) (\(text))" }
}

extension [SizeShortfall] {
  /// `CPU: 2 vCPU < 2.07; memory: 8.00 GiB < 12.96`.
  func text(in currency: BillCurrency) -> String { map { $0.text(in: currency) }.joined(separator: "; ") }
}

extension SizeShortfall {
  fileprivate func text(in currency: BillCurrency) -> String {
    switch self {
    case .capacity(let dimension, let offered, let needed): dimension.text(offered: offered, needed: needed)
    case .creditBaseline(let mean, let baseline, let surplus):
      "CPU credits: mean use \(rounded(mean, 2)) vCPU > baseline \(rounded(baseline, 2))"
        + surplusText(surplus, in: currency)
    case .throttled(let risk): "CPU credits: throttled \(risk.text) in standard mode"
    case .memoryShort(let risk): "memory: too little \(risk.text)"
    case .count(let count, let binding, let maximum):
      "\(grouped(count)) at once for \(binding.text), the maximum is \(maximum)"
    case .idleMemory(let offered, let percent, let idle):
      "memory: \(rounded(offered, 2)) GiB less \(percent) % < \(rounded(idle, 2)) that each fills without load"
    case .idleInDoubt(let idle):
      "memory: dearer where the \(rounded(idle, 2)) GiB that each fills always are no load"
    case .saturated(let samples): "CPU: less of it, and what runs was \(samples.text)"
    case .growth(let growth): "with \(growth.text)"
    }
  }
}

extension SizeGrowth {
  /// `1.11 times the demand, as expected within 90 days`.
  var text: String {
    "\(rounded(factor, 2)) times the demand, as expected within \(durationText(Int64(days) * 86_400))"
  }
}

extension SaturatedSamples {
  /// `at 99.5 % and more in 312 of 8,928 samples, which say what was needed at least`.
  var text: String {
    let parts = [(full, "at 99.5 % and more"), (capped, "out of credits")].filter { $0.0 > 0 }
    let found = parts.map { "\($0.1) in \(grouped($0.0))" }.joined(separator: " and ")
    return "\(found) of \(grouped(total)) samples, which say what was needed at least"
  }
}

/// `, surplus 4.32 in the period`; empty where none would be charged.
func surplusText(_ surplus: Money, in currency: BillCurrency) -> String {
  surplus == .zero ? "" : ", surplus \(currency.listText(surplus)) in the period"
}
