// Where AWS tells its prices: the Price List Bulk API, which needs no account, and the commands of its command line.
//
// Source: AWS Billing user guide, "Using the AWS Price List Bulk API" (addresses of price lists and of savings plans);
// AWS CLI reference, `describe-spot-price-history`, `describe-instance-types`, `describe-reserved-instances-offerings`,
// `describe-reserved-cache-nodes-offerings`.

import Model

extension AWS: PriceSources {
  package func priceFetches(ofRegion region: String) throws(DataError) -> [PriceFetch] {
    let home = try commandRegion(of: region)
    let lists = ["AmazonEC2", "AmazonElastiCache", "AmazonRDS"].map { priceList(of: $0, region) }
    // What is printed of a region says nothing of the prices of its Local Zones but the specifications of types.
    return lists + [savingsPlans(region)] + commands(home).prefix(region == home ? 4 : 1)
  }

  /// The region that commands are sent to: that of a Local or Wavelength Zone's group is its parent.
  private func commandRegion(of region: String) throws(DataError) -> String {
    let isName = region.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard isName, let home = AWSWords.region(zone: region + "a") else {
      throw DataError(
        Place(parameter: .region), found: "\"\(region)\"", expected: "a region of AWS, such as us-east-1", kind: .usage)
    }
    guard !home.hasPrefix("cn-") else {
      throw DataError(
        Place(parameter: .region), found: "\"\(region)\", whose prices are in CNY",
        expected: "a region whose prices are in USD", kind: .usage)
    }
    return home
  }

  private static let address = "https://pricing.us-east-1.amazonaws.com"

  private func priceList(of service: String, _ region: String) -> PriceFetch {
    let file = "\(service)-\(region).csv"
    return PriceFetch(
      "\(service): on demand and reserved",
      "curl -sSf --compressed -o \(file) \\\n  \(Self.address)/offers/v1.0/aws/\(service)/current/\(region)/index.csv",
      file: file, reading: .prices)
  }

  private func savingsPlans(_ region: String) -> PriceFetch {
    let file = "AWSComputeSavingsPlan-\(region).json"
    let index = "\(Self.address)/savingsPlan/v1.0/aws/AWSComputeSavingsPlan/current/region_index.json"
    return PriceFetch(
      "Savings plans: the index of regions names the newest list",
      """
      list=$(curl -sSf --compressed \(index) \\
        | tr -d ' \\n' | grep -o '"regionCode":"\(region)","versionUrl":"[^"]*' | cut -d '"' -f 8)
      curl -sSf --compressed -o \(file) "\(Self.address)$list"
      """, file: file, reading: .prices)
  }

  private func commands(_ region: String) -> [PriceFetch] {
    func fetch(_ subject: String, _ command: String, _ file: String, _ reading: PriceFetch.Reading) -> PriceFetch {
      PriceFetch(
        subject, "aws \(command) --region \(region) --output json \\\n  > \(file)", file: file, reading: reading)
    }
    return [
      fetch(
        "Specifications", "ec2 describe-instance-types", "instance-types-\(region).json", .undatedPrices),
      fetch(
        "Reservations on sale, as of today",
        "ec2 describe-reserved-instances-offerings --no-include-marketplace --instance-tenancy default",
        "reserved-instances-offerings-\(region).json", .undatedPrices),
      fetch(
        "Reserved cache nodes on sale, as of today", "elasticache describe-reserved-cache-nodes-offerings",
        "reserved-cache-nodes-offerings-\(region).json", .undatedPrices),
      fetch(
        "Spot prices of the last 90 days",
        "ec2 describe-spot-price-history --product-descriptions Linux/UNIX Windows",
        "spot-price-history-\(region).json", .spot),
    ]
  }
}
