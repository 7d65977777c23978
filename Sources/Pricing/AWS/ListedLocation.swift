import Model

/// The regions of locations as price lists name them that do not give the code; "Europe" and "EU" are used for one
/// another. From "Regions and Availability Zones" of AWS's global infrastructure guide.
private let regions = [
  "US East (N. Virginia)": "us-east-1", "US East (Ohio)": "us-east-2", "US West (N. California)": "us-west-1",
  "US West (Oregon)": "us-west-2", "Africa (Cape Town)": "af-south-1", "Asia Pacific (Hong Kong)": "ap-east-1",
  "Asia Pacific (Taipei)": "ap-east-2", "Asia Pacific (Tokyo)": "ap-northeast-1",
  "Asia Pacific (Seoul)": "ap-northeast-2", "Asia Pacific (Osaka)": "ap-northeast-3",
  "Asia Pacific (Osaka-Local)": "ap-northeast-3", "Asia Pacific (Mumbai)": "ap-south-1",
  "Asia Pacific (Hyderabad)": "ap-south-2", "Asia Pacific (Singapore)": "ap-southeast-1",
  "Asia Pacific (Sydney)": "ap-southeast-2", "Asia Pacific (Jakarta)": "ap-southeast-3",
  "Asia Pacific (Melbourne)": "ap-southeast-4", "Asia Pacific (Malaysia)": "ap-southeast-5",
  "Asia Pacific (New Zealand)": "ap-southeast-6", "Asia Pacific (Thailand)": "ap-southeast-7",
  "Canada (Central)": "ca-central-1", "Canada West (Calgary)": "ca-west-1", "EU (Frankfurt)": "eu-central-1",
  "EU (Zurich)": "eu-central-2", "EU (Stockholm)": "eu-north-1", "EU (Milan)": "eu-south-1",
  "EU (Spain)": "eu-south-2", "EU (Ireland)": "eu-west-1", "EU (London)": "eu-west-2", "EU (Paris)": "eu-west-3",
  "Israel (Tel Aviv)": "il-central-1", "Middle East (UAE)": "me-central-1", "Middle East (Bahrain)": "me-south-1",
  "Mexico (Central)": "mx-central-1", "South America (Sao Paulo)": "sa-east-1",
  "AWS GovCloud (US-East)": "us-gov-east-1", "AWS GovCloud (US-West)": "us-gov-west-1",
  "AWS GovCloud (US)": "us-gov-west-1",
]

/// The code of the region that a price list calls by its name.
/// - Throws: ``DataError`` for a name that is not in the table.
func regionCode(ofLocation location: String, at place: Place) throws(DataError) -> String {
  var name = location
  if name.hasPrefix("Europe (") { name = "EU" + name.dropFirst("Europe".count) }
  if let code = regions[name] { return code }
  throw DataError(
    place, found: location.isEmpty ? "no region code and no location" : "location \"\(location)\" and no region code",
    expected: "a region code, or a location such as EU (Ireland)")
}
