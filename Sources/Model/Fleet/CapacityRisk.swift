/// How much an interval without enough capacity weighs beside the capacity: least for bold, most for cautious.
package enum CapacityRisk: String, CaseIterable, FleetWord {
  case bold, expected, cautious
}
