import Clouds
import Ingest
import Model
import Store

/// Where prices are looked up: what the question says, else the latest fleet in the store.
struct PriceScope {
  let region: String
  let staleAfterDays: Int

  /// - Throws: ``DataError`` for a region without prices, and where neither question nor store names one.
  init(_ store: FleetStore, region: String?) throws(DataError) {
    let fleet = try store.latestFleet()?.read()
    staleAfterDays = fleet?.review.staleAfterDays ?? defaultStaleAfterDays
    let known = try store.pricedRegions()
    let inventory = region == nil && fleet?.region.isEmpty == true ? try store.inventory() : []
    guard let wanted = region ?? fleet?.regionIfKnown(from: inventory, in: supportedCloud) else {
      let lack = fleet == nil ? "no fleet" : "no fleet or inventory that names one"
      throw DataError(
        Place(parameter: .region), found: "none, and \(lack) in the store",
        expected: "one of \(known.joined(separator: ", "))", kind: .usage)
    }
    guard known.contains(wanted) else {
      throw DataError(
        Place(parameter: .region), found: "\"\(wanted)\", of which the store has no prices",
        expected: known.isEmpty ? "prices (plimsoll import prices FILE)" : "one of \(known.joined(separator: ", "))",
        kind: .missingInput)
    }
    self.region = wanted
  }
}
