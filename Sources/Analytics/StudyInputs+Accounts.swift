import Ingest
import Model

extension StudyInputs {
  /// Takes commitments to be shared where there are no two accounts among which they could be: what names none beside what
  /// names one may be of another.
  mutating func settleSharing() {
    guard !fleet.purchase.sharedBetweenAccounts else { return }
    let accounts = Set(inventory.map(\.account) + commitments.map(\.account) + savingsPlans.map(\.account))
    if accounts.count < 2 { fleet.purchase.sharedBetweenAccounts = true }
  }

  /// Where accounts share nothing, what a commitment pays for cannot be said unless it and all that runs say whose they are.
  /// - Throws: ``DataError`` that names what does not, of all that ran or was held in a period.
  func checkAccounts(over period: Period) throws(DataError) {
    guard !fleet.purchase.sharedBetweenAccounts else { return }
    let held =
      commitments.filter { $0.account == nil && $0.period.intersection(period) != nil }.map(\.id)
      + savingsPlans.filter { $0.account == nil && $0.period.intersection(period) != nil }.map(\.id)
    let ran = Set(inventory.filter { $0.account == nil && $0.overlap(with: period) != nil }.map(\.service)).sorted()
    let unknown = [
      held.isEmpty ? nil : "\(counted(held.count, "commitment")) (\(shortened(held, to: 5)))",
      ran.isEmpty ? nil : "instances of \(counted(ran.count, "service")) (\(shortened(ran, to: 5)))",
    ].compactMap { $0 }
    guard !unknown.isEmpty else { return }
    throw DataError(
      Place(file: "fleet file", key: "purchase: shared_between_accounts"),
      found: "false, and no account of \(unknown.joined(separator: " and of "))",
      expected: """
        the account of each, by a column account or \(parameter: .account), for without it nobody can say what a \
        commitment pays for
        """,
      kind: .missingInput)
  }
}
