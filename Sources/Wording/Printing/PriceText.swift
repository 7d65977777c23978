import Model

extension PriceNote {
  /// `t3.medium 0.0416/h on-demand (from 2026-07-20, ec2-on-demand.csv)`; amounts name the dollar where the report is in
  /// another currency.
  func text(in currency: BillCurrency) -> String {
    let unit = currency.dollarUnit
    let price = "\(amount)\(unit)"
    switch item {
    case .onDemand(let type): return "\(type) \(price)/h on-demand (\(origin))"
    case .reserved(let type, let term, let upfront):
      return "\(type) \(upfront == .zero ? "" : "\(upfront)\(unit) upfront + ")\(price)/h \(term) (\(origin))"
    case .savingsPlan(let type, let term, let twin):
      return "\(type) \(price)/h \(term)\(twin.map { ", as \($0)" } ?? "") (\(origin))"
    case .commitment(let term): return "\(price)/h committed, \(term) (\(origin))"
    case .spotEstimate(let type, let percent):
      return "\(type) \(price)/h spot, derived: on-demand less \(percent) % (\(place))"
    case .spotMean(let type, let span): return "\(type) \(price)/h spot, derived: mean of \(span.text) (\(place))"
    case .surplusCredits(let type): return "\(type) surplus credits \(price)/vCPU-hour (\(origin))"
    case .unit(let item, let count, let unit): return "\(item) \(price)/\(unitText(count, unit)) (\(origin))"
    case .contract(let count, let unit): return "\(price)/\(unitText(count, unit)) (fleet file)"
    case .discount(let percent, let service, let isSupposed):
      return "\(percent) % off \(service) (\(isSupposed ? "what-if" : "fleet file"))"
    }
  }

  private var origin: String { place + (quality == .derived ? ", derived" : "") }

  /// `from 2026-07-20, ec2-on-demand.csv`.
  private var place: String {
    ([since.map { "from \($0.date)" }, file] as [String?]).compactMap { $0 }.joined(separator: ", ")
  }
}

extension PriceNote.SpotSpan {
  /// `30 days in 2 zones`.
  var text: String {
    switch self {
    case .hoursUsed(let zone): "the hours used in \(zone)"
    case .days(let days, let zones): "\(days) days in \(zones) zone\(zones == 1 ? "" : "s")"
    }
  }
}

/// `hour`, `1,000,000 tokens`.
func unitText(_ count: Int64, _ unit: String) -> String {
  count == 1 ? unit : "\(grouped(Int(count))) \(unit)s"
}
