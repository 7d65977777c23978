import CZlib
import Model

/// True when the bytes start with gzip's magic number (RFC 1952).
package func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

/// What a gzip file holds: its members one behind the other, as `gzip -dc` writes them.
///
/// - Throws: ``DataError`` when a member is cut short or damaged, or something other than a member or padding follows.
func inflatedGzip(_ bytes: [UInt8], file: String) throws(DataError) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count * 6)
  let outcome = bytes.withUnsafeBufferPointer { input in
    var inflation = GzipInflation(input: input)
    return inflation.run(into: &output)
  }
  switch outcome {
  case .complete: return output
  case .cutShort:
    throw DataError(
      Place(file: file), found: "gzip data cut short after \(output.count) bytes of content",
      expected: "a complete gzip file")
  case .damaged(let reason):
    throw DataError(
      Place(file: file), found: "damaged gzip data (\(reason)) after \(output.count) bytes of content",
      expected: "a sound gzip file")
  case .trailing(let offset):
    throw DataError(
      Place(file: file), found: "something else behind the gzip data, from byte \(offset)",
      expected: "another gzip member or the end")
  }
}

/// One pass of zlib's inflate over a file in memory.
private struct GzipInflation {
  enum Outcome {
    case complete, cutShort
    case damaged(String)
    case trailing(Int)
  }

  let input: UnsafeBufferPointer<UInt8>
  // On the heap, for zlib keeps the address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var offset = 0

  init(input: UnsafeBufferPointer<UInt8>) { self.input = input }

  mutating func run(into output: inout [UInt8]) -> Outcome {
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    // 15 bits of window, plus 16 for a gzip header and trailer; `inflateInit2` is a macro over this.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return .damaged("zlib status \(status)") }
    defer { inflateEnd(stream) }
    let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
    defer { room.deallocate() }
    while true {
      switch step(room, &output) {
      case Z_OK where offset < input.count: continue
      case Z_OK, Z_BUF_ERROR: return .cutShort
      case Z_STREAM_END:
        if input[offset...].allSatisfy({ $0 == 0 }) { return .complete }
        guard input[offset...].starts(with: [0x1F, 0x8B]) else { return .trailing(offset) }
        inflateReset(stream)
      default: return .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "no reason given")
      }
    }
  }

  /// Fills `room` once and hands it on; `Z_OK` with no input left means that zlib waits for more.
  private mutating func step(_ room: UnsafeMutableBufferPointer<UInt8>, _ output: inout [UInt8]) -> Int32 {
    let available = min(input.count - offset, 1 << 30)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress! + offset)
    stream.pointee.avail_in = UInt32(available)
    var status = Z_OK
    repeat {
      stream.pointee.next_out = room.baseAddress
      stream.pointee.avail_out = UInt32(room.count)
      status = inflate(stream, Z_NO_FLUSH)
      output.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<(room.count - Int(stream.pointee.avail_out))]))
    } while status == Z_OK && stream.pointee.avail_out == 0
    offset += available - Int(stream.pointee.avail_in)
    return status
  }
}
