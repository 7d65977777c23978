import Model

/// A quantity of Kubernetes, `500m`, `1k`, `2Gi`, as a number; nil for none.
///
/// Source: "Quantity", Kubernetes API reference.
func quantity(_ text: String) -> ScaledDecimal? {
  let suffixes: [(String, Int64, Int)] = [
    ("Ki", 1 << 10, 0), ("Mi", 1 << 20, 0), ("Gi", 1 << 30, 0), ("Ti", 1 << 40, 0), ("n", 1, 9), ("u", 1, 6),
    ("m", 1, 3), ("k", 1_000, 0), ("M", 1_000_000, 0), ("G", 1_000_000_000, 0), ("T", 1_000_000_000_000, 0),
  ]
  guard let suffix = suffixes.first(where: { text.hasSuffix($0.0) }) else { return ScaledDecimal(text)?.normalised }
  guard let number = ScaledDecimal(String(text.dropLast(suffix.0.count))) else { return nil }
  let (mantissa, isBeyond) = number.mantissa.multipliedReportingOverflow(by: suffix.1)
  guard !isBeyond, number.scale + suffix.2 <= 18 else { return nil }
  return ScaledDecimal(mantissa: mantissa, scale: number.scale + suffix.2).normalised
}

extension DocumentFields {
  /// A quantity above 0.
  func quantity(_ key: String) throws(PolicyFault) -> ScaledDecimal? {
    guard let text = try number(key) else { return nil }
    guard let number = Ingest.quantity(text), number.mantissa > 0, number.double <= 1e12 else {
      throw wrong(key, "a quantity above 0 such as 500m, 30 or 1k")
    }
    return number
  }
}
