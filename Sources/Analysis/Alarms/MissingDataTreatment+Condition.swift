import Model
import Solvers

extension MissingDataTreatment {
  /// What an alarm takes missing samples for, as a fleet file says it.
  package init(_ missing: Condition.MissingSamples) {
    self =
      switch missing {
      case .missing: .missing
      case .ignore: .ignore
      case .breaching: .breaching
      case .notBreaching: .notBreaching
      }
  }
}
