// The rows of our own price files that prices which are missing would fill, with the price left empty.

import Model

/// Price files that would fill what is missing, one of each kind, ready to be completed: what a figure is, the day it was
/// taken and where it was seen are left to whoever looks it up. Nothing where nothing is missing.
package func priceFiles(filling missing: [MissingPrice]) -> [String] {
  priceFileKinds.compactMap { kind in
    let rows = missing.compactMap { $0.row(of: kind) }
    return rows.isEmpty ? nil : file(of: kind, rows)
  }
}

private func file(of kind: any PriceFileKind.Type, _ rows: [[String: String]]) -> String {
  let columns = kind.columns + ["effective_from", "quality", "source"]
  let head = """
    # plimsoll-prices: \(kind.name) \(kind.version)
    # provider: aws
    # currency: USD
    # retrieved: DAY
    # source A: WHERE
    """
  return head + "\n" + delimitedText([columns] + rows.map { row in columns.map { csvText(row[$0] ?? "") } })
}

extension MissingPrice {
  /// The row of a kind of file that would fill it, by column; nil for another kind.
  fileprivate func row(of file: any PriceFileKind.Type) -> [String: String]? {
    guard file.name == fileKind.name, var row = cells else { return nil }
    row["effective_from"] = "\(since.date)"
    row["quality"] = "published"
    row["source"] = "A"
    return row
  }

  /// The kind of file that has it. Estimates are of Linux alone; of anything else spot has a price in a zone.
  private var fileKind: any PriceFileKind.Type {
    switch subject {
    case .onDemand: OnDemandFile.self
    case .spot(let kind): kind.engine == "linux" ? SpotEstimateFile.self : SpotPriceFile.self
    case .reserved: ReservedFile.self
    case .savingsPlan: SavingsPlanFile.self
    case .unit(let item, _): item.hasPrefix("tokens/") ? TokensFile.self : ServiceFile.self
    case .specification: SpecificationFile.self
    }
  }

  private var cells: [String: String]? {
    switch subject {
    case .onDemand(let kind), .spot(let kind): kind.cells
    case .reserved(let kind, let term):
      kind.cells.merging([
        "class": term.offerClass.rawValue, "years": "\(term.years)", "payment": term.payment.rawValue,
      ]) { $1 }
    case .savingsPlan(let kind, let term):
      kind.cells.merging([
        "plan": term.plan.rawValue, "years": "\(term.years)", "payment": term.payment.rawValue,
      ]) { $1 }
    case .unit(let item, let region): unitCells(item, region)
    case .specification(let type): ["type": type]
    }
  }

  /// `elb/alb-hour` is of the service `elb`; `tokens/VENDOR/MODEL/input` a column of a model.
  private func unitCells(_ item: String, _ region: String) -> [String: String] {
    let parts = item.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    if parts[0] == "tokens", parts.count == 4 { return ["vendor": parts[1], "model": parts[2]] }
    let name = parts.dropFirst().joined(separator: "/")
    return ["region": region, "service": parts[0], "item": name, "tier_from": "0"]
  }
}

extension InstanceKind {
  fileprivate var cells: [String: String] { ["region": region, "type": type, "engine": engine] }
}
