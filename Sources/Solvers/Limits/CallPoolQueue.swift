/// Calls that share so many connections and wait for one where all are taken, each for as long as any other on average.
///
/// Arrivals at random and times of any length of which the mean is known are taken as the M/M/c queue takes them: with
/// a = calls a second x seconds a call offered to c connections, the chance to wait is Erlang's C formula,
///
///     B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)), C = c B(c) / (c - a (1 - B(c)))
///
/// and who calls waits on average C x seconds / (c - a). Source: L. Kleinrock, "Queueing Systems", volume 1, 1975,
/// section 3.5; the recursion for B is that of Erlang's loss formula there.
package struct CallPoolQueue: Hashable, Sendable {
  package var connections: Int
  package var callsPerSecond: Double
  package var secondsPerCall: Double

  package init(connections: Int, callsPerSecond: Double, secondsPerCall: Double) {
    self.connections = connections
    self.callsPerSecond = callsPerSecond
    self.secondsPerCall = secondsPerCall
  }

  /// Connections that are taken on average where none has to be waited for.
  package var offered: Double { callsPerSecond * secondsPerCall }

  /// The share of the connections that is taken; 1 and more where calls pile up.
  package var utilisation: Double { connections > 0 ? offered / Double(connections) : .infinity }

  /// The share of calls that have to wait; 1 where they pile up.
  package var waitingShare: Double {
    guard utilisation < 1, offered > 0 else { return offered > 0 ? 1 : 0 }
    var blocking = 1.0
    for count in 1...max(1, min(connections, Self.mostConnections)) {
      blocking = offered * blocking / (Double(count) + offered * blocking)
    }
    let servers = Double(connections)
    return servers * blocking / (servers - offered * (1 - blocking))
  }

  /// Seconds that a call waits on average, those that do not wait among them; nil where calls pile up.
  package var meanWaitSeconds: Double? {
    guard utilisation < 1 else { return nil }
    return waitingShare * secondsPerCall / (Double(connections) - offered)
  }

  /// Beyond them another connection changes no digit.
  private static let mostConnections = 1_000_000
}
