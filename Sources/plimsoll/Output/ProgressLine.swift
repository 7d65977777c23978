import Analytics
import Foundation

/// How far something long has come, on one line of standard error; nothing when that is no terminal.
final class ProgressLine {
  private static let interval = Duration.milliseconds(200)

  private let name: String
  private let isShown = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now
  private var hasLine = false

  init(_ name: String) { self.name = commandless(name) }

  /// Shows part, rate and time left, a few times a second.
  func show(_ progress: ImportProgress) {
    let now = ContinuousClock.now
    guard isShown, last.duration(to: now) >= Self.interval else { return }
    last = now
    hasLine = true
    let elapsed = start.duration(to: now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    write("\r\u{1B}[K\(name): \(Self.text(progress, seconds: seconds))")
  }

  /// Shows what is worked on now.
  func show(_ words: String) {
    guard isShown else { return }
    hasLine = true
    write("\r\u{1B}[K\(name): \(commandless(words))")
  }

  /// `43 %, 8.6 million samples, 812 MB/s, 2 s left`.
  static func text(_ progress: ImportProgress, seconds: Double) -> String {
    let rate = Double(progress.bytes) / max(seconds, 0.001)
    let tenths = progress.samples / 100_000
    let common = "\(tenths / 10).\(tenths % 10) million samples, \(Int(rate / 1e6)) MB/s"
    guard let size = progress.size, size > 0 else { return common }
    let left = Int(Double(max(0, size - progress.bytes)) / max(rate, 1)) + 1
    return "\(min(100, progress.bytes * 100 / size)) %, \(common), \(left) s left"
  }

  /// Takes the line away.
  func clear() {
    if hasLine { write("\r\u{1B}[K") }
    hasLine = false
  }

  /// What cannot be shown is not worth an error.
  private func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
