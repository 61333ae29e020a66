package import CResources

extension EmbeddedFile {
  package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }
}
