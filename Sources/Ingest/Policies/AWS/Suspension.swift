// "Suspend and resume Amazon EC2 Auto Scaling processes", Amazon EC2 Auto Scaling User Guide; `SuspendedState`, Application Auto
// Scaling API reference.

import Model

/// What of scaling is suspended, which its owner may have forgotten: limits, policies and actions are read as if nothing was.
/// - Parameter fields: of a group or of a scalable target.
/// - Returns: what does not happen meanwhile, a process each.
func suspensions(_ fields: DocumentFields) throws(PolicyFault) -> [String] {
  var names: Set<String> = []
  for element in fields["SuspendedProcesses"]?.elements ?? [] {
    // An answer has objects with the reason, Terraform words.
    guard let name = element[key: "ProcessName"]?.text ?? element.text else { continue }
    names.insert(name)
  }
  if let state = try fields.fields("SuspendedState") {
    for key in ["DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"] {
      if try state.flag(key) ?? false { names.insert(key) }
    }
  }
  return names.sorted().compactMap { name in
    suspended[name].map { "\(name): \($0) while it is suspended; read as if it was not" }
  }
}

/// The processes that change how many there are, and what does not happen without them.
private let suspended = [
  "AlarmNotification": "no policy acts", "Launch": "nothing is added", "ScheduledActions": "no scheduled action acts",
  "Terminate": "nothing is taken away", "DynamicScalingInSuspended": "no policy scales in",
  "DynamicScalingOutSuspended": "no policy scales out", "ScheduledScalingSuspended": "no scheduled action acts",
]
