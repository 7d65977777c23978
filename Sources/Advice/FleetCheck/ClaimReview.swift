// What the owners' document claims, held against what was measured: what each user causes and takes, and what is needed at a
// number of users.
//
// A figure for each user is held where the measured one is within a quarter of it. What users cause is taken at the month's
// peak: of the slots in which there were as many users as in the busiest hundredth. What memory they take is the slope of a
// straight line of memory over users, where that explains half of its variance.

import Analysis
import Model

/// What became of a claim.
package struct ClaimVerdict: Hashable, Sendable {
  package enum Status: Hashable, Sendable {
    case held, refuted
    /// With the reason.
    case notMeasured(String)
  }

  package var service: String
  /// `2 requests_per_second a user`.
  package var claim: String
  package var path: DocumentPath
  package var status: Status
  /// What was measured, in the claim's unit; nil where nothing was, or where it is no number.
  package var measured: Double?
  /// The same in words; empty where nothing was.
  package var measuredText = ""
  /// What the measured figure rests on.
  package var basis = ""
  /// How many times too much or too little was claimed.
  package var weight = 1.0
}

/// Every claim that history could tell about, in the order of the file.
struct ClaimReview {
  private(set) var verdicts: [ClaimVerdict] = []

  /// By how much of the claim a measured figure may differ.
  static let tolerance = 0.25

  init(_ facts: CheckFacts) throws(DataError) {
    let measure = try facts.history.map { history throws(DataError) in try ClaimMeasure(history) }
    for (_, service) in facts.fleet.placedServices {
      for (path, claim) in facts.perUser(service) {
        for (loadPath, load) in placed(claim.loadPerUser, path.key("load_per_user")) {
          verdicts.append(try Self.load(load, loadPath, service, measure))
        }
        if let memory = claim.memoryMbPerUser {
          verdicts.append(try Self.memory(memory, path.key("memory_mb_per_user"), service, measure))
        }
      }
      for row in facts.stated(of: service) {
        verdicts += try Self.capacity(row, service, measure)
      }
    }
  }

  private static func load(
    _ load: LoadPerUser, _ path: DocumentPath, _ service: Service, _ measure: ClaimMeasure?
  ) throws(DataError) -> ClaimVerdict {
    let claim = "\(load.value) \(load.metric.rawValue) a user"
    var verdict = ClaimVerdict(service: service.name, claim: claim, path: path, status: .notMeasured("no history"))
    guard let measure else { return verdict }
    guard let found = try measure.perUser(load.metric, of: service) else {
      verdict.status = .notMeasured(measure.why("\(load.metric.rawValue) of the service"))
      return verdict
    }
    verdict.judge(found.value, against: load.value.double, " a user")
    verdict.basis = "in the \(grouped(found.slots)) intervals of at least \(figureText(found.users)) users"
    return verdict
  }

  private static func memory(
    _ memory: ScaledDecimal, _ path: DocumentPath, _ service: Service, _ measure: ClaimMeasure?
  ) throws(DataError) -> ClaimVerdict {
    var verdict = ClaimVerdict(
      service: service.name, claim: "\(memory) MB a user", path: path, status: .notMeasured("no history"))
    guard let measure else { return verdict }
    guard let found = try measure.memoryPerUser(of: service) else {
      verdict.status = .notMeasured(measure.why("memory that follows users"))
      return verdict
    }
    verdict.judge(found.value, against: memory.double, " MB a user")
    verdict.basis =
      "the slope of memory over users, which explains \(rounded(found.explained * 100, 0)) % of its variance"
      + found.each
    return verdict
  }

  private static func capacity(
    _ row: StatedCapacity, _ service: Service, _ measure: ClaimMeasure?
  ) throws(DataError) -> [ClaimVerdict] {
    var verdicts: [ClaimVerdict] = []
    if let count = row.count, service.approach == .group {
      let type = row.type.map { " \($0)" } ?? ""
      var verdict = ClaimVerdict(
        service: service.name, claim: "\(count)\(type) \(row.at)", path: row.countPath,
        status: .notMeasured("no history"))
      if let measure { try measure.judge(&verdict, count, row, service) }
      verdicts.append(verdict)
    } else if let type = row.type, service.approach == .cluster {
      var verdict = ClaimVerdict(
        service: service.name, claim: "\(type) \(row.at)", path: row.typePath, status: .notMeasured("no history"))
      if let measure { try measure.judge(&verdict, type: type, row, service) }
      verdicts.append(verdict)
    }
    return verdicts
  }
}

extension ClaimVerdict {
  fileprivate mutating func judge(_ value: Double, against claimed: Double, _ unit: String) {
    measured = value
    measuredText = "\(figureText(value))\(unit)"
    let isHeld = abs(value - claimed) <= claimed * ClaimReview.tolerance
    status = isHeld ? .held : .refuted
    weight = max(value, claimed) / max(min(value, claimed), 1e-9)
  }
}
