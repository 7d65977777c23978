import Model

extension AWS: CreditRules {
  /// T2 starts in standard mode by default, T3, T3a and T4g unlimited.
  ///
  /// Source: Amazon EC2 user guide, "Unlimited mode for burstable performance instances".
  package func chargesSurplus(_ type: String) -> Bool { TypeName(type).family != "t2" }
}
