import Model
import Reading
import Solvers

extension JSONRecord {
  /// A number of at most three places as thousandths.
  func thousandths(_ key: String) throws(DataError) -> Int {
    if case .number(var text)? = node[key]?.content, let number = text.withUTF8({ Analytics.thousandths($0) }) {
      return number
    }
    throw wrong(key, expected: "a number of at most three decimals")
  }

  /// The same; nil where there is none.
  func thousandthsIfKnown(_ key: String) throws(DataError) -> Int? { has(key) ? try thousandths(key) : nil }

  /// A whole number, which may be negative.
  func signedWhole(_ key: String) throws(DataError) -> Int {
    if case .number(let text)? = node[key]?.content, let number = ScaledDecimal(text)?.normalised, number.scale == 0 {
      return Int(number.mantissa)
    }
    throw wrong(key, expected: "a whole number")
  }

  /// The same; nil where there is none.
  func signedWholeIfKnown(_ key: String) throws(DataError) -> Int? { has(key) ? try signedWhole(key) : nil }

  /// The whole numbers of a list.
  func signedWholes(_ key: String) throws(DataError) -> [Int] {
    guard case .array(let elements)? = node[key]?.content else { throw wrong(key, expected: "a list") }
    var numbers: [Int] = []
    for element in elements {
      guard case .number(let text) = element.content, let number = ScaledDecimal(text)?.normalised, number.scale == 0
      else { throw wrong(key, expected: "whole numbers") }
      numbers.append(Int(number.mantissa))
    }
    return numbers
  }

  /// A text that is one of a few words.
  func word<Word: RawRepresentable & CaseIterable>(_ key: String) throws(DataError) -> Word
  where Word.RawValue == String {
    if case .string(let text)? = node[key]?.content, let word = Word(rawValue: text) { return word }
    throw wrong(key, expected: "one of \(Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))")
  }

  /// A ratio above 0: `target`, or a latency over the time of an item.
  func target() throws(DataError) -> ExactFraction {
    guard !has("target") else { return ExactFraction(thousandths: try thousandths("target")) }
    let latency = try thousandths("target_latency_seconds")
    let item = try thousandths("seconds_per_item")
    guard item > 0 else { throw wrong("seconds_per_item", expected: "a number above 0") }
    return ExactFraction(latency, over: item)
  }

  /// The steps of a step scaling policy; the threshold is of its alarm.
  func stepScaling(threshold: Int, isUpward: Bool) throws(DataError) -> StepScaling {
    var steps: [StepAdjustment] = []
    for step in try records("steps") {
      steps.append(
        StepAdjustment(
          lower: try step.thousandthsIfKnown("lower"), upper: try step.thousandthsIfKnown("upper"),
          adjustment: try step.signedWhole("adjustment")))
    }
    return StepScaling(
      type: try word("adjustment_type"), minimumMagnitude: try signedWholeIfKnown("minimum_magnitude") ?? 0,
      threshold: threshold, isUpward: isUpward, steps: steps)
  }

  /// The adjustment of a simple policy or a rule.
  func adjustment() throws(DataError) -> CapacityAdjustment {
    CapacityAdjustment(
      type: try word("adjustment_type"), amount: try signedWhole("adjustment"),
      minimumMagnitude: try signedWholeIfKnown("minimum_magnitude") ?? 0)
  }
}
