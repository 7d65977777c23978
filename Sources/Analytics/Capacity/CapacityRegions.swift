import Advice
import Model

/// How users are divided among regions, and what that asks for.
public struct RegionsQuestion: Sendable {
  /// How a database serves several regions.
  public enum Databases: String, CaseIterable, Sendable {
    /// The first region has all of it; each other one has replicas that read for its own users.
    case replica
    /// Each region has a database of its own, with its own users' data.
    case primary
  }

  /// The regions, the first of which is what all users together are compared with, and the share of the users of each.
  public var shares: [(region: String, share: Int)]
  /// How databases serve them.
  public var databases = Databases.replica
  /// An item of the price book by which a percentage of what goes out is delivered: a CDN's; nil for none.
  public var cdn: (item: String, percent: Int)?
  /// An item of the price book for what goes from region to region, and so many gigabytes a month; nil for what is not known.
  public var between: (item: String, gigabytes: Int)?

  /// Users divided so among regions.
  public init(shares: [(region: String, share: Int)]) { self.shares = shares }
}

/// A number of users in one region, and the same in several.
package struct RegionalSize: Sendable {
  /// One region's part.
  package struct Part: Sendable {
    package var region: String
    package var users: Int
    /// In the order of the models; nil where no type carries it.
    package var plans: [ComponentPlan?]
    /// What the instances of each model cost.
    package var costs: [Money]
    /// What is metered there.
    package var metered: Money
    /// The services whose instances have no price there.
    package var unpriced: Set<String> = []
    /// True where something that is metered there has no price.
    package var lacksMetered = false
    package var instances: Money { costs.reduce(.zero, +) }
  }

  package var users: Int
  /// The services of the models, in their order.
  package var services: [String]
  /// All users in the first region.
  package var one: Part
  package var several: [Part]
  /// What is metered wherever users are.
  package var everywhere: Money
  /// True where a part of that has no price.
  package var lacksEverywhere = false
  /// What the CDN delivers, which is as much for one region as for several; nil where none is asked for or it has no price.
  package var cdn: Money?
  /// What goes from region to region; nil where nobody says how much, or it has no price.
  package var between: Money?
  package var missing: [MissingPrice]

  /// What all users in one region cost.
  package var costOfOne: Money { one.instances + one.metered + everywhere + (cdn ?? .zero) }
  /// The same in several.
  package var costOfSeveral: Money {
    several.reduce(.zero) { $0 + $1.instances + $1.metered } + everywhere + (cdn ?? .zero) + (between ?? .zero)
  }
}

extension RegionsQuestion {
  /// - Throws: ``DataError``, kind `usage`, for what is no division among regions that have prices.
  func check(_ catalogue: Catalogue) throws(DataError) {
    func wrong(_ found: String, _ expected: String) -> DataError {
      DataError(Place(parameter: .regions), found: found, expected: expected, kind: .usage)
    }
    let names = shares.map(\.region)
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw wrong("region \"\(names[twice])\" twice", "each region once")
    }
    guard (2...20).contains(names.count) else {
      throw wrong("\(names.count) region\(names.count == 1 ? "" : "s")", "2 to 20 regions")
    }
    for (region, share) in shares {
      guard (1...1_000_000).contains(share) else { throw wrong("\(region)=\(share)", "a share from 1 to 1000000") }
      guard catalogue.hasPrices(in: region) else {
        throw wrong("region \"\(region)\"", "a region that the price book has instances of")
      }
    }
    for (item, option) in [(cdn?.item, Parameter.cdn), (between?.item, .between)] {
      guard let item, !catalogue.sells(item) else { continue }
      throw DataError(
        Place(parameter: option), found: "\"\(item)\", which is no item of the price book",
        expected: "an item of the price book, as `plimsoll prices` lists them", kind: .usage)
    }
    if let cdn, !(1...100).contains(cdn.percent) {
      throw DataError(
        Place(parameter: .cdn), found: "\(cdn.percent)", expected: "a percentage from 1 to 100", kind: .usage)
    }
    if let between, !(1...1_000_000_000).contains(between.gigabytes) {
      throw DataError(
        Place(parameter: .between), found: "\(between.gigabytes)", expected: "1 to 1000000000 GB a month", kind: .usage)
    }
  }

  /// Users of each region, which add up; the largest remainders get what is left over.
  func users(of all: Int) -> [Int] {
    let sum = shares.reduce(0) { $0 + $1.share }
    var users = shares.map { all * $0.share / sum }
    let order = shares.indices.sorted { a, b in
      let (left, right) = (all * shares[a].share % sum, all * shares[b].share % sum)
      return left == right ? a < b : left > right
    }
    for place in order.prefix(all - users.reduce(0, +)) { users[place] += 1 }
    return users
  }
}
