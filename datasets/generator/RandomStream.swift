/// Seeded randomness from integer arithmetic, `+`, `x` and square root only, all of which IEEE 754 rounds exactly: the
/// same seed gives the same bytes on every platform, whatever its mathematics library.
struct RandomStream {
  private var state: UInt64

  /// A stream of its own for each name, so that adding one series leaves every other as it was.
  init(seed: UInt64, name: String) {
    // FNV-1a over the name, from an offset that the seed has stirred.
    var hash = 0xcbf2_9ce4_8422_2325 ^ (seed &* 0x9e37_79b9_7f4a_7c15)
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    state = hash
  }

  /// The next 64 bits: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in [0, 1), a multiple of 2^-53.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Close to a standard normal: the sum of twelve uniforms less six (so never beyond +-6).
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }

  /// 17 lower-case hexadecimal digits, as an EC2 instance id carries.
  mutating func instanceID() -> String {
    let digits = Array("0123456789abcdef")
    let tail = (1..<17).map { _ in digits[Int(next() >> 60)] }
    return "i-0" + String(tail)
  }
}

/// A first-order autoregressive noise of mean 0: x' = m x + sqrt(1 - m^2) d z, whose stationary deviation is d.
struct Noise {
  private var random: RandomStream
  private let memory: Double
  private let innovation: Double
  private var value: Double

  /// `memory` in [0, 1) is the correlation between one slot and the next.
  init(seed: UInt64, name: String, deviation: Double, memory: Double) {
    random = RandomStream(seed: seed, name: name)
    self.memory = memory
    innovation = deviation * (1 - memory * memory).squareRoot()
    value = deviation * random.normal()
  }

  mutating func next() -> Double {
    value = memory * value + innovation * random.normal()
    return value
  }
}
