import Analytics
import Foundation

/// What time it is by the machine's clock. Nothing below the command reads it; a clock that is wrong changes no figure, only
/// what is said of samples that have not come yet, and which month is asked about where none is named.
func presentTime() -> Instant { Instant(seconds: wholeNumber(Date().timeIntervalSince1970.rounded(.down))) }
