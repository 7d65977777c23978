import Model

/// The largest number of decimals that the store keeps.
let largestScale = 40

/// Brings decimals to one scale if they fit: the least at which all of them are whole. Otherwise each gets its own, the
/// least as well. So equal values have equal mantissas and scales, however they were written.
///
/// - Parameter scales: one for each mantissa, 0...40; empty afterwards when all share one.
/// - Returns: the scale they share, or the largest of them.
func shareScale(_ mantissas: inout [Int64], _ scales: inout [UInt8]) -> Int {
  for index in mantissas.indices {
    while scales[index] > 0, mantissas[index] % 10 == 0 {
      // Zero has no decimals; anything else loses its last zeros.
      scales[index] = mantissas[index] == 0 ? 0 : scales[index] - 1
      mantissas[index] /= 10
    }
  }
  let scale = Int(scales.max() ?? 0)
  for index in mantissas.indices where !isWidened(mantissas[index], by: scale - Int(scales[index])) { return scale }
  for index in mantissas.indices { mantissas[index] *= powerOfTen(min(scale - Int(scales[index]), 18)) }
  scales.removeAll(keepingCapacity: true)
  return scale
}

/// Drops the zeros that all mantissas of one scale end in, with that many decimals.
/// - Returns: the scale that is left.
func droppingCommonZeros(_ mantissas: inout [Int64], scale: Int) -> Int {
  var scale = scale
  while scale > 0, mantissas.allSatisfy({ $0 % 10 == 0 }) {
    if mantissas.allSatisfy({ $0 == 0 }) { return 0 }
    for index in mantissas.indices { mantissas[index] /= 10 }
    scale -= 1
  }
  return scale
}

/// Whether a mantissa times a power of ten fits 64 bits.
func isWidened(_ mantissa: Int64, by exponent: Int) -> Bool {
  if exponent == 0 || mantissa == 0 { return true }
  return exponent <= 18 && !mantissa.multipliedReportingOverflow(by: powerOfTen(exponent)).overflow
}
