import Model

extension AWS: InstanceServices {
  /// One of `ec2`, `elasticache`, `rds` and `documentdb`, whose types are called as those of RDS are.
  package func priceService(ofType type: String, engine: String) -> String {
    switch NodePrefix(of: type) {
    case nil: Self.instanceService
    case .cache: "elasticache"
    case .database: engine.hasPrefix("doc") ? "documentdb" : "rds"
    }
  }

  package func isManaged(_ type: String) -> Bool { NodePrefix(of: type) != nil }

  package func usualEngine(of type: String) -> String { NodePrefix(of: type) == .cache ? "redis" : "linux" }

  /// By the engine codes of RDS and the product descriptions of EC2; letters count alike in either case.
  ///
  /// Source: Amazon RDS API reference, `CreateDBInstance`, `Engine`.
  package func engine(called word: String, on type: String) -> String {
    if let platform = AWSWords.engine(product: word) { return platform }
    let lower = word.lowercased()
    return NodePrefix(of: type) == .database && lower == "postgres" ? "postgresql" : lower
  }

  package func runsAnyEngine(_ type: String) -> Bool { NodePrefix(of: type) == .database }

  /// Of EC2 the families T3, T3a, T4g and their like.
  package func billsByCredits(_ type: String) -> Bool {
    guard NodePrefix(of: type) == nil, chargesSurplus(type) else { return false }
    let family = TypeName(type).family
    return family.first == "t" && family.dropFirst().first?.isNumber == true
  }

  /// True for an id of EC2, `i-` and hexadecimal digits; nodes have names, which are their owner's to give.
  ///
  /// Source: Amazon EC2 user guide, "Resource IDs".
  package func isUnique(_ name: String, ofType type: String) -> Bool {
    guard NodePrefix(of: type) == nil, name.hasPrefix("i-") else { return false }
    let digits = name.dropFirst(2)
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  /// The price book's name of EC2.
  static let instanceService = "ec2"
}
