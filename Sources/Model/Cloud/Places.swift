/// Where a cloud's zones lie, and which prices hold there.
package protocol Places: Sendable {
  /// The region of a zone: `us-east-1` of `us-east-1a`; also by the zone's id, `use1-az2`; nil for what names no zone.
  func region(ofZone zone: String) -> String?
  /// What the price book calls the place whose prices hold in a zone: its region, or the zone's own group where that has
  /// prices of its own; nil for what names no zone.
  func priceRegion(ofZone zone: String) -> String?
  /// The zone of another region that stands for a zone: that of the same letter, else the first.
  func zone(_ zone: String, in region: String) -> String
}
