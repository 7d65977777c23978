/// Whose calls are, as logs and exports of usage tell it.
package enum TokenHolder: String, CaseIterable, Sendable {
  /// A project, a workspace, a team.
  case project
  case user
  /// The key that the caller showed.
  case key
}
