/// How a cloud charges burstable types.
package protocol CreditRules: Sendable {
  /// True where use above the baseline is charged when the credits are spent; false where it is throttled.
  func chargesSurplus(_ type: String) -> Bool
  /// The item of the price book by which surplus credits of a kind are charged, where what runs on it has a rate of its own;
  /// nil where the type's rate holds.
  func surplusItem(of kind: InstanceKind) -> String?
}
