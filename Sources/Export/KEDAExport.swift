// "Cron" scaler, KEDA documentation: from `start` to `end` a trigger asks for so many replicas; of several triggers
// the one that asks for most counts, and outside all of them `minReplicaCount` holds. So each stretch of the week
// above the lowest minimum is a trigger, from the action that begins it to the next one.

import Model

/// KEDA's scaled objects with a cron trigger for each stretch of the week.
package struct KEDAExport: ExportFormat {
  package let name = "keda"
  package let summary = "KEDA ScaledObjects with cron triggers, for deployments named like the services"
  package let kinds: [any PlanChange.Type] = [ScheduledCapacity.self]
  package init() {}

  package func render(_ changes: ExportedChanges) -> [UInt8] {
    let names = Identifiers(changes.scheduledServices) { $0.dnsLabel }
    let comments = ([changes.origin] + leftOut(changes).map { "Not written here: \($0)" }).map { "# \(oneLine($0))\n" }
    let objects = changes.of(ScheduledCapacity.self).map { object($0, name: names[$0.service]) }
    return Array((comments.joined() + objects.joined()).utf8)
  }

  private func object(_ change: ScheduledCapacity, name: String) -> String {
    let windows = KEDAWindow.all(of: change.actions)
    let least = change.actions.map(\.minimum).min() ?? 0
    let most = change.actions.map(\.maximum).max() ?? 0
    let head = """
      ---
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata:
        name: \(name)
      spec:
        scaleTargetRef:
          name: \(name)
        minReplicaCount: \(least)
        maxReplicaCount: \(most)
        triggers:

      """
    let triggers = windows.map { window in
      """
          - type: cron
            metadata:
              timezone: \(jsonString(window.timezone))
              start: \(jsonString(window.start))
              end: \(jsonString(window.end))
              desiredReplicas: "\(window.replicas)"

      """
    }
    return windows.isEmpty ? head.replacing("  triggers:\n", with: "  triggers: []\n") : head + triggers.joined()
  }
}

/// A stretch of the week in which more run than at other times.
struct KEDAWindow: Hashable {
  var timezone: String
  /// Five cron fields each.
  var start, end: String
  var replicas: Int

  private static let dayMinutes = 1440

  /// The stretches above the lowest minimum. An action that strikes on some dates only is in none: a week does not
  /// tell it.
  static func all(of actions: [CapacityAction]) -> [KEDAWindow] {
    let least = actions.map(\.minimum).min() ?? 0
    var windows: [KEDAWindow] = []
    for zone in Set(actions.map(\.timezone)).sorted() {
      let own = actions.filter { $0.timezone == zone }
      var strikes: [Int: Int] = [:]
      for action in own {
        for minute in CronSchedule(action.recurrence)?.minutesOfWeek ?? [] { strikes[minute] = action.minimum }
      }
      let minutes = strikes.keys.sorted()
      var days: [Key: [Int]] = [:]
      for (index, minute) in minutes.enumerated() {
        guard let replicas = strikes[minute], replicas > least else { continue }
        let next = minutes[(index + 1) % minutes.count]
        let length = (next - minute + 7 * dayMinutes) % (7 * dayMinutes)
        let key = Key(time: minute % dayMinutes, length: length, replicas: replicas)
        days[key, default: []].append(minute / dayMinutes)
      }
      windows += days.sorted { $0.key < $1.key }.map { key, days in
        let end = key.time + key.length
        return KEDAWindow(
          timezone: zone, start: fields(key.time, days),
          end: fields(end % dayMinutes, days.map { ($0 + end / dayMinutes) % 7 }.sorted()), replicas: key.replicas)
      }
    }
    return windows
  }

  private struct Key: Hashable, Comparable {
    var time, length, replicas: Int

    static func < (a: Key, b: Key) -> Bool { (a.time, a.length, a.replicas) < (b.time, b.length, b.replicas) }
  }

  /// Cron's days begin with Sunday as 0.
  private static func fields(_ minute: Int, _ days: [Int]) -> String {
    let numbers = days.map { ($0 + 1) % 7 }.sorted().map(String.init)
    return "\(minute % 60) \(minute / 60) * * \(days.count == 7 ? "*" : numbers.joined(separator: ","))"
  }
}
