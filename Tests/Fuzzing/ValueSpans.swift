/// Where values stand in JSON, JSONL, and what is written like it: enough of the grammar to swap one value for another.
struct ValueSpans {
  /// Texts, numbers and words, lists and objects.
  private(set) var all: [Range<Int>] = []
  /// Runs of digits with their sign, point and exponent, wherever they stand.
  private(set) var numbers: [Range<Int>] = []

  init(_ bytes: [UInt8], limit: Int = 4_000) {
    var open: [Int] = []
    var place = 0
    while place < bytes.count, all.count < limit, numbers.count < limit {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "\""):
        let start = place
        place += 1
        while place < bytes.count, bytes[place] != byte { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
        place = min(place + 1, bytes.count)
        all.append(start..<place)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.append(place)
        place += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        place += 1
        if let start = open.popLast() { all.append(start..<place) }
      case _ where Self.isWord(byte):
        let start = place
        while place < bytes.count, Self.isWord(bytes[place]) { place += 1 }
        all.append(start..<place)
        if bytes[start..<place].allSatisfy(Self.isOfNumber) { numbers.append(start..<place) }
      default: place += 1
      }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isOfNumber(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || "+-.eE".utf8.contains(byte)
  }
}
