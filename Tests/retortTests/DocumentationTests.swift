import Cases
import Formats
import Foundation
import TestSupport
import Testing

/// README and handbook: what they tell a reader to type is typed here, and where they point to is there.
@Suite("Documentation")
struct DocumentationTests {
  struct Block {
    let page: String
    let language: String
    /// Comments of Markdown right before it.
    let marker: String
    let lines: [String]

    /// What a reader types.
    var commands: [String] { lines.filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) } }
    var isRun: Bool { language == "console" && !commands.isEmpty && !marker.contains("not run: ") }
    var isInBackground: Bool { marker.contains("<!-- background -->") }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let handbook = "Sources/retort/Documentation.docc"

  static func pages() throws -> [String] {
    ["README.md"]
      + (try FileBytes.list("\(root)/\(handbook)").filter { $0.hasSuffix(".md") }.sorted().map { "\(handbook)/\($0)" })
  }

  static func text(_ page: String) throws -> String {
    String(decoding: try FileBytes.read("\(root)/\(page)"), as: UTF8.self)
  }

  static func blocks(_ page: String) throws -> [Block] {
    var blocks: [Block] = []
    var open: (language: String, marker: String, lines: [String])?
    var before = ""
    for line in try text(page).split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(Block(page: page, language: block.language, marker: block.marker, lines: block.lines))
          open = nil
        } else {
          open = (String(line.dropFirst(3)), before.hasPrefix("<!--") ? before : "", [])
        }
      } else if open != nil {
        open?.lines.append(line)
      }
      before = line
    }
    return blocks
  }

  @Test("the README is short: at most 170 lines")
  func short() throws {
    #expect(try Self.text("README.md").split(separator: "\n", omittingEmptySubsequences: false).count <= 171)
  }

  @Test("every link within the repository leads somewhere")
  func links() throws {
    for page in try Self.pages() {
      let folder = URL(fileURLWithPath: "\(Self.root)/\(page)").deletingLastPathComponent().path
      let links = try Self.text(page).matches(of: /\]\(([^)#\s]+)(#[^)]*)?\)/).map { String($0.1) }
      for link in links where !link.contains("://") {
        #expect(FileBytes.exists("\(folder)/\(link)"), "\(page): \(link)")
      }
    }
  }

  @Test("every page of the handbook is in its table of contents")
  func contents() throws {
    let overview = try Self.text("\(Self.handbook)/Retort.md")
    for page in try Self.pages().dropFirst() where !page.hasSuffix("/Retort.md") {
      #expect(overview.contains("(\(page.split(separator: "/").last ?? ""))"), "\(page)")
    }
  }

  @Test("configurations and lines of JSON that are shown can be read")
  func shown() throws {
    for block in try Self.pages().flatMap(Self.blocks) {
      let text = block.lines.joined(separator: "\n")
      switch block.language {
      case "yaml":
        #expect(throws: Never.self, "\(block.page)") { try YAMLDocument.root(Array(text.utf8), file: block.page) }
      case "json": for line in block.lines { #expect(JSONValue(parsing: line) != nil, "\(block.page): \(line)") }
      case "csv":
        #expect(throws: Never.self, "\(block.page)") { try LineageReader.parse(Array(text.utf8), file: block.page) }
      case "console", "cron", "": break
      default: Issue.record("\(block.page): a block of \(block.language)")
      }
    }
  }

  @Test("every command block is run from its first page to its last, or says why it is not", arguments: try pages())
  func typed(page: String) async throws {
    let blocks = try Self.blocks(page)
    #expect(blocks.allSatisfy { $0.marker.isEmpty || $0.isInBackground || $0.marker.contains("not run: ") })
    guard blocks.contains(where: \.isRun) else { return }
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("Probes"), withDestinationPath: "\(Self.root)/Probes")
    var served: [Process] = []
    defer { served.forEach { kill($0.processIdentifier, SIGKILL) } }
    for block in blocks where block.isRun {
      let script = block.commands.joined(separator: "\n")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["bash", "-ec", block.isInBackground ? "exec \(script)" : script]
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      let programs = URL(fileURLWithPath: CommandTests.program).deletingLastPathComponent().path
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["PATH": "\(programs):\(ProcessInfo.processInfo.environment["PATH"] ?? "")", "NO_COLOR": "1"]) { $1 }
      for name in ["out", "err"] { try FileBytes.write([], to: folder.file(name)) }
      let out = block.isInBackground ? "served" : "out"
      try FileBytes.write([], to: folder.file(out))
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file(out)))
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("err")))
      try process.run()
      if block.isInBackground {
        served.append(process)
        let end = ContinuousClock.now + .seconds(120)
        while try FileBytes.read(folder.file(out)).isEmpty, process.isRunning, ContinuousClock.now < end {
          try await Task.sleep(for: .milliseconds(50))
        }
        #expect(process.isRunning, "\(page): \(script)")
        continue
      }
      process.waitUntilExit()
      let errors = String(decoding: try FileBytes.read(folder.file("err")), as: UTF8.self)
      #expect(process.terminationStatus == 0, "\(page): \(script)\n\(errors)")
    }
  }
}
