import Model

extension AWS: CreditRules {
  /// T2 starts in standard mode by default, T3, T3a and T4g unlimited.
  ///
  /// Source: Amazon EC2 user guide, "Unlimited mode for burstable performance instances".
  package func chargesSurplus(_ type: String) -> Bool { TypeName(type).family != "t2" }

  /// Windows has a rate of its own; Linux, RHEL and SLES share that of the type.
  ///
  /// Source: Amazon EC2 on-demand pricing, "Unlimited mode": T2 and T3 $0.05 a vCPU-hour for Linux, RHEL and SLES, $0.096 for
  /// Windows.
  package func surplusItem(of kind: InstanceKind) -> String? {
    let isWindows = kind.engine == "windows" || kind.engine.hasPrefix("windows-")
    return isWindows && NodePrefix(of: kind.type) == nil ? "ec2/surplus-credits-windows" : nil
  }
}
