import Model
import Reading

/// AWS's price list of savings plans in CSV: five lines about the list, then a row for each rate.
struct AWSSavingsPlansCSV: PriceFormat {
  static let name = "aws-savings-plans-csv"
  static let outline = "AWS's price list of savings plans in CSV (DiscountedSKU, ...)"
  static let example = """
    FormatVersion,v1.0
    Disclaimer,This pricing list is for informational purposes only.
    Publication Date,2026-10-02T08:30:11Z
    Version,20261002083011
    OfferCode,AmazonComputeSavingsPlan
    SKU,RateCode,Unit,EffectiveDate,DiscountedRate,Currency,DiscountedSKU,DiscountedServiceCode,DiscountedUsageType,DiscountedOperation,PurchaseOption,LeaseContractLength,LeaseContractLengthUnit,ServiceCode,UsageType,Operation,Instance Family,Location,Location Type,Granularity,Product Family,DiscountedRegionCode,DiscountedInstanceType
    Q8TN4MZC6HYV2RKE,Q8TN4MZC6HYV2RKE.HB5V2X9QNAWVBF3P,Hrs,2026-10-01T00:00:00Z,0.0483,USD,HB5V2X9QNAWVBF3P,AmazonEC2,EUN1-BoxUsage:t3.large,RunInstances,No Upfront,1,year,ComputeSavingsPlans,EUN1-EC2SP:t3.1yrNoUpfront,,t3,EU (Stockholm),AWS Region,hourly,EC2InstanceSavingsPlans,eu-north-1,t3.large
    Q8TN4MZC6HYV2RKE,Q8TN4MZC6HYV2RKE.K3PJ7D6YTEC2SMRR,Hrs,2026-10-01T00:00:00Z,0.0531,USD,K3PJ7D6YTEC2SMRR,AmazonEC2,EUN1-DedicatedUsage:t3.large,RunInstances,No Upfront,1,year,ComputeSavingsPlans,EUN1-EC2SP:t3.1yrNoUpfront,,t3,EU (Stockholm),AWS Region,hourly,EC2InstanceSavingsPlans,eu-north-1,t3.large

    """

  static func recognises(_ start: FileStart) -> Bool { start.startsPriceList && start.holds("DiscountedSKU") }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    var rows = try input.rows()
    let columns = try PriceListColumns(&rows)
    let rates = try SavingsPlanColumns(columns)
    let source = try columns.head.source(input)
    while try rows.nextRow() {
      try columns.header.check(rows.reader)
      try rows.reader.checkUTF8()
      let row = rows.reader
      try sink.add(try rates.rate(row).rate(input, source, at: row.place))
    }
    try rows.expectLineEnd()
  }
}

/// Where the columns of a price list of savings plans stand.
private struct SavingsPlanColumns {
  private let family, purchaseOption, leaseLength, leaseUnit, effectiveDate, service, usageType, operation: Int
  private let unit, amount, currency: Int
  private let regionCode, location, instanceType: Int?

  init(_ columns: PriceListColumns) throws(DataError) {
    family = try columns.require("Product Family")
    purchaseOption = try columns.require("PurchaseOption")
    leaseLength = try columns.require("LeaseContractLength")
    leaseUnit = try columns.require("LeaseContractLengthUnit")
    effectiveDate = try columns.require("EffectiveDate")
    service = try columns.require("DiscountedServiceCode")
    usageType = try columns.require("DiscountedUsageType")
    operation = try columns.require("DiscountedOperation")
    unit = try columns.require("Unit")
    amount = try columns.require("DiscountedRate")
    currency = try columns.require("Currency")
    regionCode = columns.find("DiscountedRegionCode")
    location = regionCode == nil ? try columns.require("Location") : columns.find("Location")
    instanceType = columns.find("DiscountedInstanceType")
  }

  func rate(_ row: DelimitedReader) -> ListedSavingsRate {
    ListedSavingsRate(
      family: row.text(family), purchaseOption: row.text(purchaseOption), leaseLength: row.text(leaseLength),
      leaseUnit: row.text(leaseUnit), effectiveDate: row.text(effectiveDate), service: row.text(service),
      usageType: row.text(usageType), operation: row.text(operation),
      regionCode: regionCode.map { row.text($0) } ?? "", location: location.map { row.text($0) } ?? "",
      instanceType: instanceType.map { row.text($0) } ?? "", unit: row.text(unit), amount: row.text(amount),
      currency: row.text(currency))
  }
}
