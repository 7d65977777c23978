/// What writes changes down as commands that make them, for a person to read and run.
package protocol CommandSources: Sendable {
  /// The lines of a shell that make a change.
  /// - Throws: ``DataError`` for a change that no command makes, such as other demand, and for what a command cannot name.
  func commands(for change: Change, on target: ChangeTarget) throws(DataError) -> ChangeCommands
}

/// What a change is made to, as it is before it.
package struct ChangeTarget: Sendable {
  /// What the change is of: the id of the advice.
  package var id: String
  /// The service that it changes; nil for the account.
  package var service: Service?
  /// What runs of the service now, by name.
  package var runs: [InstanceRun]
  /// Where it is done, unless its instances say another place.
  package var region: String
  /// What is reserved; nil for what reserves nothing.
  package var reserved: InstanceKind?
  /// What is signed; nil for what commits to nothing.
  package var signed: SignedCommitment?

  package init(
    id: String, service: Service? = nil, runs: [InstanceRun] = [], region: String, reserved: InstanceKind? = nil,
    signed: SignedCommitment? = nil
  ) {
    self.id = id
    self.service = service
    self.runs = runs
    self.region = region
    self.reserved = reserved
    self.signed = signed
  }
}

/// The commands of a change, each a line of a POSIX shell that may go on over line ends.
package struct ChangeCommands: Hashable, Sendable {
  /// Functions that the commands call, whole.
  package var functions: [String] = []
  /// What the commands do not say.
  package var remarks: [String] = []
  /// Shows what there is, and changes nothing.
  package var check: [String] = []
  /// Makes the change.
  package var make: [String] = []
  /// Takes it back; empty for what cannot be.
  package var back: [String] = []

  package init() {}

  package static func += (all: inout ChangeCommands, more: ChangeCommands) {
    all.functions += more.functions
    all.remarks = (all.remarks + more.remarks).eachOnce()
    all.check = (all.check + more.check).eachOnce()
    all.make += more.make
    // What was done last is undone first.
    all.back = more.back + all.back
  }
}
