// Where zones lie, and under which name AWS's price lists have what costs its own there.
//
// Source: Amazon EC2 user guide, "Regions and Zones" (names of zones); region index of the AWS Price List Bulk API
// (`region_index.json` of AmazonEC2), whose region codes of Local Zones are `us-east-1-bos-1`, of Wavelength Zones
// `us-east-1-wl1-atl1`, and `us-east-1-wl1` and `us-west-2-wl1` of the first two, Boston and San Francisco.

import Model

extension AWS: Places {
  package func region(ofZone zone: String) -> String? {
    AWSWords.region(zone: zone) ?? AWSWords.zoneName(id: zone).flatMap { AWSWords.region(zone: $0) }
  }

  /// The region of an availability zone; `us-east-1-bos-1` of the Local Zone `us-east-1-bos-1a`, `us-east-1-wl1-atl1` of
  /// the Wavelength Zone `us-east-1-wl1-atl-wlz-1`.
  package func priceRegion(ofZone zone: String) -> String? {
    guard let region = AWSWords.region(zone: zone) else {
      return AWSWords.zoneName(id: zone).flatMap { priceRegion(ofZone: $0) }
    }
    let words = zone.dropFirst(region.count).split(separator: "-").map(String.init)
    guard zone.dropFirst(region.count).first == "-" else { return region }
    if words.count >= 4, words[0].hasPrefix("wl"), words[words.count - 2] == "wlz" {
      let group = "\(region)-\(words[0])"
      return Self.firstWavelengthCities[group] == words[1] ? group : "\(group)-\(words[1])\(words[words.count - 1])"
    }
    // A Local Zone: its letter is the zone within the group.
    return zone.last?.isLetter == true ? String(zone.dropLast()) : zone
  }

  package func zone(_ zone: String, in region: String) -> String {
    guard let own = AWSWords.region(zone: zone) else { return "\(region)a" }
    let letter = zone.dropFirst(own.count)
    return letter.count == 1 ? "\(region)\(letter)" : "\(region)a"
  }

  /// The cities whose prices stand under the name of the group, without one of their own.
  private static let firstWavelengthCities = ["us-east-1-wl1": "bos", "us-west-2-wl1": "sfo"]
}
