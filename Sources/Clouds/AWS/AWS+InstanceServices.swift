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

  /// The price book's name of EC2.
  static let instanceService = "ec2"
}
