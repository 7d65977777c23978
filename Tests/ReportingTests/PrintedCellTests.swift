import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct PrintedCellTests {
  @Test(
    "Figures are printed for people",
    arguments: [
      (cost("1234.5"), "1,234.50"), (cost("-0.05"), "-0.05"), (cost("0"), "0.00"),
      // 5,819.8650 exactly is printed as the cents that make its column add up.
      (.money(usd("5819.865"), printed: Cents(581_987)), "5,819.87"),
      // Half-even: 0.00005 goes to 0.0000, 0.00015 to 0.0002.
      (.rate(usd("0.00005"), decimals: 4), "0.0000"), (.rate(usd("0.00015"), decimals: 4), "0.0002"),
      (.rate(usd("6.06588"), decimals: 4), "6.0659"), (.rate(usd("0.0416")), "0.0416"), (.rate(usd("0.085")), "0.0850"),
      (.rate(usd("12")), "12.0000"), (.rate(usd("0.000000125")), "0.000000125"),
      (.rate(usd("1234.5"), decimals: 0), "1,234"),
      (.count(1_234_567), "1,234,567"), (.count(-999), "-999"), (.count(.min), "-9,223,372,036,854,775,808"),
      (.decimal(decimal("12345.60")), "12,345.60"), (.decimal(decimal("0.630")), "0.630"),
      // Half away from zero.
      (.measured(0.5, decimals: 0), "1"), (.measured(-2.5, decimals: 0), "-3"),
      (.measured(1907.3333, decimals: 2), "1,907.33"),
      (.measured(-0.04, decimals: 1), "0.0"), (.measured(.nan, decimals: 1), "not a number"),
      (.measured(-.infinity, decimals: 1), "minus infinity"), (.measured(1e300, decimals: 2), "1e+300"),
      (.share(0.973), "97.3 %"), (.share(12.5, decimals: 0), "1,250 %"), (.share(.infinity), "infinity"),
      (.duration(0), "0 min"), (.duration(59), "59 s"), (.duration(16_500), "4 h 35 min"),
      (.duration(266_400), "3 d 2 h"),
      (.instant(instant("2026-10-13T20:05:00Z"), offset: -14_400), "2026-10-13 16:05"),
      (.date(CivilDate("2026-10-13")!), "2026-10-13"), (.month(Month(year: 2026, month: 10)), "2026-10"),
    ] as [(ReportCell, String)])
  func figures(cell: ReportCell, text: String) { #expect(PrintedCell(cell) == .figure(text)) }

  @Test(
    "Where a column is signed, what is above zero in print has its sign",
    arguments: [
      (cost("12.34"), "+12.34"), (cost("-0.05"), "-0.05"), (cost("0.001"), "0.00"),
      (.rate(usd("0.0416"), decimals: 2), "+0.04"),
      (.rate(usd("0.0416"), decimals: 1), "0.0"), (.count(3), "+3"), (.count(0), "0"), (.share(0.047), "+4.7 %"),
      (.share(-0.047), "-4.7 %"), (.share(0.0004), "0.0 %"), (.measured(0.04, decimals: 1), "0.0"),
      (.measured(0.05, decimals: 1), "+0.1"), (.decimal(decimal("1.5")), "+1.5"), (.duration(60), "+1 min"),
      (.duration(-60), "-1 min"), (.date(CivilDate("2026-10-13")!), "2026-10-13"),
    ] as [(ReportCell, String)])
  func signs(cell: ReportCell, text: String) { #expect(PrintedCell(cell, isSigned: true) == .figure(text)) }

  @Test("A coverage is cut to tenths of a percent, as by whole numbers")
  func coverage() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<3000 {
      let expected = random.number(1...(random.coin() ? 3000 : 1_000_000_000))
      let seen = random.coin() ? random.number(0...expected) : expected - min(expected, random.number(0...3))
      // The quotient of whole numbers in tenths of a percent; it cannot be off.
      let tenths = ScaledDecimal(mantissa: Int64(seen * 1000 / expected), scale: 1)
      #expect(PrintedCell(.coverage(Coverage(seen: seen, expected: expected))) == .figure("\(tenths) %"))
    }
  }

  @Test("What is just below complete never prints as complete", arguments: [0, 1, 3])
  func incomplete(decimals: Int) {
    let almost = PrintedCell(.share(1.0.nextDown, decimals: decimals, rounding: .down))
    #expect(almost != PrintedCell(.share(1, decimals: decimals)))
    #expect(PrintedCell(.share(1, decimals: 1, rounding: .down)) == .figure("100.0 %"))
  }

  @Test("Words, code, links and what is not known keep their kind; an empty text is nothing")
  func words() {
    #expect(PrintedCell(.text("1,234")) == .words("1,234"))
    #expect(PrintedCell(.code("rightsize-db")) == .code("rightsize-db"))
    #expect(PrintedCell(.link("bill", to: "bill.csv")) == .link("bill", to: "bill.csv"))
    #expect(PrintedCell(.unknown("no price")) == .unknown("no price"))
    #expect(PrintedCell(.text("")) == .nothing && PrintedCell(.code("")) == .nothing && PrintedCell(.empty) == .nothing)
  }
}
