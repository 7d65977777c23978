import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Columns of the terminal on standard output, however few; where that is none, `COLUMNS` of the environment, from 20 to
/// 1,000; else 100.
func terminalWidth() -> Int { statedWidth() ?? 100 }

/// The same; nil where neither a terminal nor the environment says it, so that a script gets whole lines.
func statedWidth() -> Int? {
  var size = winsize()
  if isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
    return Int(size.ws_col)
  }
  let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 0
  return (20...1000).contains(columns) ? columns : nil
}
