import Model
import TestSupport
import Testing

@testable import Pricing

/// The rows that prices which are missing would fill.
@Suite struct MissingPriceFilesTests {
  private let missing: [MissingPrice] = [
    .onDemand(kind("m5.large")), .spot(kind("m5.large")), .spot(kind("m5.large", engine: "windows")),
    .reserved(kind("m5.large"), oneYear), .savingsPlan(kind("m5.large"), computePlan),
    .unit("acme/widget-hour", region: "us-east-1"), .unit("tokens/acme/model-1/input", region: "us-east-1"),
    .specification("x9.large"),
  ].map { (subject: MissingPrice.Subject) in
    MissingPrice(
      subject, since: instant("2026-10-01"),
      DataError(Place(file: "price book"), found: "nothing", expected: "a price", kind: .missingInput))
  }

  @Test("There is a file of each kind, with all columns of the kind, and every price is left empty")
  func kinds() {
    let files = priceFiles(filling: missing)
    let heads = files.map { $0.split(separator: "\n")[0] }
    #expect(
      heads == [
        "# plimsoll-prices: on-demand 1", "# plimsoll-prices: reserved 1", "# plimsoll-prices: savings-plan 1",
        "# plimsoll-prices: spot-estimate 1", "# plimsoll-prices: spot-price 1", "# plimsoll-prices: specification 2",
        "# plimsoll-prices: service 1", "# plimsoll-prices: tokens 1",
      ])
    #expect(
      files[0].hasSuffix(
        "region,type,engine,usd_per_hour,effective_from,quality,source\n"
          + "us-east-1,m5.large,linux,,2026-10-01,published,A\n"))
    #expect(files[1].hasSuffix("us-east-1,m5.large,linux,standard,1,no-upfront,,,2026-10-01,published,A\n"))
    #expect(files[6].hasSuffix("us-east-1,acme,widget-hour,,0,,2026-10-01,published,A\n"))
  }

  @Test("Nothing missing is no file")
  func none() { #expect(priceFiles(filling: []).isEmpty) }

  @Test("A file that is filled in is a price file")
  func filledIn() throws {
    let file = priceFiles(filling: Array(missing.prefix(1)))[0]
      .replacing("DAY", with: "2026-11-01").replacing("WHERE", with: "the bill").replacing(
        ",linux,,", with: ",linux,0.1,")
    let price = try #require(try readTold(file).book.onDemand.first)
    #expect(price.kind == kind("m5.large") && price.hourly == usd("0.1"))
    #expect(price.provenance.effectiveFrom == instant("2026-10-01"))
  }
}
