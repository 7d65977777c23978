import Model

/// Which defaults of the fleet file decided something.
struct DefaultsUsed {
  /// Keys of a part that advice may go by and that nobody said, with what holds without them.
  private let review, purchase: [DefaultUsed]
  /// nil for a fleet that was not read from a file.
  private let written: WrittenServices?
  /// What the CPU of sizes is chosen by in place of a percentile with headroom, of it what nobody said; nil where it is not.
  private let risk: [DefaultUsed]?

  init(_ fleet: Fleet) {
    func unsaid(_ node: DocumentNode?, in part: String) -> [DefaultUsed] {
      guard let document = fleet.document, case .mapping(let entries)? = node?.content else { return [] }
      let said = document[key: part]
      return entries.filter { said?[key: $0.key] == nil }.map { entry in
        let text = entry.value.text ?? entry.value.elements.compactMap(\.text).joined(separator: ", ")
        return DefaultUsed(key: "\(part).\(entry.key)", value: text)
      }
    }
    review = unsaid(fleet.review.node, in: "review")
    risk = fleet.review.cpuRisk.map { risk in
      (fleet.review.risk == nil ? [DefaultUsed(key: "review.risk", value: risk.rawValue)] : [])
        + (fleet.review.holdDays == nil ? [DefaultUsed(key: "review.hold_days", value: "\(defaultHoldDays)")] : [])
    }
    purchase = unsaid(fleet.purchase.node, in: "purchase")
    written = fleet.document.map(WrittenServices.init)
  }

  /// Those that a step of advice on a service goes by and that nobody said.
  func deciding(_ step: AdviceStep, _ service: Service) -> [DefaultUsed] {
    guard let written else { return [] }
    func isUnsaid(_ key: String) -> Bool { written.value(key, of: service.name) == nil }
    let engine = isUnsaid("engine") ? [DefaultUsed(key: "engine", value: service.engine)] : []
    let approach = isUnsaid("approach") ? [DefaultUsed(key: "approach", value: service.approach.rawValue)] : []
    let rules = step.reviewKeys.compactMap { key in review.first { $0.key == "review.\(key)" } }
    switch step {
    case .waste, .tune, .mix: return []
    case .rightsize:
      guard let risk else { return engine + rules + approach }
      let ofPercentile = ["review.percentile", "review.cpu_headroom_percent"]
      return engine + rules.filter { !ofPercentile.contains($0.key) } + risk + approach
    case .schedule: return rules
    }
  }

  /// Those that purchases for the account go by and that nobody said.
  var decidingPurchases: [DefaultUsed] { written == nil ? [] : purchase.filter { $0.key == "purchase.offers" } }
}

extension AdviceStep {
  /// In the order in which evidence names them.
  fileprivate var reviewKeys: [String] {
    switch self {
    case .rightsize:
      [
        "required_coverage_percent", "minimum_hours", "percentile", "cpu_headroom_percent", "memory_headroom_percent",
      ]
    case .schedule: ["required_coverage_percent", "minimum_weeks", "cpu_headroom_percent", "memory_headroom_percent"]
    default: []
    }
  }
}
