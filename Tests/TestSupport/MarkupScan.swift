/// The elements of a page by name and attributes, as a browser's tokeniser takes them out of the bytes.
package enum MarkupScan {
  package struct Element: Hashable, Sendable {
    package let name: String
    package let attributes: [String]
    /// Quoted values of `href`.
    package let links: [String]

    /// An anchor whose every link stays on its page.
    var isInnerLink: Bool {
      name == "a" && links.count == attributes.count { $0 == "href" } && links.allSatisfy { $0.hasPrefix("#") }
    }
  }

  /// Every start tag. Bytes, not characters: `<` is `<` whatever stands beside it.
  package static func elements(of page: String) -> [Element] {
    var found: [Element] = []
    var rest = Array(page.utf8)[...]
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[(start + 1)...]
      guard let next = rest.first, isLetter(next) else { continue }
      var quote: UInt8?
      var tag: [UInt8] = []
      var words: [[UInt8]] = []
      var links: [String] = []
      var value: [UInt8] = []
      func finish() {
        if !tag.isEmpty { words.append(tag) }
        tag = []
      }
      var inValue = false
      loop: while let byte = rest.popFirst() {
        if let open = quote {
          if byte != open {
            value.append(byte)
            continue
          }
          (quote, inValue) = (nil, false)
          if String(decoding: tag, as: UTF8.self).lowercased() == "href" {
            links.append(String(decoding: value, as: UTF8.self))
          }
          value = []
          continue
        }
        switch byte {
        case UInt8(ascii: ">"): break loop
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "="): inValue = true
        case 0x20, 0x0A, 0x09, 0x0D, 0x0C, UInt8(ascii: "/"):
          if byte != UInt8(ascii: "/") { inValue = false }
          finish()
        default: if !inValue { tag.append(byte) }
        }
      }
      finish()
      let names = words.map { String(decoding: $0, as: UTF8.self).lowercased() }
      found.append(Element(name: names.first ?? "", attributes: Array(names.dropFirst()), links: links))
    }
    return found
  }

  /// What our pages and figures are made of: nothing that runs, loads, sends or leads elsewhere.
  package static let ours: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "p", "h1", "h2", "h3", "h4", "ul",
    "li",
    "span", "strong", "b", "div", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "details",
    "summary",
    "mark", "pre", "svg", "g", "path", "rect", "line", "circle", "text", "polyline", "polygon", "tspan", "desc",
    "section",
    "nav", "article", "aside", "ol", "dl", "dt", "dd", "br", "hr", "code", "colgroup", "col", "caption", "small", "em",
  ]

  /// Elements and attributes that a page has beyond ours.
  ///
  /// - Parameter more: elements that this page has of its own.
  package static func foreign(in page: String, but more: Set<String> = []) -> [String] {
    elements(of: page).flatMap { element -> [String] in
      let isKnown = ours.union(more).contains(element.name) || element.isInnerLink
      let name = isKnown ? [] : ["<\(element.name)>"]
      return name
        + element.attributes.filter {
          $0.hasPrefix("on") || $0.utf8.contains { $0 >= 0x80 }
            || ["src", "srcset", "srcdoc", "background", "ping"].contains($0)
            || ($0 == "href" && !element.isInnerLink || $0 == "action" ? more.isEmpty : false)
        }.map { "\(element.name) \($0)" }
    }
  }
}
