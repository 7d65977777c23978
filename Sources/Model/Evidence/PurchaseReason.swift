/// Why something is bought, or not.
package struct PurchaseReason: Hashable, Sendable {
  package var text: String
  package init(_ text: String) { self.text = text }
}

/// A figure behind a purchase.
package struct PurchaseFigure: Hashable, Sendable {
  package var label: String
  package var value: String
  package init(_ label: String, _ value: String) {
    self.label = label
    self.value = value
  }
}
