import Advice
import Analysis
import Model

/// What a fleet is for numbers of users: what runs of each component, what that costs, and what must change on the way.
public struct CapacityAnswer: Sendable {
  /// The month that loads are learned from, and its clock.
  public let scope: MonthScope
  /// Where the day's shape comes from: users by the hour, or a flat day where none were measured.
  package let isShapeMeasured: Bool
  /// The most users that were measured; nil where none were.
  package let measuredPeak: Int?
  /// How many times the mean of the month's users that is; nil where none were measured.
  package let peakToMean: Double?
  /// Of the users, the share of each type of the mix that was asked for; empty where none was.
  package let mix: [(type: String, share: Double)]
  /// What the figures of that mix add up to; 100 where they are shares of a hundred.
  package let mixSum: Int
  package let userTypes: [UserType]
  /// What the users of that mix are weighed by: what one of each type causes; empty where none was asked for or nothing of
  /// it is measured.
  package let userLoads: [UserLoad]
  package let sizes: [Size]
  /// What happens to each component as users grow.
  package let milestones: [Milestones]
  package let limits: [ExternalLimit]
  package let comparisons: [StatedTable]
  /// Each size in one region, and in several; empty where nobody asked.
  package let regions: [RegionalSize]
  /// How databases serve those.
  package let databases: RegionsQuestion.Databases?
  /// At which utilisation latency breaks.
  package let latencies: [ComponentLatency]
  /// How often what is said was too little on what it was not learned on; empty where nobody asked.
  package let backtests: [CapacityBacktest]
  /// The components of which that is not known, with why.
  package let unjudged: [(service: String, reason: String)]
  /// The percentile of each load with so many users that is carried.
  package let percentile: ScaledDecimal
  /// Components that nothing is known of, with why.
  package let unknown: [(service: String, reason: String)]
  package let missingPrices: [MissingPrice]
  package let currency: BillCurrency

  /// What a number of users needs.
  package struct Size: Sendable {
    package var users: Int
    package var components: [Component]
    /// What is metered, in the order of the bill.
    package var metered: [LineItem]
    package var total: Money
    package var perUser: Money? { total.charge(for: 1, per: Int128(max(1, users))) }
  }

  /// One service at a number of users.
  package struct Component: Sendable {
    package var service: String
    package var source: CapacitySource
    /// nil where no type carries it.
    package var plan: ComponentPlan?
    /// The fewest that run at any hour.
    package var fewest: Int
    package var cost: Money
    /// The most that its file lets run.
    package var maximum: Int
    package var leavesRegion: Bool
    /// True where another type than for the number of users before makes it cheaper or fewer.
    package var isMoved: Bool
  }

  /// From how many users on a component changes.
  package struct Milestones: Sendable {
    package var service: String
    package var anotherType: (users: Int, type: String)?
    package var moreInstances: Int?
    package var beyondMaximum: Int?
    package var shards: Int?
    package var anotherRegion: Int?
  }

  /// What others allow, and from how many users on it does not suffice.
  package struct ExternalLimit: Sendable {
    package var limit: RateLimit
    /// Of it with the users of each size.
    package var uses: [Double]
    package var users: Int?
  }

  /// A table of the owners' document beside what this comes to.
  package struct StatedTable: Sendable {
    package var title: String
    package var users: Int
    package var rows: [StatedRow]
  }

  /// A row of such a table.
  package struct StatedRow: Sendable {
    package var service: String
    package var statedType: String?
    package var statedCount: CountRange?
    package var plan: ComponentPlan?
    /// All month at the price on demand: of the table's fewest, of its most, of what this comes to.
    package var lowest, highest, own: Money?
    package var verdict: StatedVerdict
  }

  /// How a row of a table compares.
  package enum StatedVerdict: Hashable, Sendable {
    case agrees
    /// It carries fewer users than it is for.
    case tooLittle(carries: Int, by: SizeDimension)
    /// It carries them with less in reserve than the review and the fleet file ask for.
    case withoutReserve(CapacityBinding)
    /// It is so many or more, of which so many are needed.
    case needs(Int)
    /// It carries them, and costs more.
    case dearer(carries: Int?)
    /// It carries them and costs less, or as much, of another type or number.
    case different(carries: Int?)
    /// It names no type or number that could be held against anything.
    case wordsOnly
    case unknown
  }
}

/// What a question about capacity asks.
public struct CapacityQuestion: Sendable {
  /// The most that are asked about; for more, thousands of instances of each service would be billed by the ten thousand.
  package static let mostUsers = 10_000_000
  /// As many as are asked about at once: each is a fleet to be billed.
  package static let mostNumbers = 50

  /// Concurrent users at the peak, one answer each.
  public var users: [Int]
  /// Of each hundred users how many are of which type, by name; empty for the mix that was measured.
  public var mix: [(type: String, share: Int)]
  /// How users are divided among regions; nil where all are in one.
  public var regions: RegionsQuestion?
  /// True to learn on what came before the month too, and judge that on the month.
  public var isBacktested = false

  /// A question.
  public init(users: [Int], mix: [(type: String, share: Int)] = []) {
    self.users = users
    self.mix = mix
  }
}

extension Workspace {
  /// What the fleet would be for numbers of users.
  /// - Throws: `DataError` for users out of range, a mix of types that the fleet does not have, and a fleet of which nothing
  ///   says what users make of it.
  public func capacity(month: String?, _ question: CapacityQuestion) throws -> CapacityAnswer {
    guard question.users.count <= CapacityQuestion.mostNumbers else {
      throw DataError(
        Place(parameter: .users), found: "\(grouped(question.users.count)) numbers of users",
        expected: "\(CapacityQuestion.mostNumbers) at most at once", kind: .usage)
    }
    for users in question.users where !(1...CapacityQuestion.mostUsers).contains(users) {
      throw DataError(
        Place(parameter: .users), found: "\(users)", expected: "users from 1 to \(CapacityQuestion.mostUsers)",
        kind: .usage
      )
    }
    let regions = Set(question.regions?.shares.map(\.region) ?? [])
    return try answer(month: month, alsoIn: regions) { try CapacityAnswer($0, question) }
  }
}
