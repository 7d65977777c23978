import Analysis
import Clouds
import Model

/// What a bill is told by: the service, the instance type or charge, where it ran, whose it is, or a tag's value.
public enum CostKey: Hashable, Sendable {
  /// The fleet's service.
  case service
  /// The instance type, or the charge.
  case type
  /// Where it ran, as the price book calls it.
  case region
  /// The provider's number of the account.
  case account
  /// The namespace of Kubernetes, of what nodes cost.
  case namespace
  /// The model of the price book, `VENDOR/MODEL`, of what tokens cost.
  case model
  /// The value of a tag.
  case tag(String)

  /// `service`, `type`, `region`, `account`, `namespace`, `model`, `tag:KEY`; nil for anything else.
  public init?(_ text: String) {
    switch text {
    case "service": self = .service
    case "type": self = .type
    case "region": self = .region
    case "account": self = .account
    case "namespace": self = .namespace
    case "model": self = .model
    default:
      guard text.hasPrefix("tag:"), text.count > 4 else { return nil }
      self = .tag(String(text.dropFirst(4)))
    }
  }

  /// As it is asked for: `tag:team`.
  public var text: String {
    switch self {
    case .service: "service"
    case .type: "type"
    case .region: "region"
    case .account: "account"
    case .namespace: "namespace"
    case .model: "model"
    case .tag(let key): "tag:\(key)"
    }
  }
}

/// What a month cost by a key of what is billed. The rows add up to the total, and without a condition to the bill.
public struct CostByAnswer: Sendable {
  /// What is billed with one value of the key.
  public struct Row: Hashable, Sendable {
    /// nil for what has none: untagged, of no account that is known.
    public let value: String?
    /// How many instances it is of.
    public let instances: Int
    /// How long they ran together.
    public let seconds: Int64
    /// What it cost, upfront payments spread over their term.
    public let cost: Money
    /// True where the book lacks a price of what it is of.
    public var isIncomplete = false
  }

  /// The month and its clock.
  public let scope: MonthScope
  /// What the rows are told by.
  public let key: CostKey
  /// What they are limited to, each a key and a value; an empty value is none.
  public let conditions: [(key: CostKey, value: String)]
  /// What costs most first; what has no value of the key last.
  public let rows: [Row]
  /// What the whole month cost.
  public let billed: Money
  /// How long the instances of all rows ran together; where several rows have a part of one, it counts once.
  public let seconds: Int64
  package let currency: BillCurrency
  package let missingPrices: [MissingPrice]

  /// What the rows cost together.
  public var total: Money { rows.reduce(.zero) { $0 + $1.cost } }

  init(_ study: Study, by key: CostKey, where conditions: [(key: CostKey, value: String)]) throws(DataError) {
    let outcome = try study.outcome(Scenario())
    let values = CostValues(outcome.bill, study.context.engine)
    scope = MonthScope(study)
    (self.key, self.conditions) = (key, conditions)
    billed = outcome.bill.total
    currency = outcome.bill.currency
    missingPrices = outcome.bill.missingPrices
    let all = study.context.engine.shares(of: outcome.bill, outcome.plan)
    let isByNamespace = ([key] + conditions.map(\.key)).contains(.namespace)
    let parts = (isByNamespace ? all.flatMap(values.byNamespace) : all.map { CostPart(share: $0) }).filter { part in
      conditions.allSatisfy { (values.value(of: $0.key, part) ?? "") == $0.value }
    }
    let period = outcome.bill.period
    seconds = Set(parts.compactMap(\.share.run)).reduce(0) { $0 + ($1.overlap(with: period)?.seconds ?? 0) }
    let lacking = values.lacking(missingPrices, by: key, where: conditions, in: outcome, study.context.engine)
    let known = Dictionary(grouping: parts) { values.value(of: key, $0) }.map { value, parts in
      let runs = Set(parts.compactMap(\.share.run))
      return Row(
        value: value, instances: Set(runs.map { [$0.service, $0.resource] }).count,
        seconds: runs.reduce(0) { $0 + ($1.overlap(with: period)?.seconds ?? 0) },
        cost: parts.reduce(.zero) { $0 + $1.share.cost }, isIncomplete: lacking[value] != nil)
    }
    let named = Set(known.map(\.value))
    let unpriced = lacking.filter { !named.contains($0.key) }.map {
      Row(value: $0.key, instances: $0.value, seconds: 0, cost: .zero, isIncomplete: true)
    }
    rows = (known + unpriced).sorted { a, b in
      if (a.value == nil) != (b.value == nil) { return b.value == nil }
      return (b.cost, a.value ?? "") < (a.cost, b.value ?? "")
    }
  }
}

/// A share of a bill, or what a namespace has of one.
private struct CostPart {
  var share: BillShare
  /// nil for what is of no pool of nodes.
  var namespace: String?
}

/// What shares of a bill have of each key.
private struct CostValues {
  private let items: [LineItem]
  private let charges: [String: Charge]
  private let home: String
  /// What namespaces ask for of each pool of nodes, in millionths, by name.
  private let namespaces: [String: [(name: String, millionths: Int64)]]

  init(_ bill: Bill, _ engine: BillingEngine) {
    items = bill.items
    home = engine.fleet.region
    namespaces = Dictionary(
      engine.fleet.services.compactMap { service in service.namespaces.map { (service.name, Self.millionths($0)) } }
    ) { first, _ in first }
    charges = Dictionary(engine.fleet.charges.map { ($0.name, $0) }) { first, _ in first }
  }

