/// What a cloud's names of instance types say of the types.
package protocol TypeNames: Sendable {
  /// The type that speeds of others are shown beside.
  var referenceType: String { get }

  /// The types that differ in size alone and run on the same processors have one family: `m5` of `m5.large`.
  func family(of type: String) -> String
  /// True for a whole machine, which is no size of what runs on it.
  func isBareMetal(_ type: String) -> Bool
  /// The instance that a managed node runs on; the type itself where it is an instance.
  func hardware(of type: String) -> String
}
