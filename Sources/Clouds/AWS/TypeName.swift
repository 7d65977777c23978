// A type's name in its two halves, and AWS's normalisation factor of it.
//
// Source: Amazon EC2 user guide, "How Reserved Instance discounts are applied", tables of normalisation factors by size
// and of bare metal instances, <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/apply_ri.html>.

/// The family and size halves of a type name: `t3` and `medium`, `cache.m5` and `large`.
package struct TypeName: Hashable, Sendable {
  /// Everything before the last full stop.
  package var family: String
  /// What follows it.
  package var size: String

  /// The halves of a type's name.
  package init(_ type: String) {
    guard let stop = type.utf8.lastIndex(of: UInt8(ascii: ".")) else {
      (family, size) = ("", type)
      return
    }
    family = String(type[..<stop])
    size = String(type[type.utf8.index(after: stop)...])
  }

  /// The number in the name of a family: 7 of `m7g` and of `db.r7i`; nil for a family without one.
  package var generation: Int? {
    let hardware = family.split(separator: ".").last ?? ""
    return Int(hardware.drop { !$0.isWholeNumber }.prefix { $0.isWholeNumber })
  }

  /// AWS's normalisation factor × 4, so that it is a whole number (`nano` 0.25 → 1, `small` 1 → 4, `large` 4 → 16);
  /// nil for sizes without one.
  package var quarterUnits: Int128? {
    switch size {
    case "nano": return 1
    case "micro": return 2
    case "small": return 4
    case "medium": return 8
    case "large": return 16
    case "xlarge": return 32
    case "metal": return metalFactors.first { $0.families.contains(family) }.map { $0.factor * 4 }
    default:
      let factor = size.hasPrefix("metal-") ? size.dropFirst(6).number(before: "xl") : size.number(before: "xlarge")
      return factor.map { $0 * 32 }
    }
  }
}

/// Factors of bare metal, which differ by family, in the order of AWS's table; that of `metal-24xl` is its size's, by the
/// rule above the table.
private let metalFactors: [(factor: Int128, families: Set<String>)] = [
  (32, ["a1"]),
  (96, ["m5zn", "x2iezn", "z1d"]),
  (128, ["c6g", "c6gd", "i3", "m6g", "m6gd", "r6g", "r6gd", "x2gd"]),
  (144, ["c5n"]),
  (192, ["c5", "c5d", "i3en", "m5", "m5d", "m5dn", "m5n", "r5", "r5b", "r5d", "r5dn", "r5n"]),
  (256, ["c6i", "c6id", "m6i", "m6id", "r6d", "r6id"]),
  (448, ["u-18tb1", "u-24tb1"]),
  (896, ["u-6tb1", "u-9tb1", "u-12tb1"]),
]

extension StringProtocol {
  /// The positive number that a suffix follows, alone: 12 in `12xlarge`.
  fileprivate func number(before suffix: String) -> Int128? {
    guard hasSuffix(suffix), let number = Int128(dropLast(suffix.count)), number > 0 else { return nil }
    return number
  }
}
