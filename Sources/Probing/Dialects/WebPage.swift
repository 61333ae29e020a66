import Formats

/// A page for people where an interface for programs was asked: a portal that wants a login, a wall before a service, or the wrong
/// address.
struct WebPage {
  /// The page's own title, or the beginning of it; fit for one line.
  let title: String

  init?(_ body: [UInt8]) {
    let head = Array(body.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }.prefix(4_096))
    let lower = head.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
    guard ["<!doctype html", "<html"].contains(where: { lower.starts(with: $0.utf8) }) else { return nil }
    guard let start = lower.firstRange(of: "<title".utf8),
      let open = lower[start.upperBound...].firstIndex(of: UInt8(ascii: ">")),
      let end = lower[open...].firstRange(of: "</title".utf8)
    else {
      title = ResponseReading.excerpt(Array(head.prefix(120)))
      return
    }
    title = ResponseReading.excerpt(Array(head[(open + 1)..<end.lowerBound]))
  }
}
