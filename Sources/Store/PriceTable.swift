import GRDB
import Model

/// A table of the price book, as far as an import needs to know it.
struct PriceTable: Hashable {
  let name: String
  /// The columns that say what is priced, up to the date; with `effective_from` and `tier_from` they are the key.
  let keys: [String]
  /// The columns that two rows of one key must agree on.
  let figures: [String]
  /// As people call its rows.
  let plural: String

  static let onDemand = PriceTable(
    name: "on_demand_price", keys: ["region", "type", "engine"], figures: ["hourly_nano_usd"],
    plural: "on-demand prices")
  static let reserved = PriceTable(
    name: "reserved_price", keys: ["region", "type", "engine", "class", "years", "payment"],
    figures: ["upfront_nano_usd", "hourly_nano_usd"], plural: "reserved prices")
  static let spot = PriceTable(
    name: "spot_estimate", keys: ["region", "type", "engine"], figures: ["savings_percent", "interruption"],
    plural: "spot estimates")
  static let unit = PriceTable(
    name: "unit_price", keys: ["region", "item", "tier_from"], figures: ["unit", "price_nano_usd", "per_units"],
    plural: "unit prices")
  static let specification = PriceTable(
    name: "specification", keys: ["type"],
    figures: [
      "vcpu", "memory_milli_gib", "architecture", "current_generation", "network_baseline_mbps", "network_peak_mbps",
      "ebs_baseline_mbps", "ebs_baseline_iops", "burst_baseline_percent", "burst_credits_per_hour",
      "burst_max_credits", "burst_surplus_per_vcpu_hour_nano_usd",
    ], plural: "specifications")

  /// In the order they are listed to people.
  static let all = [onDemand, reserved, spot, unit, specification]

  /// Binds key, date, figures, quality and source; does nothing when the key and date are there.
  var insertSQL: String {
    let columns = keys + ["effective_from"] + figures + ["quality", "source"]
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(name)(\(columns.joined(separator: ", "))) VALUES (\(marks)) ON CONFLICT DO NOTHING"
  }

  /// Binds key and date; gives the figures, then file and origin of the source.
  var findSQL: String {
    let conditions = (keys + ["effective_from"]).map { "\($0) = ?" }.joined(separator: " AND ")
    return """
      SELECT \(figures.joined(separator: ", ")), price_source.file, price_source.origin
      FROM \(name) JOIN price_source ON price_source.id = source WHERE \(conditions)
      """
  }
}
