import Ingest
import Model

/// What an account has beside machines, as charges of a fleet file: one for each item of the price book, service, region
/// and account.
struct DraftCharges {
  private struct Key: Hashable {
    var service, item: String
    var region, account: String?
    /// The one thing that it is of; nil for all of its kind.
    var id: String?
    var isUnattached: Bool
  }

  /// Sorted by name.
  private(set) var charges: [Charge] = []

  /// - Parameter home: the fleet's region, which charges do not name.
  init(_ listing: AccountListing, groupedBy tag: String?, home: String) {
    let owners = Dictionary(listing.instances.map { ($0.id, $0) }) { first, _ in first }
    let (accounts, only) = (listing.accounts, listing.onlyAccount)
    var amounts: [Key: ScaledDecimal] = [:]
    var names: [Key: [String]] = [:]
    for holding in listing.holdings {
      let owner = holding.instance.flatMap { owners[$0] }
      for use in holding.uses {
        let region = holding.region ?? owner?.place
        let key = Key(
          service: owner?.service(groupedBy: tag) ?? holding.service, item: use.item,
          region: region == home ? nil : region,
          account: holding.account ?? owner?.account ?? only,
          id: use.isTiered ? holding.id : nil, isUnattached: holding.isUnattached)
        amounts[key] = sum(amounts[key], use.amount)
        if holding.isUnattached { names[key, default: []].append(holding.id) }
      }
    }
    charges = amounts.map { key, amount in
      var charge = Self.charge(key, amount, severalAccounts: accounts.count > 1)
      charge.note = names[key].map { Self.text(of: $0.sorted()) }
      return charge
    }.sorted { $0.name < $1.name }
  }

  /// The first of some ids, and how many more there are.
  private static func text(of ids: [String]) -> String {
    let most = 20
    let more = ids.count > most ? " and \(ids.count - most) more" : ""
    return ids.prefix(most).joined(separator: ", ") + more
  }

  private static func charge(_ key: Key, _ amount: ScaledDecimal, severalAccounts: Bool) -> Charge {
    var charge = Charge()
    let item = key.item.split(separator: "/").last.map(String.init) ?? key.item
    charge.name =
      "\(key.service) \(item)" + (key.isUnattached ? " of nothing" : "") + (key.id.map { " of \($0)" } ?? "")
      + (key.region.map { " in \($0)" } ?? "")
      + (severalAccounts ? key.account.map { " of account \($0)" } ?? "" : "")
    (charge.service, charge.price) = (key.service, key.item)
    charge.quantity.amount = amount
    (charge.region, charge.account) = (key.region, key.account)
    charge.unattached = key.isUnattached
    return charge
  }

  /// Both amounts, which have six decimals at most; the most that a fleet file holds where they are more.
  private func sum(_ a: ScaledDecimal?, _ b: ScaledDecimal) -> ScaledDecimal {
    guard let a else { return b }
    let scale = max(a.scale, b.scale)
    let total =
      Int128(a.mantissa) * widePowerOfTen(scale - a.scale) + Int128(b.mantissa) * widePowerOfTen(scale - b.scale)
    let most = Int128(ChargeQuantity.mostAmount) * widePowerOfTen(scale)
    return ScaledDecimal(mantissa: Int64(clamping: min(total, most)), scale: scale).normalised
  }
}
