import Model
import TestSupport

/// Reports of random shape and hostile content, the same for the same seed.
struct RandomDocument {
  private var random: SplitMix64

  init(seed: Int) { random = SplitMix64(seed: seed) }

  mutating func document() -> ReportDocument {
    ReportDocument("random", title: words(), blocks: blocks(), sections: sections(depth: 2))
  }

  private mutating func sections(depth: Int) -> [ReportSection] {
    guard depth > 0 else { return [] }
    return (0..<random.number(0...2)).map { index in
      ReportSection(
        "section-\(index)", title: random.number(0...4) == 0 ? "" : words(), blocks: blocks(),
        sections: sections(depth: depth - 1))
    }
  }

  private mutating func blocks() -> [ReportBlock] { (0..<random.number(0...3)).map { _ in block() } }

  private mutating func block() -> ReportBlock {
    switch random.number(0...6) {
    case 0: .paragraph(words())
    case 1: .list((0..<random.number(0...3)).map { _ in words() })
    case 2: .facts((0..<random.number(0...4)).map { _ in fact() })
    case 3: .chart(ReportChart(random.coin() ? .bars : .line, title: words(), table()))
    default: .table(table())
    }
  }

  private mutating func fact() -> ReportFact { ReportFact(words(), cell(), unit: random.coin() ? word() : nil) }

  mutating func table() -> ReportTable {
    let columns = (0..<random.number(0...9)).map {
      ReportColumn("column_\($0)", words(), kind(), isSigned: random.coin())
    }
    return ReportTable(
      "table", columns: columns, rows: (0..<random.number(0...4)).map { _ in row(columns) },
      total: random.coin() ? row(columns) : nil)
  }

  private mutating func row(_ columns: [ReportColumn]) -> [ReportCell] { columns.map { cell($0.kind) } }

  private mutating func kind() -> ReportColumn.Kind {
    switch random.number(0...12) {
    case 0: .money(currency: "USD")
    case 1: .rate(currency: "EUR", per: "hour")
    case 2: .count
    case 3: .number(unit: random.coin() ? "vCPU" : nil)
    case 4: .share
    case 5: .duration
    case 6: .instant
    case 7: .date
    case 8: .month
    default: .text
    }
  }

  /// Mostly a cell of the column's kind; sometimes nothing, an unknown or a text.
  private mutating func cell(_ kind: ReportColumn.Kind) -> ReportCell {
    switch random.number(0...9) {
    case 0: .empty
    case 1: .unknown(words())
    case 2: text()
    default: figure(kind)
    }
  }

  private mutating func figure(_ kind: ReportColumn.Kind) -> ReportCell {
    switch kind {
    case .text: text()
    case .money: .money(money())
    case .rate: .rate(money(), decimals: random.coin() ? random.number(0...9) : nil)
    case .count: .count(random.coin() ? random.number(-9...9) : random.number(.min ... .max))
    case .number:
      random.coin()
        ? .decimal(ScaledDecimal(mantissa: random.number(.min ... .max), scale: random.number(0...18)))
        : .measured(double(), decimals: random.number(0...4))
    case .share: .share(double(), decimals: random.number(0...2), rounding: random.coin() ? .nearest : .down)
    case .duration: .duration(random.coin() ? random.number(0...900_000) : random.number(.min ... .max))
    case .instant: .instant(Instant(seconds: random.number(0...4_000_000_000)), offset: random.number(-14...14) * 3600)
    case .date: .date(CivilDate(Instant(seconds: random.number(0...4_000_000_000)).date)!)
    case .month: .month(Month(year: random.number(1970...2100), month: random.number(1...12)))
    }
  }

  private mutating func cell() -> ReportCell {
    let kind = kind()
    return cell(kind)
  }

  private mutating func money() -> Money {
    Money(
      nanoDollars: random.coin() ? random.number(.min ... .max) : random.number(-99_000_000_000...9_000_000_000_000))
  }

  private mutating func double() -> Double {
    random.number(0...4) == 0
      ? Double(bitPattern: random.next()) : Double(random.number(-2_000_000...2_000_000)) / 1_000_000
  }

  private mutating func text() -> ReportCell {
    switch random.number(0...3) {
    case 0: .code(word())
    case 1: .link(words(), to: random.coin() ? "#section-0" : word())
    default: .text(words())
    }
  }

  private mutating func word() -> String { hostileNames[random.number(0...(hostileNames.count - 1))] }

  private mutating func words() -> String {
    (0..<random.number(1...(random.number(0...5) == 0 ? 40 : 3))).map { _ in word() }.joined(separator: " ")
  }
}
