import Analysis
import Model

extension PriceNote {
  /// `t3.medium 0.0416/h on-demand (from 2026-07-20, ec2-on-demand.csv)`.
  /// - Parameter currency: of the report; where it is not the dollar, amounts say that they are dollars.
  func words(in currency: BillCurrency) -> String {
    func rate(_ price: Money) -> String { "\(price)" + (currency.code == BillCurrency.usDollar.code ? "" : " USD") }
    let source = [effectiveFrom.map { "from \($0.date)" }, file, file != nil && isSaid ? "derived" : nil]
    let place = source.compactMap { $0 }.joined(separator: ", ")
    return row.words(rate) + (place.isEmpty ? "" : " (\(place))")
  }

  /// Whether a derived price must be said to be derived: where its row does not say it.
  private var isSaid: Bool {
    switch row {
    case .spotEstimate, .spotMean: false
    default: quality == .derived
    }
  }
}

extension PriceNote.Row {
  fileprivate func words(_ rate: (Money) -> String) -> String {
    switch self {
    case .onDemand(let type, let hourly): return "\(type) \(rate(hourly))/h on-demand"
    case .reserved(let type, let upfront, let hourly, let term):
      return "\(type) \(upfront == .zero ? "" : "\(rate(upfront)) upfront + ")\(rate(hourly))/h \(term)"
    case .savingsPlanRate(let type, let hourly, let term, let twin):
      return "\(type) \(rate(hourly))/h \(term)" + (twin.map { ", as \($0)" } ?? "")
    case .savingsPlan(let hourly, let term): return "\(rate(hourly))/h committed, \(term)"
    case .spotEstimate(let type, let hourly, let percent):
      return "\(type) \(rate(hourly))/h spot, derived: on-demand less \(percent) %"
    case .spotMean(let type, let hourly, let span):
      return "\(type) \(rate(hourly))/h spot, derived: mean of \(span.words)"
    case .surplusCredits(let type, let price): return "\(type) surplus credits \(rate(price))/vCPU-hour"
    case .unit(let item, let price, let units, let unit): return "\(item) \(rate(price))/\(per(units, unit))"
    case .contract(let price, let units, let unit): return "\(rate(price))/\(per(units, unit)) (fleet file)"
    case .discount(let percent, let service, let isSupposed):
      return "\(percent) % off \(service) (\(isSupposed ? "what-if" : "fleet file"))"
    }
  }

  private func per(_ units: Int64, _ unit: String) -> String {
    units == 1 ? unit : "\(grouped(Int(units))) \(unit)s"
  }
}

extension PriceNote.SpotSpan {
  package var words: String {
    switch self {
    case .hoursUsed(let zone): "the hours used in \(zone)"
    case .days(let days, let zones): "\(days) days in \(zones) zone\(zones == 1 ? "" : "s")"
    }
  }
}
