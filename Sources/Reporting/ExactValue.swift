import Model

/// A cell as machines read it, the same in CSV and JSON: the exact figure, which JSON takes as a number as it stands.
///
/// Money and decimals have all their digits; shares are fractions, lengths of time seconds.
enum ExactValue: Hashable {
  case nothing
  case number(String)
  /// A day, month or moment by ISO 8601.
  case time(String)
  case text(String)
  case link(String, to: String)
  case unknown(String)

  init(_ cell: ReportCell) {
    self =
      switch cell {
      case .empty: .nothing
      case .text(let text), .code(let text): .text(text)
      case .link(let text, let target): .link(text, to: target)
      case .money(let money, _), .rate(let money, _): .number(money.description)
      case .count(let count): .number("\(count)")
      case .decimal(let decimal): .number(decimal.description)
      case .measured(let value, _), .share(let value, _, _): Self.double(value)
      case .duration(let seconds): .number("\(seconds)")
      case .instant(let instant, let offset): .time(instant.iso8601(offset: offset))
      case .date(let date): .time(date.description)
      case .month(let month): .time(month.description)
      case .unknown(let reason): .unknown(reason)
      }
  }

  /// The fewest digits that give the same double back; nothing for what is no number.
  private static func double(_ value: Double) -> ExactValue {
    value.isFinite ? .number(value == 0 ? "0.0" : "\(value)") : .nothing
  }
}
