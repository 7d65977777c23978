import Analytics
import Foundation

/// Makes the standard streams safe to use: call it first.
///
/// A reader that leaves and a file that may not grow are then errors of the write, not the end of the process. A stream
/// that was closed is taken by one that fails, so that no file opened later gets its number and what is printed.
func prepareStandardStreams() {
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
  for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
    _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
  }
}

/// Whoever read standard output wants no more of it, as `head` behind its lines.
struct ReaderIsGone: Error {}

/// Writes to standard output.
/// - Throws: `DataError` when it takes no more, as a full disk; ``ReaderIsGone`` for a pipe that is closed.
func writeOutput(_ bytes: [UInt8]) throws {
  let fault = writeAll(bytes, to: STDOUT_FILENO)
  if fault == EPIPE { throw ReaderIsGone() }
  guard fault != 0 else { return }
  throw DataError(
    Place(file: "standard output"), found: "what cannot be written to: \(reason(fault))",
    expected: "a place to write to", kind: .inputOutput)
}

/// Writes a line to standard output.
/// - Throws: as ``writeOutput(_:)``.
func writeLine(_ line: String) throws { try writeOutput(Array(line.utf8) + [UInt8(ascii: "\n")]) }

/// Writes a line to standard error. One that cannot be written is lost: the exit code still says what happened.
func writeError(_ text: String) {
  _ = writeAll(Array((commandless(text, keeping: "\n") + "\n").utf8), to: STDERR_FILENO)
}

/// Text in which no character commands the terminal: what a file says is quoted in errors.
func commandless(_ text: String, keeping kept: Unicode.Scalar? = nil) -> String {
  text.unicodeScalars.map { $0.isUnseen && $0 != kept ? $0.seen : String($0) }.joined()
}

/// Writes all bytes to a descriptor.
/// - Returns: 0, or the system's number of what kept it.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let count = write(descriptor, buffer.baseAddress! + done, buffer.count - done)
      if count > 0 { done += count }
      guard count < 0, errno != EINTR else { continue }
      guard errno == EAGAIN else { return errno }
      var stream = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&stream, 1, -1)
    }
    return 0
  }
}

/// What the system calls a fault: `No space left on device`.
func reason(_ fault: Int32) -> String { String(cString: strerror(fault)) }
