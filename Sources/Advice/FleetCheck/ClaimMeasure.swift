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
  /// The percentile of what was needed with so many users that a claim is held against: what was out of the ordinary, such as
  /// traffic without users, is no part of it.
  private static let usual = ScaledDecimal(mantissa: 95, scale: 0)

  init(_ history: CheckedHistory) throws(DataError) {
    self.history = history
    context = history.context
    users = try context.users().concurrent
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

  /// The slots with nearly so many users; why there are none.
  private func slots(near users: Int) -> Result<[Int], CheckGap> {
    guard let range else { return .failure(CheckGap("no users were measured")) }
    let (low, high) = (Double(users) * (1 - Self.nearness), Double(users) * (1 + Self.nearness))
    let near = self.users.indices.filter { slot in self.users[slot].map { low <= $0 && $0 <= high } ?? false }
    guard near.count >= Self.fewestSlots else {
      return .failure(
        CheckGap("there were \(figureText(range.lowerBound)) to \(figureText(range.upperBound)) users"))
    }
    return .success(near)
  }

  /// Judges a claimed number of instances: by as many as 95 in 100 of the slots with so many users ask for at most.
  func judge(
    _ verdict: inout ClaimVerdict, _ count: CountRange, _ row: StatedCapacity, _ service: Service
  ) throws(DataError) {
    guard let type = row.type ?? history.types[service.name],
      let specification = context.catalogue.specificationIfKnown(type)
    else {
      verdict.status = .notMeasured("no book says what its type offers")
      return
    }
    let near: [Int]
    switch slots(near: row.users) {
    case .failure(let gap): return verdict.status = .notMeasured(gap.reason)
    case .success(let slots): near = slots
    }
    let load = try context.load(of: service)
    var conditions = CountConditions()
    conditions.idleMemoryGiB = try idleMemory(load, service)
    let required = RequiredCount(load, type: specification, rules: context.rules, under: conditions)
    let counts = near.compactMap { required.perSlot[$0].map { Double($0) } }
    guard let needed = percentile(Self.usual, of: counts) else {
      verdict.status = .notMeasured("nothing was measured that tells how many are needed")
      return
    }
    let whole = wholeNumber(needed)
    verdict.measured = needed
    verdict.measuredText = "a need of \(whole)"
    let isWithin = whole >= count.lower && count.upper.map { whole <= $0 } ?? true
    verdict.status = isWithin ? .held : .refuted
    let bound = whole < count.lower ? count.lower : count.upper ?? count.lower
    verdict.weight = Double(max(bound, whole)) / Double(max(1, min(bound, whole)))
    verdict.basis =
      "p\(Self.usual) of \(grouped(counts.count)) intervals within a tenth of \(grouped(row.users)) users, with the "
      + "review's headroom on \(type), by \(required.dimensions.map(\.dimension.fileWord).joined(separator: ", "))"
  }

  private func idleMemory(_ load: ServiceLoad, _ service: Service) throws(DataError) -> Double {
    var drivers = [users]
    if let own = try history.total(.connections, of: service) { drivers.append(own) }
    return IdlePart(load.memoryGiB, drivers: drivers, instances: load.memoryInstances, whereUnknown: .leastSeen).each
  }

  /// Judges a claimed type of what holds data: it must carry what the busiest node needed, and no smaller listed one may.
  func judge(
    _ verdict: inout ClaimVerdict, type: String, _ row: StatedCapacity, _ service: Service
  ) throws(DataError) {
    guard context.catalogue.specificationIfKnown(type) != nil else {
      verdict.status = .notMeasured("no book says what \(type) offers")
      return
    }
    let near: [Int]
    switch slots(near: row.users) {
    case .failure(let gap): return verdict.status = .notMeasured(gap.reason)
    case .success(let slots): near = slots
    }
    let load = try context.load(of: service)
    let counts = runningCounts(load.carrying, on: context.grid)
    func most(_ values: [Double?], _ counts: [Int]) -> Double? {
      percentile(
        Self.usual,
        of: near.compactMap { slot in
          counts[slot] > 0 ? values[slot].map { $0 / Double(counts[slot]) } : nil
        })
    }
    guard let vcpu = most(load.peakVcpu, counts), let memory = most(load.memoryGiB, load.memoryInstances) else {
      verdict.status = .notMeasured("CPU or memory was not measured")
      return
    }
    verdict.basis =
      "a node needs \(figureText(vcpu)) vCPU and \(figureText(memory)) GiB within a tenth of \(grouped(row.users)) users, before "
      + "the review's headroom"
    verdict.judge(type, needing: vcpu, memory, service, context)
  }
}

/// Why something could not be held against history.
struct CheckGap: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

extension ClaimVerdict {
  fileprivate mutating func judge(
    _ type: String, needing vcpu: Double, _ memory: Double, _ service: Service, _ context: AdviceContext
  ) {
    let rules = context.rules
    let reserve = max(rules.memoryHeadroomPercent, service.reservedMemoryPercent ?? 0)
    func carries(_ name: String) -> Bool {
      guard let specification = context.catalogue.specificationIfKnown(name) else { return false }
      return vcpu <= Double(specification.vcpu) * Double(100 - rules.cpuHeadroomPercent) / 100
        && memory <= specification.memoryGiB * Double(100 - reserve) / 100
    }
    let fitting = service.instanceTypes.first { carries($0) }
    measuredText = fitting.map { "a need of \($0)" } ?? "a need beyond every listed type"
    status = fitting == type ? .held : .refuted
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
