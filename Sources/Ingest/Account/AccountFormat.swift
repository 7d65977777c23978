import Model
import Reading

/// A way in which a cloud, or what runs on it, lists what an account has.
///
/// Conform in a file of your own in `Formats/` and add the type to ``accountFormats``; the contract test then reads its
/// example.
package protocol AccountFormat: Sendable {
  /// As people call it: `aws-instances`.
  static var name: String { get }
  /// What it looks like, for the error that lists the known formats.
  static var outline: String { get }
  /// What it lists, one of it: `machine`.
  static var noun: String { get }
  /// The same of several: `machines`.
  static var plural: String { get }
  /// A small file in this format: documentation and test.
  static var example: String { get }

  /// True when a file is meant to be in this format, judged from how it starts; it may still turn out to be wrong.
  static func recognises(_ start: FileStart) -> Bool

  /// Reads a file of any size and adds what it says.
  /// - Throws: ``DataError`` naming the line for what cannot be used.
  static func read(_ document: JSONStream, into listing: inout AccountListing) throws
}

extension AccountFormat {
  package static var plural: String { "\(noun)s" }
}

/// The formats that are tried, in order: the first that recognises a file reads it. Groups before machines, which are
/// listed in them too; clusters of caches before replication groups, for the same reason.
package let accountFormats: [any AccountFormat.Type] = [
  KubernetesListing.self, AWSScalingGroups.self, AWSScalingPolicies.self, AWSAlarms.self,
  AWSScheduledActions.self, AWSInstances.self,
  AWSVolumes.self, AWSSnapshots.self, AWSAddresses.self, AWSNATGateways.self, AWSLoadBalancers.self, AWSDatabases.self,
  AWSReplicationGroups.self, AWSCacheClusters.self,
]

/// What a file of the cloud's lists.
package struct ReadListing: Sendable {
  /// What it lists, one of it.
  package var noun: String
  /// The same of several.
  package var plural: String
  package var listing: AccountListing
}

/// The format of a listing of an account; nil for anything else.
package func accountFormat(of start: FileStart) -> (any AccountFormat.Type)? {
  accountFormats.first { $0.recognises(start) }
}

/// Reads what a cloud lists of an account, in any of the ``accountFormats``.
/// - Throws: ``DataError`` when no format recognises the file, and what the format throws.
package func readListing(_ source: ByteSource) throws -> ReadListing {
  let start = try source.takeStart()
  guard let format = accountFormat(of: start) else {
    throw DataError(
      Place(file: source.name, line: 1), found: "a listing of an unknown kind",
      expected: "one of \(accountFormats.map { $0.outline }.joined(separator: "; "))")
  }
  var listing = AccountListing()
  try format.read(try JSONStream(source, ahead: start.bytes), into: &listing)
  return ReadListing(noun: format.noun, plural: format.plural, listing: listing)
}

extension AccountListing {
  /// Reads the elements of a list of the outermost object, and remarks that an answer is one page of several.
  mutating func read(
    _ list: String, of document: JSONStream, _ plural: String,
    _ body: (JSONRecord, inout AccountListing) throws -> Void
  ) throws {
    let isPartial = try document.forEachRecord(of: list) { record in
      listed += 1
      try body(record, &self)
    }
    if isPartial { notes.insert("an answer has more pages, which may be in other files: \(plural) may be missing") }
  }
}
