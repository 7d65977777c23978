import Analysis
import Model
import Solvers

/// What a month says of what the owners' document claims.
struct ClaimMeasure {
  private let context: AdviceContext
  private let history: CheckedHistory
  /// Concurrent users in each slot.
  private let users: [Double?]
  private let range: ClosedRange<Double>?

  /// The fewest slots that tell of a number of users: an hour.
  private static let fewestSlots = 12
  /// How near to a stated number of users a slot must be to tell of it.
  private static let nearness = 0.1
  private static let leastExplained = 0.5
  /// The percentile of users from which on a slot is of the peak.
  private static let peak = ScaledDecimal(mantissa: 99, scale: 0)

  init(_ history: CheckedHistory) throws(DataError) {
    self.history = history
    context = history.context
    users = try context.userCounts().concurrent
    let known = users.compactMap { $0 }
    range = known.min().flatMap { least in known.max().map { least...$0 } }
  }

  /// Why something is not known, what it is being named.
  func why(_ what: String) -> String { range == nil ? "no users were measured" : "no \(what) was measured" }

  /// What a user causes at the peak; nil where nothing was measured.
  func perUser(
    _ metric: Metric, of service: Service
  ) throws(DataError) -> (value: Double, slots: Int, users: Double)? {
    guard let total = try history.total(metric, of: service),
      let least = percentile(Self.peak, of: users.compactMap { $0 })
    else { return nil }
    let slots = users.indices.filter { slot in users[slot].map { $0 >= least && $0 > 0 } == true && total[slot] != nil }
    let all = slots.reduce(0.0) { $0 + (users[$1] ?? 0) }
    guard all > 0 else { return nil }
    return (slots.reduce(0.0) { $0 + (total[$1] ?? 0) } / all, slots.count, least)
  }

  /// MB that a user takes in all instances together, and the same for each connection in words, where those explain it.
  func memoryPerUser(of service: Service) throws(DataError) -> (value: Double, explained: Double, each: String)? {
    let load = try context.load(of: service)
    guard let fit = fit(load, over: users, service) else { return nil }
    var each = ""
    if let connections = try history.total(.connections, of: service), service.driver == .websocketConnections,
      let own = self.fit(load, over: connections, service)
    {
      each = "; \(figureText(own.slope * bytesOfGiB / bytesOfMB)) MB a connection"
    }
    return (fit.slope * bytesOfGiB / bytesOfMB, fit.explained, each)
  }

  private func fit(_ load: ServiceLoad, over drivers: [Double?], _ service: Service) -> LinearFit? {
    let points = drivers.indices.compactMap { slot -> (x: Double, y: Double)? in
      guard let x = drivers[slot], let y = load.memoryGiB[slot] else { return nil }
      return (x, y)
    }
    return LinearFit(points).flatMap { $0.slope > 0 && $0.explained >= Self.leastExplained ? $0 : nil }
  }

  /// Why nothing tells of so many users: there were not nearly so many for an hour.
  private func gap(at users: Int) -> CapacityGap? {
    guard let range else { return CapacityGap("no users were measured") }
    let (low, high) = (Double(users) * (1 - Self.nearness), Double(users) * (1 + Self.nearness))
    let near = self.users.count { count in count.map { low <= $0 && $0 <= high } ?? false }
    guard near < Self.fewestSlots else { return nil }
    return CapacityGap("there were \(figureText(range.lowerBound)) to \(figureText(range.upperBound)) users")
  }

  /// A service as so many users ask for it, by what was measured of it; why that is not known.
  private func component(_ service: Service, at users: Int) throws(DataError) -> Result<ComponentModel, CapacityGap> {
    if let gap = gap(at: users) { return .failure(gap) }
    let alike = context.fleet.userTypes.map { _ in 1.0 }
    return try context.component(service, in: history.plan, mix: alike).flatMap { model in
      model.source == .history
        ? .success(model) : .failure(CapacityGap("nothing was measured that tells how many are needed"))
    }
  }

  /// Judges a claimed number of instances: by as many as the month's line of load over users asks for, as `capacity` says.
  func judge(
    _ verdict: inout ClaimVerdict, _ count: CountRange, _ row: StatedCapacity, _ service: Service
  ) throws(DataError) {
    let model: ComponentModel
    switch try component(service, at: row.users) {
    case .failure(let gap): return verdict.status = .notMeasured(gap.reason)
    case .success(let found): model = found
    }
    let name = row.type ?? history.types[service.name] ?? model.currentType
    guard let type = model.types.first(where: { $0.name == name }) else {
      return verdict.status = .notMeasured("\(name) is none of its types that have a price and a specification")
    }
    guard let needed = model.count(of: type, users: Double(row.users)) else {
      verdict.measuredText = "a need beyond any number of \(name)"
      return verdict.status = .refuted
    }
    verdict.measured = Double(needed)
    verdict.measuredText = "a need of \(needed)"
    let isWithin = needed >= count.lower && count.upper.map { needed <= $0 } ?? true
    verdict.status = isWithin ? .held : .refuted
    let bound = needed < count.lower ? count.lower : count.upper ?? count.lower
    verdict.weight = Double(max(bound, needed)) / Double(max(1, min(bound, needed)))
    verdict.basis = basis(model, type, count: needed, row)
  }

  /// What asks for so many, or for such a type.
  private func basis(_ model: ComponentModel, _ type: ComponentType, count: Int, _ row: StatedCapacity) -> String {
    let by =
      switch model.binding(type, count: count - 1, users: Double(row.users)) {
      case .dimension(let dimension): ", by \(dimension.fileWord)"
      case .credits: ", by CPU that credits last for"
      case .minimum(let minimum): ", the fewest that may run being \(minimum)"
      case nil: ""
      }
    return
      "what the month's loads come to at \(grouped(row.users)) users, with the review's headroom on \(type.name)" + by
  }

  /// Judges a claimed type of what holds data: it must be the cheapest that carries so many users, as `capacity` says.
  func judge(
    _ verdict: inout ClaimVerdict, type: String, _ row: StatedCapacity, _ service: Service
  ) throws(DataError) {
    guard context.catalogue.specificationIfKnown(type) != nil else {
      verdict.status = .notMeasured("no book says what \(type) offers")
      return
    }
    let model: ComponentModel
    switch try component(service, at: row.users) {
    case .failure(let gap): return verdict.status = .notMeasured(gap.reason)
    case .success(let found): model = found
    }
    let plan = model.plan(users: Double(row.users))
    verdict.measuredText = plan.map { "a need of \($0.type.name)" } ?? "a need beyond every listed type"
    verdict.status = plan?.type.name == type ? .held : .refuted
    let stated = model.types.first { $0.name == type }
    let nodes = max(1, plan?.nodes ?? service.minimum)
    guard let stated, let binding = model.binding(stated, count: nodes, users: Double(row.users)),
      case .dimension(let dimension) = binding
    else {
      verdict.basis = plan.map { basis(model, $0.type, count: $0.count, row) } ?? ""
      return
    }
    verdict.basis =
      "at \(grouped(row.users)) users its \(dimension.fileWord) is more than \(nodes) x \(type) carry with the review's "
      + "headroom, as the month's loads follow users"
  }
}

extension SizeDimension {
  /// As a sentence of figures calls it.
  fileprivate var fileWord: String {
    switch self {
    case .cpu: "CPU"
    case .memory: "memory"
    case .metric(let metric): metric.rawValue
    default: "\(self)"
    }
  }
}
