package import Foundation

/// Headless Chromium, as `.ci/browser` installs it, to look at reports as readers do.
package enum HeadlessBrowser {
  package static let note = "skipped: no chromium here; .ci/browser installs it (RETORT_CHROMIUM)"

  package static let program: String? = {
    let candidates = [
      ProcessInfo.processInfo.environment["RETORT_CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser",
    ].compactMap { $0 }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  package static var isHere: Bool { program != nil }

  /// What one document did and how large it was laid out in a frame of one width.
  package struct Layout: Decodable, Sendable {
    package let width: Int
    /// Of the page with everything in it: more than `width` if something hangs over.
    package let scrollWidth: Int
    /// Requests that left, or were tried and forbidden.
    package let requests: [String]
    package let scripts: Int
    /// Whether a script of the document reached the page around it.
    package let reached: Bool
    package let errors: [String]
    /// Cells of one word, of 40 characters at most, that stand on several lines; of tables outside of the page's header.
    package let broken: [String]
    package let text: String
  }

  /// Opens a document in frames of the given widths, within a page that watches what it does. A script in it would reach
  /// that page by `parent.reached = true`.
  package static func layouts(of html: String, widths: [Int]) throws -> [Layout] {
    let document = try JSONEncoder().encode(html)
    // "<" is written so that nothing in the document ends the script around it.
    let literal = String(decoding: document, as: UTF8.self).replacingOccurrences(of: "<", with: "\\u003c")
    let page = """
      <!DOCTYPE html><meta charset="utf-8"><body><script>
      window.reached = false;
      const html = \(literal), widths = \(widths), found = [];
      function broken(page) {
        return [...page.querySelectorAll("tbody th, td")].map(cell => {
          const text = cell.textContent.trim(), range = page.createRange();
          range.selectNodeContents(cell);
          const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
          const isOneWord = text.length <= 40 && !/\\s/.test(text);
          return isOneWord && lines.size > 1 && !cell.closest("header") ? text : "";
        }).filter(text => text);
      }
      function open(width) {
        return new Promise(done => {
          const frame = document.createElement("iframe"), errors = [], tried = [];
          frame.style.cssText = `width:${width}px;height:900px;border:0`;
          frame.onload = () => {
            const inner = frame.contentWindow, root = inner.document.documentElement;
            inner.onerror = text => errors.push(String(text));
            inner.document.addEventListener("securitypolicyviolation", e => tried.push(e.blockedURI));
            setTimeout(() => done({ width, scrollWidth: root.scrollWidth,
              requests: tried.concat(inner.performance.getEntriesByType("resource").map(e => e.name)),
              scripts: inner.document.scripts.length, reached: window.reached, errors,
              broken: broken(inner.document), text: inner.document.body.innerText }), 300);
          };
          frame.srcdoc = html;
          document.body.append(frame);
        });
      }
      (async () => {
        for (const width of widths) found.push(await open(width));
        const bytes = new TextEncoder().encode(JSON.stringify(found));
        document.body.replaceChildren();
        let text = "";
        for (const byte of bytes) text += String.fromCharCode(byte);
        document.body.dataset.found = btoa(text);
      })();
      </script></body>
      """
    let dom = try inFolder { folder in
      let file = folder.appendingPathComponent("page.html")
      try Data(page.utf8).write(to: file)
      return try run(["--virtual-time-budget=20000", "--dump-dom", file.absoluteString], in: folder)
    }
    let text = String(decoding: dom, as: UTF8.self)
    guard let start = text.range(of: "data-found=\""),
      let end = text[start.upperBound...].firstIndex(of: "\""),
      let data = Data(base64Encoded: String(text[start.upperBound..<end]))
    else { throw Failure(message: "the page gave no answer: \(text.suffix(300))") }
    return try JSONDecoder().decode([Layout].self, from: data)
  }

  /// The document as it is printed on A4 paper.
  package static func pdf(of html: String) throws -> Data {
    try inFolder { folder in
      let file = folder.appendingPathComponent("page.html")
      try Data(html.utf8).write(to: file)
      let printed = folder.appendingPathComponent("page.pdf")
      _ = try run(["--no-pdf-header-footer", "--print-to-pdf=\(printed.path)", file.absoluteString], in: folder)
      return try Data(contentsOf: printed)
    }
  }

  /// The page at an address, as it stands in the browser when everything in it was loaded and run.
  ///
  /// - Parameter limit: after which a browser that still waits is ended.
  package static func dom(at address: String, within limit: Duration = .seconds(120)) throws -> String {
    try inFolder { folder in
      String(
        decoding: try run(["--virtual-time-budget=5000", "--dump-dom", address], in: folder, within: limit),
        as: UTF8.self)
    }
  }

  private static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static func run(
    _ arguments: [String], in folder: URL, within limit: Duration = .seconds(120)
  ) throws -> Data {
    guard let program else { throw Failure(message: note) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
      ] + arguments
    let output = folder.appendingPathComponent("out")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    // A page that waits for an answer that never comes would hold the tests for ever.
    let end = ContinuousClock.now + limit
    while process.isRunning {
      guard ContinuousClock.now < end else {
        process.terminate()
        process.waitUntilExit()
        throw Failure(message: "chromium did not end within \(limit)")
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
    guard process.terminationStatus == 0 else {
      throw Failure(message: "chromium ended with \(process.terminationStatus)")
    }
    return try Data(contentsOf: output)
  }

  package struct Failure: Error, CustomStringConvertible {
    let message: String
    package var description: String { message }
  }
}
