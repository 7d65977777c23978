/// From which of a cloud's services instances and managed nodes are bought.
package protocol InstanceServices: Sendable {
  /// The price book's name of the service that bills a type, such as `ec2`.
  func priceService(ofType type: String, engine: String) -> String
  /// True where the provider runs the software on it, as that of a cache node.
  func isManaged(_ type: String) -> Bool
  /// The engine that most run on a type, to ask for where nobody says one.
  func usualEngine(of type: String) -> String
  /// What runs on a type as the price book calls it, of a word of the provider's or its owner's: `postgresql` for the
  /// `postgres` of a database; a word that means nothing as it is.
  func engine(called word: String, on type: String) -> String
  /// True where nobody can say what mostly runs on a type, as on that of a database.
  func runsAnyEngine(_ type: String) -> Bool
  /// True where the provider also bills what a burstable instance of a type uses beyond its credits, which takes knowing
  /// what the type offers.
  func billsByCredits(_ type: String) -> Bool
  /// True where a name is the provider's own id of what runs, which nothing else ever has; false for a name that its
  /// owner gave, which others may have given too, in another account or region.
  func isUnique(_ name: String, ofType type: String) -> Bool
}

extension InstanceServices {
  /// The price book's name of the service that bills an instance kind.
  package func priceService(of kind: InstanceKind) -> String {
    priceService(ofType: kind.type, engine: kind.engine)
  }
}
