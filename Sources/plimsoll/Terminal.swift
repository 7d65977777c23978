import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Columns of the terminal on standard output; 100 when it is none.
func terminalWidth() -> Int {
  var size = winsize()
  guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else {
    return 100
  }
  return Int(size.ws_col)
}

/// Writes a line to standard error.
func writeError(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
