// The last months side by side, each as its own review has it: by the fleet file and the prices of then.
//
// Months are studied one after another, and of each these figures alone are kept, so that memory does not grow with their
// number.

import Analysis
import Model

/// The months up to that of a review, oldest first.
package struct MonthTrend: Sendable {
  /// A month: what it cost, or why that is not known.
  package struct Row: Sendable {
    package let month: Month
    package let figures: Result<MonthFigures, MonthGap>

    /// nil where they are not known.
    package var known: MonthFigures? { try? figures.get() }
  }
  package let rows: [Row]
}

/// Why a figure of a month is not known.
package enum MonthGap: Error, Hashable, Sendable {
  /// The store holds no instance that ran in the month.
  case noInstances
  /// The store holds no users of the month, or not of every type.
  case noUsers
  /// Something else that the month needs is not there or wrong, such as a price or a fleet file.
  case fault(DataError)
}

/// What is kept of a month's study.
package struct MonthFigures: Sendable {
  /// What a service cost.
  package struct Service: Hashable, Sendable {
    package let name: String
    package let cost: Money
    /// The cents that the month's own report prints, which add up to the printed bill.
    package let printed: Cents
  }
  package let currency: BillCurrency
  /// In the order of the bill.
  package let services: [Service]
  package let users: Result<MonthUsers, MonthGap>
  /// CPU samples of all instances.
  package let cpu: Coverage
  /// How many charges and rates of the bill are not fully known.
  package let incomplete: Int

  package var cost: Money { services.reduce(.zero) { $0 + $1.cost } }
  package var printed: Cents { services.reduce(.zero) { $0 + $1.printed } }
}

/// A month's users, and what each of them cost.
package struct MonthUsers: Hashable, Sendable {
  /// Concurrent users on average.
  package let average: Double
  /// For each average concurrent user, and for each hour of such a user; nil where there was none.
  package let cost, costPerHour: Money?
}

extension Review {
  /// A month beside others. What is nil is not known.
  public struct MonthSummary: Sendable {
    /// The month.
    public let month: Month
    /// What all amounts are in, by its code.
    public let currency: String?
    /// What it cost.
    public let cost: Money?
    /// Concurrent users on average.
    public let averageUsers: Double?
    /// For each average concurrent user, and for each hour of such a user.
    public let costPerUser, costPerUserHour: Money?
  }

  /// The months up to this one, oldest first, each by the fleet file and the prices of then; nil where they were not asked
  /// for.
  public var months: [MonthSummary]? {
    trend?.rows.map { row in
      let users = try? row.known?.users.get()
      return MonthSummary(
        month: row.month, currency: row.known?.currency.code, cost: row.known?.cost, averageUsers: users?.average,
        costPerUser: users?.cost, costPerUserHour: users?.costPerHour)
    }
  }
}

extension Workspace {
  /// How many months a trend may have.
  package static let permittedMonths = 1...60

  /// The months up to that of a review.
  /// - Throws: ``DataError`` when the store cannot be read; a month that cannot be billed is no error.
  func trend(of review: Review, months count: Int) throws(DataError) -> MonthTrend {
    var months = [review.scope.month]
    while months.count < count { months.append(months[months.count - 1].previous) }
    let earlier = try ofEach(months.dropFirst().reversed()) { month, study throws(DataError) in
      MonthTrend.Row(month: month, figures: try figures(of: month, study))
    }
    let own = MonthTrend.Row(
      month: review.scope.month, figures: .success(try review.study.monthFigures(review.current.bill)))
    return MonthTrend(rows: earlier + [own])
  }

  /// - Throws: ``DataError``, kind `usage`, for a number out of range.
  static func checkMonths(_ count: Int) throws(DataError) {
    guard !permittedMonths.contains(count) else { return }
    throw DataError(
      Place(parameter: .months), found: "\(count)",
      expected: "a whole number of months from \(permittedMonths.lowerBound) to \(permittedMonths.upperBound)",
      kind: .usage)
  }

  /// - Throws: ``DataError`` for what is no fault of the month, such as a store that cannot be read.
  private func figures(
    of month: Month, _ study: Result<Study, DataError>
  ) throws(DataError) -> Result<MonthFigures, MonthGap> {
    do throws(DataError) {
      let study = try study.get()
      return .success(try study.monthFigures(try study.billAsRun()))
    } catch {
      return .failure(try MonthGap(error, month))
    }
  }
}

extension MonthGap {
  /// - Throws: the error itself where it is no fault of the month.
  init(_ error: DataError, _ month: Month) throws(DataError) {
    guard [.missingInput, .badData].contains(error.kind) else { throw error }
    self = error == Study.noInstances(in: month) ? .noInstances : .fault(error)
  }
}

extension Study {
  /// What the month cost as it was, without whom.
  fileprivate func billAsRun() throws(DataError) -> Bill {
    context.engine.bill(try context.engine.parts(of: try asRun(), over: period))
  }

  /// What a trend keeps of a month with its bill.
  fileprivate func monthFigures(_ bill: Bill) throws(DataError) -> MonthFigures {
    let cents = printedCents(of: bill.items.map(\.cost))
    let printed = Dictionary(zip(bill.items.map(\.service), cents)) { $0 + $1 }
    let items = bill.itemsByService
    var cpu = Coverage(seen: 0, expected: 0)
    for service in fleet.services { cpu = cpu + (try context.samples(of: service, .cpuPercent).coverage) }
    return MonthFigures(
      currency: bill.currency,
      services: bill.services.map {
        MonthFigures.Service(name: $0, cost: (items[$0] ?? []).cost, printed: printed[$0] ?? .zero)
      },
      users: try monthUsers(bill), cpu: cpu, incomplete: bill.incomplete.count)
  }

  private func monthUsers(_ bill: Bill) throws(DataError) -> Result<MonthUsers, MonthGap> {
    let users = try UserCounts(fleet: fleet, history: inputs.history, grid: context.grid)
    // Cost per user is the whole bill's, so that it does not depend on how much was used.
    let allocation = CostAllocation(bill: bill, users: users) { _ in nil }
    guard let average = allocation.averageUsers, users.unmeasured.isEmpty else { return .failure(.noUsers) }
    let cost = allocation.perUser
    return .success(
      MonthUsers(
        average: average, cost: cost,
        costPerHour: cost?.charge(for: 3600, per: Int128(bill.period.seconds))))
  }
}
