// What happened while thresholds were crossed, in a sentence each.

import Analysis
import Model

/// Puts events into words.
struct EventWords {
  let clock: LocalClock
  /// The code of what costs are in.
  let currency: String

  /// What happened, and whether capacity came in time: one sentence or two, without a full stop at the end.
  func sentence(_ event: ThresholdEvent) -> String {
    let response = responses(event)
    return what(event) + (response.isEmpty ? "" : "; \(response)")
  }

  private func what(_ event: ThresholdEvent) -> String {
    switch event.kind {
    case .recurring: recurring(event)
    case .withinUsual: withinUsual(event)
    case .usersGrew:
      "users grew: \(users(event, atMost: true))" + (largestLoad(event).map { ", \($0) with them" } ?? "")
    case .loadWithoutUsers:
      "load without users: \(largestLoad(event) ?? ""); users as usual, \(users(event, atMost: false))"
    case .loadGrew: "load grew: \(largestLoad(event) ?? ""); users are not measured"
    case .oneServiceAlone: alone(event)
    case .followed: followed(event)
    case .unknown: "\(met(event)); what is usual then is not known"
    }
  }

  // MARK: What comes back

  private func recurring(_ event: ThresholdEvent) -> String {
    let time = clock.text(event.start).suffix(5)
    let graver = zip(Severity.allCases, event.daysAtLevel).dropFirst().filter {
      $0.1 > 0 && $0.1 < event.daysAtLevel[0]
    }
    .map { "\($0.0.rawValue) on \($0.1)" }
    let levels = graver.isEmpty ? "" : " (\(graver.joined(separator: ", ")))"
    return "comes back at \(time) on \(days(event))\(levels): \(met(event))"
  }

  private func withinUsual(_ event: ThresholdEvent) -> String {
    let metric = event.conditions.first?.metric.rawValue ?? ""
    let place = event.recurrence.map { $0.count * 2 >= $0.of } ?? false ? "within" : "at the edge of"
    return
      "met on \(days(event)) with \(metric) as usual at the time, \(peak(event)): the level lies \(place) what is normal"
  }

  private func days(_ event: ThresholdEvent) -> String {
    guard let recurrence = event.recurrence else { return "several days" }
    return "\(recurrence.count) of \(recurrence.of) \(recurrence.days.rawValue)"
  }

  /// The gravest condition with its peak, and the names of the others.
  private func met(_ event: ThresholdEvent) -> String {
    let others = event.conditions.dropFirst().map(\.metric.rawValue).eachOnce()
    let first = event.conditions.first.map { "\($0.metric.rawValue) \(peak(event))" } ?? ""
    return first + (others.isEmpty ? "" : ", with \(firstOf(others, most: 4))")
  }

  /// `at most 238 on 2026-10-27`, of a node `at most 91 on 2026-10-27, node db-1`.
  private func peak(_ event: ThresholdEvent) -> String {
    guard let condition = event.conditions.first, let peak = condition.peak else { return "" }
    let word = condition.condition.comparison == .above ? "at most" : "at least"
    let day = event.isOnce ? "" : " on \(clock.text(peak.instant).prefix(10))"
    return "\(word) \(sizedText(peak.value))\(day)" + (peak.node.map { " (\($0))" } ?? "")
  }

  // MARK: What happened once

  private func users(_ event: ThresholdEvent, atMost: Bool) -> String {
    guard let users = event.users else { return "not measured" }
    let usual = "\(sizedText(users.comparison.mean)) for \(sizedText(users.comparison.usual))"
    guard atMost else { return usual }
    let times = users.comparison.ratio.map { "\(rounded($0, 1)) times the usual, " } ?? ""
    return "\(times)\(usual), at most \(sizedText(users.peak.value))"
  }

  /// The load that grew most: `edge requests_per_second 6.1 times the usual (1,844 for 300)`.
  private func largestLoad(_ event: ThresholdEvent) -> String? {
    guard let most = event.largestLoad else { return nil }
    return "\(most.service) \(most.metric.rawValue) \(change(most.comparison))"
  }

  private func change(_ comparison: UsualComparison) -> String {
    let figures = "\(sizedText(comparison.mean)) for \(sizedText(comparison.usual))"
    return comparison.ratio.map { "\(rounded($0, 1)) times the usual (\(figures))" } ?? "\(figures) usually"
  }

  private func alone(_ event: ThresholdEvent) -> String {
    let steady = event.steady.map(\.metric.rawValue)
    let own = event.origin.map { "\($0.service) alone: \($0.metric.rawValue) \(usually($0.comparison))" }
    let asked = steady.isEmpty ? "" : "; \(firstOf(steady, most: 4)) as usual, so no more was asked of it"
    return (own ?? "\(event.scopes.first ?? "") alone: \(met(event))") + asked
  }

  private func followed(_ event: ThresholdEvent) -> String {
    let first = event.origin.map { "\($0.service): \($0.metric.rawValue) \(usually($0.comparison))" }
    let origin = event.origin?.service ?? event.scopes.first
    let others = event.departures.filter { $0.service != origin }.map { departure in
      let times = departure.comparison.ratio.map { "\(rounded($0, 1)) times" } ?? usually(departure.comparison)
      return "\(departure.service) \(departure.metric.rawValue) \(times)\(departure.isAfter ? " after it" : "")"
    }
    let users = event.users.map { $0.comparison.departure == nil ? "; users as usual" : "" } ?? ""
    return "began in \(first ?? met(event)); followed by \(firstOf(others, most: 4))\(users)"
  }

  private func usually(_ comparison: UsualComparison) -> String {
    "\(sizedText(comparison.mean)) for \(sizedText(comparison.usual)) usually"
  }

  // MARK: Capacity

  private func responses(_ event: ThresholdEvent) -> String {
    let late = event.responses.filter(\.isLate)
    let risen = event.responses.filter { $0.rose != nil && !$0.isLate }
    let stayed = event.severity > .warning ? event.responses.filter { $0.rose == nil } : []
    var words: [String] = []
    if !late.isEmpty {
      let hours = sizedText(Double(event.lateSeconds) / 3600)
      let cost = event.lateCost.map { " for \(Cents($0).grouped) \(currency)" } ?? ""
      words.append("scaled too late: \(changes(late)), when it was over, \(hours) instance-hours\(cost)")
    }
    if !risen.isEmpty { words.append("scaled: \(changes(risen))") }
    if !stayed.isEmpty {
      words.append(firstOf(stayed.map { "\($0.service) stayed at \(grouped($0.before))" }))
    }
    return words.joined(separator: "; ")
  }

  private func changes(_ responses: [ScalingResponse]) -> String {
    firstOf(
      responses.map {
        "\($0.service) \(grouped($0.before)) to \(grouped($0.most)) after \(durationText($0.delaySeconds))"
      }, most: 4)
  }
}

extension ThresholdEvent {
  /// What is asked that grew most beside its usual; nil where nothing did.
  var largestLoad: MetricDeparture? {
    loads.max { a, b in (a.comparison.ratio ?? .infinity) < (b.comparison.ratio ?? .infinity) }
  }
}

/// A measured number as large as it is: `1,844`, `72.2`, `0.67`.
func sizedText(_ value: Double) -> String {
  let size = abs(value)
  let decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return roundedDecimal(value, decimals)?.normalised.grouped ?? unroundedText(value)
}
