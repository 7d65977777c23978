// The states of a CloudWatch alarm, M of N with missing data: "Using Amazon CloudWatch alarms", "Configuring how
// CloudWatch alarms treat missing data" (AlarmThatSendsEmail.md of the user guide).

/// The state of an alarm, as CloudWatch spells it.
package enum AlarmState: String, CaseIterable, Sendable {
  case ok = "OK"
  case alarm = "ALARM"
  case insufficientData = "INSUFFICIENT_DATA"
}

/// What an alarm takes missing datapoints for, as CloudWatch spells it.
package enum MissingDataTreatment: String, CaseIterable, Sendable {
  case missing, ignore, breaching, notBreaching
}

/// How many datapoints of how many must breach.
package struct AlarmRule: Sendable {
  /// M.
  package var needed: Int
  /// N, the evaluation periods.
  package var periods: Int
  package var treatment: MissingDataTreatment

  package init(needed: Int, periods: Int, treatment: MissingDataTreatment) {
    self.needed = needed
    self.periods = periods
    self.treatment = treatment
  }

  /// The state in which the datapoints of the evaluation range put an alarm.
  package func state(of window: borrowing AlarmWindow, after previous: AlarmState) -> AlarmState {
    guard window.realCount < periods else {
      return window.breaching(amongNewest: periods) >= needed ? .alarm : .ok
    }
    switch treatment {
    case .breaching: return window.breachingCount + periods - window.realCount >= needed ? .alarm : .ok
    case .notBreaching: return window.breachingCount >= needed ? .alarm : .ok
    case .missing, .ignore: return undecidedState(of: window, after: previous)
    }
  }

  /// Of an alarm that fills nothing in: it goes by what is there.
  private func undecidedState(of window: borrowing AlarmWindow, after previous: AlarmState) -> AlarmState {
    if window.breachingCount >= needed { return .alarm }
    if window.breachingCount < window.realCount { return .ok }
    if treatment == .ignore { return previous }
    // All that is there breaches. Where the oldest is as old as M, nothing that comes late could be before it: waiting
    // for more makes no sense, and the alarm goes off early.
    return window.oldestAge.map { $0 >= needed } ?? false ? .alarm : .insufficientData
  }
}
