/// What an AWS price list says of a product, by names that all its spellings share.
///
/// The CSV file has `Instance Type`, the JSON file `instanceType`, older files `usageType` where newer ones have
/// `usagetype`: letters and digits, in lower case, are the same in all of them.
enum ListedAttribute: Int, CaseIterable {
  case productFamily, regionCode, location, locationType, instanceType, usageType, operation
  case tenancy, capacityStatus, marketOption
  case cacheEngine, databaseEngine, databaseEdition, licenseModel, deploymentOption, deploymentModel
  case unbundledLicensing
  /// Of a savings plan.
  case purchaseOption

  /// The name without case, spaces and dashes.
  var plainName: String { "\(self)".lowercased() }

  /// The attribute of a name in JSON: `usageType`, or `usagetype` as in most lists.
  static let bySpelling = Dictionary(allCases.flatMap { [("\($0)", $0), ($0.plainName, $0)] }) { first, _ in first }
}

/// The letters and digits of a name, in lower case: `instancetype` of `Instance Type`.
func plainName(_ name: String) -> String {
  String(decoding: name.utf8.lazy.filter { $0.isLetterOrDigit }.map { $0 | ($0 & 64) >> 1 }, as: UTF8.self)
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool { (48...57).contains(self) || (97...122).contains(self | 0x20) }
}

/// Attributes of a product; an attribute that is not listed is empty.
protocol ListedAttributes {
  subscript(attribute: ListedAttribute) -> String { get }
}

extension Dictionary: ListedAttributes where Key == ListedAttribute, Value == String {
  subscript(attribute: ListedAttribute) -> String { self[attribute, default: ""] }
}
