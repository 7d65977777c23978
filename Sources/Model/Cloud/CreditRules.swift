/// How a cloud charges burstable types.
package protocol CreditRules: Sendable {
  /// True where use above the baseline is charged when the credits are spent; false where it is throttled.
  func chargesSurplus(_ type: String) -> Bool
}
