import Model

/// Where a figure of a scaling configuration stands in a file.
package struct FigureSite: Hashable, Sendable {
  package var key: FigureKey
  package var file: String
  package var node: DocumentNode
  /// By how much a figure of ours is multiplied to be one of the file.
  package var multiplier: Int64 = 1

  init(_ key: FigureKey, _ file: String, _ node: DocumentNode, multiplier: Int64 = 1) {
    (self.key, self.file, self.node, self.multiplier) = (key, file, node, multiplier)
  }
}

/// A figure of a scaling configuration by its name.
package struct FigureKey: Hashable, Sendable {
  package var target: String
  /// The policy, action or alert; nil for the target's own limits.
  package var part: String?
  /// `threshold`, `steps[0].lower`.
  package var figure: String

  package init(_ target: String, _ part: String?, _ figure: String) {
    (self.target, self.part, self.figure) = (target, part, figure)
  }
}
