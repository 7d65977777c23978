import Analytics
import Model

extension RecommendedAction {
  /// When to do it.
  var timingText: String {
    switch timing {
    case .now: "now"
    case .afterWatch(let days): "\(days) days after its resize"
    }
  }

  /// `; locks out r6g.large (79.30 USD a month less)`; empty where nothing better is known.
  func lockInText(in currency: BillCurrency) -> String {
    guard let most = lockIns.max(by: { $0.monthly < $1.monthly }) else { return "" }
    return "; locks out \(most.alternative.type) (\(Cents(most.monthly).grouped) \(currency.code) a month less)"
  }
}

extension VerdictWords {
  /// What to do now, without the times of a schedule, which the evidence has, and without what is bought later:
  /// `by the clock: 2 to 4 in 2 recurring actions`.
  func brief(_ verdict: Verdict) -> String {
    guard verdict.changes.count == 1, let scheduled = verdict.changes[0].change as? ScheduledCapacity else {
      var now = verdict
      now.later = []
      return action(now)
    }
    return "by the clock: \(scheduled.briefText)"
  }
}

extension ChangeEffort {
  var text: String {
    switch self {
    case .purchase: "a purchase"
    case .configuration: "a setting"
    case .rollingReplacement: "rolling replacement"
    case .restart: "restart"
    case .rebuild: "rebuild for another architecture"
    }
  }
}

extension ChangeRisk {
  /// `medium: restart of what holds data`.
  var text: String {
    let level =
      switch level {
      case .low: "low"
      case .medium: "medium"
      case .high: "high"
      }
    return "\(level): \(reasonText)"
  }

  private var reasonText: String {
    switch reason {
    case .reversible: "can be undone"
    case .restartOfData: "holds data"
    case .otherHardware: "other hardware"
    case .higherPeaks: "higher peaks"
    case .paidWhateverRuns: "paid whatever runs"
    case .interruptions: "interruptions"
    case .mayStillServe: "may still serve"
    case .otherAnswers: "answers may be worth less"
    case .laterAnswers: "answers come up to a day later"
    }
  }
}
