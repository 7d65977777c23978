/// Another number of concurrent users at the month's peak; demand follows in proportion, and instances by the rules that
/// advice sizes by.
package struct PeakUsers: DemandChange {
  package var users: Int

  package init(_ users: Int) { self.users = users }

  package static let kind = "peak-users"
  package static let option = ChangeOption(
    "users", valueName: "n", help: "Concurrent users at the month's peak; demand and instances follow.",
    expectation: "a whole number from 1 to 250,000", example: "5000")
  /// The most that may be asked for.
  package static let most = 250_000

  package init?(optionText: String) {
    guard let users = Int(optionText) else { return nil }
    self.init(users)
  }

  package var optionText: String { "\(users)" }
  package var fault: String? { (1...Self.most).contains(users) ? nil : Self.option.expectation }
  package var words: String { "\(grouped(users)) concurrent users at the month's peak" }

  package func demand(_ context: some ChangeContext) throws(DataError) -> Demand {
    Demand(DemandFactor(Int64(users), Int64(try context.peakUsers())))
  }
}
