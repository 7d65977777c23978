import Clouds
import Model
import Reading

extension JSONRecord {
  /// `[{"Key": "team", "Value": "a"}]`, sorted by key. One with a control character is no tag that a report could print:
  /// it is left out and counted.
  func tags(_ key: String = "Tags", _ listing: inout AccountListing) throws(DataError) -> [ResourceTag] {
    var tags: [ResourceTag] = []
    for record in try records(key) {
      let tag = ResourceTag(
        (record.written("Key") ?? "").asName, (record.written("Value") ?? "").asName)
      guard !tag.key.isEmpty, tag.key.controlCharacter == nil, tag.value.controlCharacter == nil else {
        listing.leaveOut("tags that cannot be printed")
        continue
      }
      tags.append(tag)
    }
    var seen: Set<String> = []
    return tags.sorted().filter { seen.insert($0.key).inserted }
  }

  /// A text as a name: not empty, in the form in which names are compared.
  /// - Throws: ``DataError`` for a control character in it.
  func name(_ key: String) throws(DataError) -> String { try checkedName(try text(key), key) }

  /// The same where it may be absent.
  func nameIfKnown(_ key: String) throws(DataError) -> String? {
    guard let text = try textIfKnown(key) else { return nil }
    return try checkedName(text, key)
  }

  /// The region in the resource's ARN; nil where it has none.
  func region(arn key: String) throws(DataError) -> String? {
    try textIfKnown(key).flatMap { AWSWords.region(arn: $0) }?.asPrintable
  }

  /// The account in the resource's ARN; nil where it has none.
  func account(arn key: String) throws(DataError) -> String? {
    try textIfKnown(key).flatMap { AWSWords.account(arn: $0) }?.asPrintable
  }
}

extension String {
  /// The text where it can be printed in a report; nil otherwise.
  var asPrintable: String? { controlCharacter == nil && !isEmpty ? asName : nil }
}
