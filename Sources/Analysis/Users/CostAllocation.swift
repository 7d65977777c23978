// Who the bill is for: every nano-dollar of it goes to a user type, as used, idle or shared.
//
// used   - the utilised part of a service's capacity, split by what each type drives (user-seconds × driver weight);
//          metered charges with a driver are wholly used.
// idle   - capacity paid for and not used: 1 - max(CPU, memory) utilisation of the service's instances, and unused
//          commitments; follows the used part.
// A discount is divided as what it is off.
// shared - charges that nobody drives, or whose driver no user was seen to use; split by user-seconds.
// Where users are not measured there are services alone: used and idle without anybody to divide them among.
// This is the idle/shared split of the OpenCost specification ("Workload, idle and overhead costs"), with exact
// apportionment in place of floating shares, and of the fuller resource alone: what an instance is full of cannot be used
// otherwise. Beside it each service has what is idle of each resource at that one's part of the price, as OpenCost adds it up.

import Model

/// What the division of a service's cost into used and idle rests on.
package enum UseBasis: Hashable, Sendable {
  /// It has no instances, or none that cost anything.
  case metered
  /// Nothing was measured, so that all of its instances counts as used.
  case unmeasured
  case measured(UsedShare)
}

/// A service's cost in three parts that add up to its bill.
package struct ServiceCost: Hashable, Sendable {
  package var service: String
  package var used: Money
  package var idle: Money
  package var shared: Money
  /// What is idle where each resource counts by its part of the price; nil where one of them is not measured.
  package var idleByResource: Money?
  /// What the idle part rests on.
  package var basis: UseBasis

  package var total: Money { used + idle + shared }
}

/// A user type's cost in three parts, and how many there were.
package struct UserTypeCost: Sendable {
  package var type: UserType
  /// Σ users × seconds over measured samples.
  package var userSeconds: Int128
  /// Seconds over which users were measured.
  package var measuredSeconds: Int64
  /// Mean concurrent users over measured samples.
  package var averageUsers: Double
  package var used: Money
  package var idle: Money
  package var shared: Money

  package var total: Money { used + idle + shared }
  /// An amount for each average concurrent user of this type: amount × measured seconds / user-seconds; nil where there
  /// was none.
  package func perUser(_ amount: Money) -> Money? {
    userSeconds > 0 ? amount.charge(for: Int128(measuredSeconds), per: userSeconds) : nil
  }
}

/// A bill laid out by service and by user type.
package struct CostAllocation: Sendable {
  package var services: [ServiceCost]
  /// Of the types that were measured.
  package var types: [UserTypeCost]
  /// Why there is no cost per user; nil where there is.
  package var gap: UsersGap?
  /// The fleet's types that were not measured, by name.
  package var unmeasuredTypes: [String]
  package var coverage: Coverage

  package var total: Money { services.reduce(.zero) { $0 + $1.total } }
  /// Of the types that were measured; nil where none was.
  package var averageUsers: Double? { types.isEmpty ? nil : types.reduce(0) { $0 + $1.averageUsers } }
  /// The bill for each average concurrent user, types measured over different spans brought to one; nil where ``gap`` says
  /// why.
  package var perUser: Money? {
    guard gap == nil else { return nil }
    let span = Int128(types.map(\.measuredSeconds).max() ?? 0)
    let userSeconds = types.reduce(Int128(0)) { sum, type in
      guard type.measuredSeconds > 0 else { return sum }
      return sum + roundedHalfEven(type.userSeconds * span, dividedBy: Int128(type.measuredSeconds))
    }
    return userSeconds > 0 ? total.charge(for: span, per: userSeconds) : nil
  }

  /// - Parameter utilisation: the used share of a service's instances, nil where nothing was measured.
  package init(bill: Bill, users: UserCounts, utilisation: (String) -> UsedShare?) {
    coverage = users.coverage
    gap = users.gap
    unmeasuredTypes = users.unmeasured
    services = []
    let none = [Money](repeating: .zero, count: users.types.count)
    var used = none
    var idle = none
    var shared = none
    let everybody = users.seconds
    func isDriven(_ driver: CostDriver) -> Bool {
      guard driver != .shared, !users.types.isEmpty else { return driver != .shared }
      return zip(users.types, users.seconds).contains { $0.weight(for: driver) * $1 > 0 }
    }
    let items = bill.itemsByService
    for name in bill.services {
      var cost = ServiceCost(service: name, used: .zero, idle: .zero, shared: .zero, basis: .metered)
      var byDriver: [CostDriver: (used: Money, idle: Money)] = [:]
      let measured = utilisation(name)
      if let resources = measured?.byResource {
        cost.idleByResource = (items[name] ?? []).filter { isDriven($0.driver) }
          .reduce(.zero) { $0 + Self.split($1, resources.tenThousandths).idle }
      }
      for item in items[name] ?? [] {
        let parts = Self.split(item, measured?.tenThousandths)
        if ![.use, .holding].contains(item.kind) { cost.basis = measured.map(UseBasis.measured) ?? .unmeasured }
        if !isDriven(item.driver) {
          cost.shared += item.cost
        } else {
          byDriver[item.driver, default: (.zero, .zero)].used += parts.used
          byDriver[item.driver, default: (.zero, .zero)].idle += parts.idle
        }
      }
      for (driver, parts) in byDriver.sorted(by: { $0.key.fileText < $1.key.fileText }) {
        cost.used += parts.used
        cost.idle += parts.idle
        guard !users.types.isEmpty else { continue }
        let weights = zip(users.types, users.seconds).map { $0.weight(for: driver) * $1 }
        Self.add(apportion(parts.used, by: weights), to: &used)
        Self.add(apportion(parts.idle, by: weights), to: &idle)
      }
      if !everybody.isEmpty { Self.add(apportion(cost.shared, by: everybody), to: &shared) }
      services.append(cost)
    }
    types = users.types.indices.map { index in
      UserTypeCost(
        type: users.types[index], userSeconds: users.seconds[index],
        measuredSeconds: users.measuredSeconds[index], averageUsers: users.averages[index], used: used[index],
        idle: idle[index],
        shared: shared[index])
    }
  }

  private static func split(_ item: LineItem, _ utilisation: Int?) -> (used: Money, idle: Money) {
    switch item.kind {
    case .use, .holding, .creditOrRework: return (item.cost, .zero)
    case .unusedCommitment: return (.zero, item.cost)
    case .capacity:
      let share = Int128(utilisation ?? 10_000)
      let parts = apportion(item.cost, by: [share, 10_000 - share])
      return (parts[0], parts[1])
    }
  }

  private static func add(_ parts: [Money], to sums: inout [Money]) {
    for index in parts.indices { sums[index] += parts[index] }
  }
}