  private static func millionths(_ parts: [String: ScaledDecimal]) -> [(name: String, millionths: Int64)] {
    parts.map { (name: $0.key, millionths: $0.value.mantissa * powerOfTen(6 - $0.value.scale)) }
      .sorted { $0.name < $1.name }
  }

  /// What nobody asks for of a pool of nodes.
  private static let idle = "idle"

  /// A share by namespace, exactly; itself where it is of no pool of nodes.
  func byNamespace(_ share: BillShare) -> [CostPart] {
    guard share.run != nil, let parts = namespaces[items[share.line].service] else { return [CostPart(share: share)] }
    let idle = max(0, 1_000_000 - parts.reduce(Int64(0)) { $0 + $1.millionths })
    let all = parts.filter { $0.millionths > 0 } + (idle > 0 ? [(name: Self.idle, millionths: idle)] : [])
    return zip(all, apportion(share.cost, by: all.map { Int128($0.millionths) })).map { part, cost in
      var own = share
      own.cost = cost
      return CostPart(share: own, namespace: part.name)
    }
  }

  /// The values of a key that the book lacks a price of something of, each with how many instances that is.
  func lacking(
    _ missing: [MissingPrice], by key: CostKey, where conditions: [(key: CostKey, value: String)], in outcome: Outcome,
    _ engine: BillingEngine
  ) -> [String?: Int] {
    guard !missing.isEmpty else { return [:] }
    let subjects = Set(missing.map(\.subject))
    let items = Set(subjects.compactMap { if case .unit(let item, _) = $0 { item } else { nil } })
    var found: [String?: Int] = [:]
    func meets(_ value: (CostKey) -> String?) -> Bool { conditions.allSatisfy { (value($0.key) ?? "") == $0.value } }
    for service in outcome.plan.services {
      for run in outcome.plan.runs(of: service) where engine.lacks(subjects, run, over: outcome.bill.period) {
        func value(_ key: CostKey) -> String? { self.value(of: key, run, engine.kind(run)) }
        if meets(value) { found[value(key), default: 0] += 1 }
      }
    }
    for charge in engine.fleet.charges where charge.price.map(items.contains) ?? false {
      func value(_ key: CostKey) -> String? { self.value(of: key, charge) }
      if meets(value) { found[value(key), default: 0] += 0 }
    }
    return found
  }

  private func value(of key: CostKey, _ run: InstanceRun, _ kind: InstanceKind) -> String? {
    switch key {
    case .service: run.service
    case .type: run.type
    case .region: kind.region
    case .namespace, .model: nil
    case .account: run.account
    case .tag(let name): run.tag(name).flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  private func value(of key: CostKey, _ charge: Charge) -> String? {
    switch key {
    case .service: charge.service
    case .type: charge.name
    case .region: home
    case .account: charge.account
    case .model: charge.tokens?.model
    case .namespace: nil
    case .tag(let name): charge.tags[name].flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  func value(of key: CostKey, _ part: CostPart) -> String? {
    let share = part.share
    let item = items[share.line]
    let charge = item.option == .metered ? charges[item.item] : nil
    switch key {
    case .service: return item.service
    case .type: return share.run?.type ?? item.item
    case .region: return item.region ?? share.run?.region ?? (charge?.price == nil ? charge?.region : home)
    case .namespace: return part.namespace
    case .model: return item.tokens?.model
    case .account: return share.run?.account ?? item.account ?? charge?.account
    case .tag(let name):
      let value = share.run == nil ? charge?.tags[name] : share.run?.tag(name)
      return value.flatMap { $0.isEmpty ? nil : $0 }
    }
  }
}

extension Workspace {
  /// The bill of a month by a key, and what it is limited to.
  /// - Parameters:
  ///   - key: `service`, `type`, `region`, `account`, `namespace`, `model` or `tag:KEY`; nil for services.
  ///   - conditions: `KEY=VALUE` each, all of which must hold; nothing behind the sign stands for what has no value.
  /// - Throws: `DataError` for a key that is none, and when the month cannot be billed.
  public func cost(by key: String?, where conditions: [String] = [], month: String?) throws -> CostByAnswer {
    let by = try costKey(key ?? "service", .by)
    var parsed: [(key: CostKey, value: String)] = []
    for condition in conditions {
      // The value is behind the last sign: keys of tags may hold one.
      guard let sign = condition.lastIndex(of: "=") else {
        throw DataError(
          Place(parameter: .where), found: "\"\(condition)\"", expected: "a key and a value, such as tag:team=shop",
          kind: .usage)
      }
      let value = String(condition[condition.index(after: sign)...])
      parsed.append((try costKey(String(condition[..<sign]), .where), value))
    }
    return try answer(month: month) { try CostByAnswer($0, by: by, where: parsed) }
  }

  private func costKey(_ text: String, _ parameter: Parameter) throws(DataError) -> CostKey {
    if let key = CostKey(text) { return key }
    throw DataError(
      Place(parameter: parameter), found: "\"\(text)\"",
      expected: "service, type, region, account, namespace, model, or tag: and the key of a tag, such as tag:team",
      kind: .usage)
  }
}
