import Model

extension BillCurrency {
  /// A column of amounts in this currency, which its name ends in: `total_usd`.
  func column(_ name: String, _ title: String, isSigned: Bool = false) -> ReportColumn {
    ReportColumn("\(name)_\(suffix)", title, .money(currency: code), isSigned: isSigned)
  }

  /// A column of amounts for each of something: `cost_per_user_usd`.
  func column(_ name: String, _ title: String, per unit: String, isSigned: Bool = false) -> ReportColumn {
    ReportColumn("\(name)_\(suffix)", title, .rate(currency: code, per: unit), isSigned: isSigned)
  }

  /// What stands behind US dollars where amounts are in another currency: ` USD`; empty where they are in dollars too.
  var dollarUnit: String { rate == nil ? "" : " USD" }

  /// A cost at list prices, to the cent: `1,061.20`, or `1,061.20 USD`.
  func listText(_ dollars: Money) -> String { Cents(dollars).grouped + dollarUnit }

  /// A list price for an hour: `0.096/h`, or `0.096 USD/h`.
  func listText(hourly dollars: Money) -> String { "\(dollars)\(dollarUnit)/h" }

  /// The rate that all amounts of a report were converted at; nothing when they are in US dollars.
  var rateBlocks: [ReportBlock] { rateText.map { [.paragraph("Amounts in \(code). \($0)")] } ?? [] }

  /// `One USD is 0.9214 EUR, the rate from 2026-10-01; prices are in USD.`
  var rateText: String? {
    rate.map { "One USD is \($0.perUsd) \(code), the rate from \($0.from); prices are in USD." }
  }
}

extension ReportCell {
  /// By how much an amount is more than it was, as a fraction; unknown where there was nothing before.
  static func change(_ now: Money, from before: Money) -> ReportCell {
    guard before != .zero else { return now == .zero ? .share(0) : .unknown("there was nothing before") }
    return .share(Double(now.nanoDollars) / Double(before.nanoDollars) - 1)
  }

  /// Four decimals: a user costs cents.
  static func perUser(_ amount: Money) -> ReportCell { .rate(amount, decimals: 4) }

  /// A fraction; unknown where there is nothing to divide by.
  static func fraction(_ fraction: ScaledDecimal?) -> ReportCell {
    known(fraction, or: "there is nothing to divide by") { .share($0.double) }
  }
}

/// `+4.7 %`; `new` when there was nothing before.
func changeText(_ now: Double, from before: Double) -> String {
  guard before != 0 else { return now == 0 ? "0.0 %" : "new" }
  let percent = (now / before - 1) * 100
  return (percent > 0 ? "+" : "") + rounded(percent, 1) + " %"
}

/// `60.0 %` of a fraction.
func percentText(_ fraction: Double) -> String { "\(rounded(fraction * 100, 1)) %" }
