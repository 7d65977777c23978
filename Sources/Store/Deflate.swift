import CZlib

/// Deflates short byte strings one after another with zlib (level 6), using its memory again.
final class Deflater {
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init() {
    stream.initialize(to: z_stream())
    let status = deflateInit_(
      stream, Z_DEFAULT_COMPRESSION, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// The deflated bytes; nil when they would not be fewer.
  /// - Precondition: `bytes` is not empty and less than 2^31 long.
  func deflated(_ bytes: [UInt8]) -> [UInt8]? {
    deflateReset(stream)
    var isComplete = false
    let output = [UInt8](unsafeUninitializedCapacity: bytes.count) { room, count in
      bytes.withUnsafeBufferPointer { input in
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = room.baseAddress
        // One byte less than it was: zlib gives up when it would need more.
        stream.pointee.avail_out = UInt32(input.count - 1)
        isComplete = deflate(stream, Z_FINISH) == Z_STREAM_END
        count = input.count - 1 - Int(stream.pointee.avail_out)
      }
    }
    return isComplete ? output : nil
  }
}

/// Inflates what ``Deflater`` made, one after another, into memory of its own.
final class Inflater {
  /// More than the longest body of a day: 86,400 samples of 10 bytes and as many runs of two numbers.
  private static let largest = 4 << 20

  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 16)

  init() {
    stream.initialize(to: z_stream())
    let status = inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    room.deallocate()
  }

  /// The inflated bytes, good until the next call; nil when the input is damaged, cut short or longer than a day can be.
  func inflated(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    while true {
      inflateReset(stream)
      stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
      stream.pointee.avail_in = UInt32(bytes.count)
      stream.pointee.next_out = room.assumingMemoryBound(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(room.count)
      let status = inflate(stream, Z_FINISH)
      if status == Z_STREAM_END {
        guard stream.pointee.avail_in == 0 else { return nil }
        return UnsafeRawBufferPointer(rebasing: room[..<(room.count - Int(stream.pointee.avail_out))])
      }
      guard status == Z_BUF_ERROR, stream.pointee.avail_out == 0, room.count < Self.largest else { return nil }
      let size = room.count * 4
      room.deallocate()
      room = .allocate(byteCount: size, alignment: 16)
    }
  }
}
