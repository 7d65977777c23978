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
  static let savingsPlan = PriceTable(
    name: "savings_plan_rate", keys: ["region", "type", "engine", "plan", "years", "payment"],
    figures: ["hourly_nano_usd"], plural: "savings plan rates")
  static let spot = PriceTable(
    name: "spot_estimate", keys: ["region", "type", "engine"], figures: ["savings_percent", "interruption"],
    plural: "spot estimates")
  static let spotPrice = PriceTable(
    name: "spot_price", keys: ["region", "type", "engine", "zone"], figures: ["hourly_nano_usd"],
    plural: "spot prices")
  static let unit = PriceTable(
    name: "unit_price", keys: ["region", "item", "tier_from"], figures: ["unit", "price_nano_usd", "per_units"],
    plural: "unit prices")
  static let specification = PriceTable(
    name: "specification", keys: ["type"],
    figures: [
      "vcpu", "memory_milli_gib", "architecture", "current_generation", "network_baseline_mbps", "network_peak_mbps",
      "ebs_baseline_mbps", "ebs_baseline_iops", "ebs_peak_mbps", "ebs_peak_iops", "burst_baseline_percent",
      "burst_credits_per_hour", "burst_max_credits", "burst_surplus_per_vcpu_hour_nano_usd", "burst_mode",
    ], plural: "specifications")
  static let performance = PriceTable(
    name: "performance", keys: ["type"], figures: ["milli_coremark", "threads", "noise_percent"],
    plural: "measured types")

  /// In the order they are listed to people.
  static let all = [onDemand, reserved, savingsPlan, spot, spotPrice, unit, specification, performance]

  /// Binds key, date, figures, quality and source; does nothing when the key and date are there.
  var insertSQL: String {
    let columns = keys + ["effective_from"] + figures + ["quality", "source"]
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    return "INSERT INTO \(name)(\(columns.joined(separator: ", "))) VALUES (\(marks)) ON CONFLICT DO NOTHING"
  }

  /// Binds source and quality, then key and date.
  var confirmSQL: String { "UPDATE \(name) SET source = ?, quality = ? WHERE \(condition)" }

  private var condition: String { (keys + ["effective_from"]).map { "\($0) = ?" }.joined(separator: " AND ") }

  /// Binds key and date; gives the figures, then the quality and the source.
  var findSQL: String {
    "SELECT \(figures.joined(separator: ", ")), quality, source FROM \(name) WHERE \(condition)"
  }
}
