import Model

/// A cell as people read it, before a format marks it up.
enum PrintedCell: Hashable {
  case nothing
  /// A number, a length of time, a day: what no line end may part.
  case figure(String)
  case words(String)
  case code(String)
  case link(String, to: String)
  /// What is not known, and why.
  case unknown(String)

  /// - Parameter isSigned: whether a figure above zero has its sign.
  init(_ cell: ReportCell, isSigned: Bool = false) {
    func number(_ number: ScaledDecimal) -> PrintedCell {
      .figure((isSigned && number.mantissa > 0 ? "+" : "") + number.grouped)
    }
    self =
      switch cell {
      case .empty: .nothing
      case .text(let text): text.isEmpty ? .nothing : .words(text)
      case .code(let text): text.isEmpty ? .nothing : .code(text)
      case .link(let text, let target): text.isEmpty ? .nothing : .link(text, to: target)
      case .money(_, let cents): number(ScaledDecimal(mantissa: cents.count, scale: 2))
      case .rate(let money, let decimals): number(money.decimal(decimals))
      case .count(let count): number(ScaledDecimal(mantissa: Int64(count), scale: 0))
      case .decimal(let decimal): number(decimal)
      case .measured(let value, let decimals):
        roundedDecimal(value, decimals).map(number) ?? .figure(unroundedText(value))
      case .share(let fraction, let decimals, let rounding):
        .figure(shareText(fraction, decimals, rounding, isSigned: isSigned))
      case .duration(let seconds): .figure((isSigned && seconds > 0 ? "+" : "") + durationText(seconds))
      case .instant(let instant, let offset): .figure(instant.text(offset: offset))
      case .date(let date): .figure(date.description)
      case .month(let month): .figure(month.description)
      case .unknown(let reason): .unknown(reason)
      }
  }
}

extension PrintedCell {
  var isFigure: Bool { if case .figure = self { true } else { false } }

  /// True where something is known that may be of a unit.
  var takesUnit: Bool {
    switch self {
    case .nothing, .unknown: false
    case .figure, .words, .code, .link: true
    }
  }
}

/// `97.3 %`; `+4.7 %` where it is signed.
private func shareText(_ fraction: Double, _ decimals: Int, _ rounding: ShareRounding, isSigned: Bool) -> String {
  let percent =
    switch rounding {
    case .nearest: roundedDecimal(fraction * 100, decimals)
    case .down: roundedDownPercent(fraction, decimals)
    }
  guard let percent else { return fraction.isFinite ? "\(unroundedText(fraction * 100)) %" : unroundedText(fraction) }
  return "\(isSigned && percent.mantissa > 0 ? "+" : "")\(percent.grouped) %"
}

/// A fraction in percent, rounded down, and never up to 100 %.
///
/// A quotient of two counts, in percent and decimals, is off by a few units in the last place, so that 29 of 100 would
/// fall to 28.9 %; four of them are given back first. A sample that is missing of fewer than 10^14 weighs more.
private func roundedDownPercent(_ fraction: Double, _ decimals: Int) -> ScaledDecimal? {
  let percent = fraction * 100
  let mended = fraction < 1 ? min(percent + 4 * percent.ulp, (100.0).nextDown) : percent
  return roundedDecimal(mended, decimals, .down)
}
