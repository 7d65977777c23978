import Advice
import Analysis
import Model
import Solvers

/// What capacity is worked out from: a model of each component, the shape of the day, and prices.
struct CapacityStudy {
  let study: Study
  /// Concurrent users in each slot.
  let users: [Double?]
  /// What a user of each type was measured to cause; the same weights tell a mix from another.
  let userLoads: [UserLoad]
  let peak: Int?
  /// Of each local hour the share of the peak's users.
  let shape: [Double]
  /// In the fleet's order.
  private(set) var models: [ComponentModel] = []
  private(set) var unknown: [(service: String, reason: String)] = []
  /// How much more each driver is driven by a user of the mix than by one of those measured.
  private let mixFactors: [CostDriver: Double]
  private let engine: BillingEngine
  private let templates: [String: InstanceRun]
  /// Seconds of the month by local hour.
  private let secondsOfHour: [Int64]

  init(_ study: Study, mix: [(type: String, share: Int)]) throws(DataError) {
    self.study = study
    let context = study.context
    let counts = try context.users()
    users = counts.concurrent
    userLoads = counts.loads
    let isMeasured = users.contains { $0 != nil }
    peak = isMeasured ? counts.peak.flatMap { $0 > 0 ? $0 : nil } : nil
    let hours = users.indices.map { context.clock.hourOfWeek(at: context.grid.instant($0)) % 24 }
    var seconds = [Int64](repeating: 0, count: 24)
    for hour in hours { seconds[hour] += context.grid.stepSeconds }
    secondsOfHour = seconds
    shape = Self.shape(users, hours, peak: peak)
    let shares = try Self.shares(mix, study.fleet.userTypes)
    mixFactors = mix.isEmpty ? [:] : Self.factors(shares, counts)
    var fleet = study.fleet
    fleet.charges = []
    let inventory = study.inputs.inventory
    engine =
      BillingEngine(
        fleet: fleet, catalogue: study.inputs.catalogue, history: History([]), inventory: inventory,
        creditsFrom: context.period.start
      ).ofUnmeasured
    let plan = try study.asRun()
    var templates: [String: InstanceRun] = [:]
    for service in fleet.services { templates[service.name] = plan.runs(of: service.name).first }
    self.templates = templates
    try makeModels(plan, shares)
    guard !models.isEmpty else { throw noUsers() }
  }

  private func noUsers() -> DataError {
    DataError(
      Place(parameter: .users), found: "nothing that says what users make of any service",
      expected:
        "user_types that were measured, or claims.expected_consumption with load_per_user; a fleet without users grows by "
        + "demand (plimsoll forecast)", kind: .missingInput)
  }

  private mutating func makeModels(_ plan: FleetPlan, _ shares: [Double]) throws(DataError) {
    let services = study.fleet.services
    let found = try services.concurrentMap { [self] service throws(DataError) in
      try study.context.component(service, in: plan, mix: shares, factor: mixFactors[service.driver] ?? 1)
    }
    for (service, result) in zip(services, found) {
      switch result {
      case .success(let model): models.append(model)
      case .failure(let gap): unknown.append((service.name, gap.reason))
      }
    }
  }
}

extension BillingEngine {
  /// The same for instances that nobody measured, of whose prices some may be missing.
  fileprivate var ofUnmeasured: BillingEngine {
    var copy = self
    copy.allowsUnpriced = true
    copy.chargesSurplus = false
    return copy
  }
}

// MARK: - Users

extension CapacityStudy {
  /// How many times the mean of the users the most of them are; nil where none were measured.
  var peakToMean: Double? {
    let known = users.compactMap { $0 }
    let sum = known.reduce(0, +)
    return peak.flatMap { peak in sum > 0 ? Double(peak) * Double(known.count) / sum : nil }
  }

  /// Of each local hour the share of the peak that 95 in 100 of its slots stay below; a flat day where no users were
  /// measured.
  private static func shape(_ users: [Double?], _ hours: [Int], peak: Int?) -> [Double] {
    guard let peak else { return [Double](repeating: 1, count: 24) }
    var values = [[Double]](repeating: [], count: 24)
    for slot in users.indices { if let count = users[slot] { values[hours[slot]].append(count) } }
    return values.map { own in
      percentile(ScaledDecimal(mantissa: 95, scale: 0), of: own).map { min(1, $0 / Double(peak)) } ?? 1
    }
  }

