import Model

/// What the words of AWS's commands mean in ours.
package enum AWSWords {
  /// The engine of a product description of EC2: `linux` for `Linux/UNIX (Amazon VPC)`; nil for an unknown one.
  ///
  /// Source: Amazon EC2 API reference, `DescribeReservedInstancesOfferings` and `DescribeSpotPriceHistory`, filter
  /// `product-description`.
  package static func engine(product: String) -> String? {
    let network = " (Amazon VPC)"
    let plain = product.hasSuffix(network) ? String(product.dropLast(network.count)) : product
    return platformNames[plain]
  }

  static let platformNames = [
    "Linux/UNIX": "linux", "Linux with SQL Server Standard": "linux-sql-std",
    "Linux with SQL Server Web": "linux-sql-web", "Linux with SQL Server Enterprise": "linux-sql-ent",
    "Red Hat Enterprise Linux": "rhel", "Red Hat Enterprise Linux with HA": "rhel-ha",
    "Red Hat Enterprise Linux with SQL Server Standard": "rhel-sql-std",
    "Red Hat Enterprise Linux with SQL Server Web": "rhel-sql-web",
    "Red Hat Enterprise Linux with SQL Server Enterprise": "rhel-sql-ent", "SUSE Linux": "suse",
    "Ubuntu Pro": "ubuntu-pro", "Windows": "windows", "Windows with SQL Server Standard": "windows-sql-std",
    "Windows with SQL Server Web": "windows-sql-web", "Windows with SQL Server Enterprise": "windows-sql-ent",
  ]

  /// The engine of a product description of ElastiCache; nil for an unknown one.
  ///
  /// Source: Amazon ElastiCache API reference, `ReservedCacheNode`, `ProductDescription`.
  package static func cacheEngine(product: String) -> String? {
    let word = product.lowercased()
    return ["redis", "memcached", "valkey"].contains(word) ? word : nil
  }

  /// How an offer or plan is paid for: `No Upfront`, which old outputs write `NoUpfront`; nil for anything else.
  package static func payment(_ offeringType: String) -> OfferTerm.Payment? {
    switch offeringType.filter({ $0 != " " }) {
    case "NoUpfront": .noUpfront
    case "PartialUpfront": .partialUpfront
    case "AllUpfront": .allUpfront
    default: nil
    }
  }

  /// The length of a term in years, of 365 days each: 1 or 3; nil for any other number of seconds.
  package static func years(seconds: Int) -> Int? {
    switch seconds {
    case 31_536_000: 1
    case 94_608_000: 3
    default: nil
    }
  }

  /// The region of a zone's name: `us-east-1` of `us-east-1a`, of the local zone `us-east-1-bos-1a` and of the
  /// Wavelength zone `us-east-1-wl1-bos-wlz-1`; nil for anything else, such as a zone's id.
  ///
  /// Source: Amazon EC2 user guide, "Regions and Zones".
  package static func region(zone: String) -> String? {
    let words = zone.split(separator: "-", omittingEmptySubsequences: false)
    guard let last = words.firstIndex(where: { $0.first?.isWholeNumber == true }), last >= 2,
      last < words.count - 1 || words[last].last?.isLetter == true
    else { return nil }
    let number = words[last].prefix { $0.isWholeNumber }
    return (words[..<last] + [number]).joined(separator: "-")
  }

  /// True for the id of a zone, which is the same in all accounts: `use1-az2`, `usw2-lax1-az1`, `use1-wl1-bos-wlz1`.
  ///
  /// Source: Amazon EC2 user guide, "Regions and Zones".
  package static func isZoneID(_ text: String) -> Bool {
    guard region(zone: text) == nil, let dash = text.lastIndex(of: "-"), dash > text.startIndex else { return false }
    let last = text[text.index(after: dash)...]
    let number = last.drop { $0.isLetter }
    return ["az", "wlz"].contains(last.dropLast(number.count)) && !number.isEmpty && number.allSatisfy(\.isWholeNumber)
  }

  /// A zone that has the prices of a zone's id, by a name: `us-east-1a` of `use1-az2`, `us-west-2-lax-1a` of
  /// `usw2-lax1-az1`, `us-east-1-wl1-bos-wlz-1` of `use1-wl1-bos-wlz1`. Which letter an account calls the zone by is not
  /// known, and no price depends on it. nil for anything else.
  ///
  /// An id starts with the region's: its area, the first letters of its direction, its number (`apse1`, `usgw1`).
  /// Source: Amazon EC2 user guide, "Regions and Zones", "AZ IDs".
  package static func zoneName(id: String) -> String? {
    guard isZoneID(id) else { return nil }
    let words = id.split(separator: "-").map(String.init)
    guard let region = region(code: words[0]) else { return nil }
    if words.count == 2 { return "\(region)a" }
    if words.count == 4, words[1].hasPrefix("wl") {
      return "\(region)-\(words[1])-\(words[2])-wlz-\(words[3].drop { $0.isLetter })"
    }
    let (city, number) = lettersAndDigits(words[1])
    guard words.count == 3, !city.isEmpty, !number.isEmpty else { return nil }
    return "\(region)-\(city)-\(number)a"
  }

  /// `us-east-1` of `use1`; nil for what is no short name of a region.
  private static func region(code: String) -> String? {
    let (letters, number) = lettersAndDigits(code)
    let area = letters.hasPrefix("usg") && letters.count > 3 ? "us-gov" : String(letters.prefix(2))
    let rest = letters.dropFirst(area == "us-gov" ? 3 : 2)
    guard letters.count > 2, !number.isEmpty, let direction = directions[String(rest)] else { return nil }
    return "\(area)-\(direction)-\(number)"
  }

  private static let directions = [
    "n": "north", "e": "east", "s": "south", "w": "west", "c": "central", "ne": "northeast", "nw": "northwest",
    "se": "southeast", "sw": "southwest",
  ]

  /// `lax`, `1` of `lax1`; digits are empty where something else stands behind the letters.
  private static func lettersAndDigits(_ word: String) -> (letters: String, digits: String) {
    let letters = word.prefix { $0.isLetter }
    let digits = word.dropFirst(letters.count)
    return (String(letters), digits.allSatisfy { $0.isASCII && $0.isWholeNumber } ? String(digits) : "")
  }

  /// The account in a resource's name: `123456789012` of
  /// `arn:aws:elasticache:us-west-2:123456789012:cluster:a`; nil when it has none.
  package static func account(arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 6, parts[0] == "arn", !parts[4].isEmpty else { return nil }
    return String(parts[4])
  }

  /// The region in a resource's name: `us-west-2` of `arn:aws:elasticache:us-west-2:123456789012:reserved-instance:a`;
  /// nil when it has none.
  package static func region(arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 6, parts[0] == "arn", !parts[3].isEmpty else { return nil }
    return String(parts[3])
  }
}
