/// How much an interval without enough capacity weighs beside the capacity: least for bold, most for cautious.
package enum CapacityRisk: String, CaseIterable, Decodable, Sendable {
  case bold, expected, cautious
}