  /// The mix in the fleet's order of types; all alike where none is asked for.
  private static func shares(_ mix: [(type: String, share: Int)], _ types: [UserType]) throws(DataError) -> [Double] {
    guard !mix.isEmpty else { return types.map { _ in 1 } }
    var shares = types.map { _ in 0.0 }
    for (name, share) in mix {
      guard let place = types.place(called: name) else {
        let expected =
          types.isEmpty ? "a fleet file with user_types" : choice(among: types.map(\.name), insteadOf: name)
        throw DataError(Place(parameter: .mix), found: "\"\(name)\"", expected: expected, kind: .usage)
      }
      guard (0...1_000_000).contains(share) else {
        throw DataError(
          Place(parameter: .mix), found: "\(name)=\(share)", expected: "a whole number from 0 to 1000000", kind: .usage)
      }
      shares[place] += Double(share)
    }
    guard shares.contains(where: { $0 > 0 }) else {
      throw DataError(Place(parameter: .mix), found: "no users of any type", expected: "a share above 0", kind: .usage)
    }
    return shares
  }

  private static func factors(_ shares: [Double], _ counts: UserCounts) -> [CostDriver: Double] {
    let all = shares.reduce(0, +)
    let measured = counts.seconds.reduce(0.0) { $0 + Double($1) }
    guard all > 0, measured > 0, counts.unmeasured.isEmpty else { return [:] }
    var factors: [CostDriver: Double] = [:]
    for driver in CostDriver.named {
      func mean(_ weights: [Double]) -> Double {
        zip(counts.types, weights).reduce(0) { $0 + Double($1.0.weight(for: driver)) * $1.1 } / weights.reduce(0, +)
      }
      let now = mean(counts.seconds.map { Double($0) })
      if now > 0 { factors[driver] = mean(shares) / now }
    }
    return factors
  }
}

// MARK: - Cost

extension CapacityStudy {
  /// How many instances of a plan's type run at each local hour.
  func counts(_ plan: ComponentPlan, _ model: ComponentModel, users: Int) -> [Int] {
    guard model.service.approach == .group else { return shape.map { _ in plan.count } }
    return shape.map { share in
      min(plan.count, model.count(of: plan.type, users: Double(users) * share) ?? plan.count)
    }
  }

  /// Seconds that the k-th of a component's instances runs in the month, the first being 0.
  private func seconds(_ counts: [Int], instance: Int) -> Int64 {
    zip(counts, secondsOfHour).reduce(0) { $0 + ($1.0 > instance ? $1.1 : 0) }
  }

  /// The instances of components, billed on demand by the bill engine: each runs as long as the hours that need it are.
  /// - Parameter region: where they run; nil for where they are.
  func bill(
    _ parts: [(service: Service, plan: ComponentPlan, counts: [Int])], in region: String? = nil
  ) throws(DataError) -> Bill {
    let period = study.period
    var runs: [InstanceRun] = []
    for part in parts {
      // As often as hours need another number of instances, those in between are alike.
      let levels = Set(part.counts).sorted()
      var before = 0
      for level in levels where level > before {
        var run =
          templates[part.service.name]
          ?? InstanceRun(
            service: part.service.name, resource: part.service.name, type: "", zone: "", lifecycle: .onDemand,
            started: period.start, stopped: nil)
        run.type = part.plan.type.name
        if let region {
          run.zone = engine.cloud.zone(run.zone, in: region)
          run.region = region
        }
        run.lifecycle = .onDemand
        run.started = period.start
        run.stopped = period.start.advanced(by: seconds(part.counts, instance: before))
        runs += repeatElement(run, count: level - before)
        before = level
      }
    }
    return try engine.bill(FleetPlan(runs: runs), over: period)
  }

  /// What is metered, with so many users as at the month's peak.
  func metered(users: Int) throws(DataError) -> Bill {
    var engine = study.context.engine
    engine.allowsUnpriced = true
    return try engine.bill(meteredPlan(users: users), over: study.period)
  }

  /// A plan without instances, of which so many users make what is metered.
  /// - Parameters:
  ///   - percent: of what they make.
  ///   - region: where charges are bought; nil for where they are.
  func meteredPlan(users: Int, percent: Int = 100, in region: String? = nil) -> FleetPlan {
    var plan = FleetPlan(runs: [])
    plan.chargeRegion = region
    guard let peak else { return plan }
    let factor = DemandFactor(Int64(users) * Int64(percent), Int64(peak) * 100)
    plan.demand = Demand(
      factors: Dictionary(CostDriver.named.map { ($0, scaled(factor, by: mixFactors[$0] ?? 1)) }) { first, _ in first
      })
    return plan
  }

  /// To six digits.
  private func scaled(_ factor: DemandFactor, by mix: Double) -> DemandFactor {
    guard mix != 1, mix.isFinite, mix > 0 else { return factor }
    let thousandths = max(1, wholeNumber((mix * 1000).rounded()) as Int64)
    return DemandFactor(factor.numerator * min(thousandths, 1_000_000), factor.denominator * 1000)
  }

  /// All of a month at the price on demand; nil for a billion dollars and more.
  func monthly(_ type: ComponentType, count: Int) -> Money? {
    type.hourly.chargeIfModest(for: Int128(study.period.seconds) * Int128(count), per: 3600)
  }
}
