package import CaseFile

/// A ledger that is open for one more line: from reading it to writing that line no other check comes between.
package struct LedgerBook {
  package let ledger: Ledger
  private let file: GrowingFile
  /// Whether the last line has no end, and whether it is one all the same.
  private let isOpenEnded: Bool

  /// Waits for a check that is writing.
  ///
  /// - Throws: `CaseFileError`, or `MonitoringError.ledgerLine` for a line that is none.
  package init(file path: String) throws {
    try FileBytes.makeFolder(of: path)
    file = try GrowingFile(path)
    let bytes = try file.bytes()
    ledger = try Ledger(bytes: bytes, file: path)
    isOpenEnded = !bytes.isEmpty && bytes.last != UInt8(ascii: "\n")
  }

  /// Adds a line; on the disk when this returns. What a check before left unfinished keeps its place, as a line of its own.
  package func append(_ entry: Ledger.Entry) throws -> Ledger.Head {
    let isTorn = isOpenEnded && ledger.findings.contains(.cutOff(line: ledger.head.lines))
    let line = ledger.line(after: isTorn, entry)
    try file.append(((isOpenEnded ? "\n" : "") + line).utf8)
    return Ledger.Head(lines: ledger.head.lines + 1, digest: Digest(of: String(line.dropLast())))
  }
}
