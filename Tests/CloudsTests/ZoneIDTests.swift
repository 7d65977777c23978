import Clouds
import Testing

@Suite struct ZoneIDTests {
  @Test(
    "A zone's id tells the region, and the place whose prices hold, as its name does",
    arguments: [
      ("use1-az2", "us-east-1", "us-east-1"), ("apse1-az1", "ap-southeast-1", "ap-southeast-1"),
      ("euc1-az3", "eu-central-1", "eu-central-1"), ("usgw1-az1", "us-gov-west-1", "us-gov-west-1"),
      ("usw2-az4", "us-west-2", "us-west-2"), ("cnnw1-az1", "cn-northwest-1", "cn-northwest-1"),
      ("usw2-lax1-az1", "us-west-2", "us-west-2-lax-1"), ("use1-wl1-atl-wlz1", "us-east-1", "us-east-1-wl1-atl1"),
    ])
  func known(id: String, region: String, place: String) {
    #expect(AWS().region(ofZone: id) == region)
    #expect(AWS().priceRegion(ofZone: id) == place)
  }

  @Test("What is no id tells nothing", arguments: ["", "use1", "xyz1-az1", "us-az1", "u-az1", "use-az1", "use1-az"])
  func unknown(id: String) {
    #expect(AWS().region(ofZone: id) == nil && AWS().priceRegion(ofZone: id) == nil)
  }
}
