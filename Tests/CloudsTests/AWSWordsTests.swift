import Clouds
import Testing

@Suite struct AWSWordsTests {
  @Test(
    "A zone's name says its region",
    arguments: [
      ("us-east-1a", "us-east-1"), ("us-east-1-bos-1a", "us-east-1"), ("us-gov-west-1b", "us-gov-west-1"),
      ("ap-southeast-2c", "ap-southeast-2"), ("us-east-1-wl1-bos-wlz-1", "us-east-1"),
    ])
  func region(zone: String, region: String) { #expect(AWSWords.region(zone: zone) == region) }

  @Test("A region, a zone's id and other words are no zones", arguments: ["us-east-1", "use1-az1", "", "here", "1a"])
  func noZone(text: String) { #expect(AWSWords.region(zone: text) == nil) }

  @Test(
    "An id of a zone is one in all accounts",
    arguments: [
      ("use1-az2", true), ("usw2-lax1-az1", true), ("use1-wl1-bos-wlz1", true), ("us-east-1a", false),
      ("us-east-1", false), ("az1", false), ("use1-az", false), ("use1-azure1", false), ("", false),
    ])
  func zoneID(text: String, isOne: Bool) { #expect(AWSWords.isZoneID(text) == isOne) }

  @Test(
    "Regions in China are priced in CNY",
    arguments: [("cn-north-1", "CNY"), ("us-gov-west-1", "USD"), ("eu-west-1", "USD")])
  func currency(region: String, currency: String) { #expect(AWSWords.currency(ofRegion: region) == currency) }

  @Test("A resource's name says its region where it has one")
  func resource() {
    #expect(AWSWords.region(arn: "arn:aws:elasticache:us-west-2:1:reserved-instance:a") == "us-west-2")
    #expect(AWSWords.region(arn: "arn:aws:savingsplans::1:savingsplan/a") == nil)
    #expect(AWSWords.region(arn: "us-west-2") == nil)
  }
}
