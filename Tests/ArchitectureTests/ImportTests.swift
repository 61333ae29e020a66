import Foundation
import Testing

/// `Package.swift` lists the targets in the order in which they build on one another. What the files import must agree with
/// it: the compiler finds a module that another target happened to build, declared or not.
@Suite("Imports follow the order of the targets")
struct ImportTests {
  private struct Target {
    let name: String
    let folder: String
    let dependencies: Set<String>
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Modules that come with the compiler and the system.
  private static let ofTheSystem: Set = [
    "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Darwin", "Synchronization", "Testing",
  ]

  /// The targets as the manifest lists them.
  private static func targets() throws -> [Target] {
    let manifest = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let heads = manifest.matches(
      of: #/(?m)^    (?:module|tests|\.executableTarget|\.testTarget|\.target)\(\s*(?:name: )?"(\w+)"/#)
    return heads.enumerated().map { index, head in
      let end = index + 1 < heads.count ? heads[index + 1].range.lowerBound : manifest.endIndex
      let rest = manifest[head.range.upperBound..<end]
      let isTest = manifest[head.range].contains("tests(")
      let name = String(head.output.1) + (isTest ? "Tests" : "")
      let products = rest.matches(of: #/name: "(\w+)", package/#).map { String($0.output.1) }
      let plain = rest.replacing(
        #/\.product\([^)]*\)|(?:resources|exclude): \[[^\]]*\]|path: "[^"]*"|name: "\w+"/#, with: "")
      let modules = plain.matches(of: #/"(\w+)"/#).map { String($0.output.1) }
      let stated = rest.firstMatch(of: #/path: "([^"]+)"/#).map { String($0.output.1) }
      let isInTests = isTest || manifest[head.range].contains(".testTarget(")
      return Target(
        name: name, folder: stated ?? "\(isInTests ? "Tests" : "Sources")/\(name)",
        dependencies: Set(products + modules))
    }
  }

  /// Whatever stands before the word: an access level, attributes with or without arguments, or the indent of an `#if`. A kind
  /// and a member may stand behind it (`import struct Foundation.Date`).
  private static func modules(importedBy text: String) -> [String] {
    let line =
      #/
      (?m) ^\h*
      (?: (?: @\w+ (?: \( [^)\n]* \) )? | package | public | internal | fileprivate | private ) \h+ )*
      import \h+
      (?: (?: typealias | struct | class | enum | protocol | let | var | func ) \h+ )?
      (\w+)
      /#
    // What stands in a long literal is another language's, such as Python's.
    return text.replacing(#/"""[\s\S]*?"""/#, with: "").matches(of: line).map { String($0.output.1) }
  }

  /// By the folders of the targets; read once, for there are hundreds of files.
  private static let importsByFolder = Result {
    Dictionary(uniqueKeysWithValues: try targets().map { ($0.folder, try readImports(of: $0)) })
  }

  /// Modules that the files of a target import, each with one file that does.
  private static func imports(of target: Target) throws -> [String: String] {
    try importsByFolder.get()[target.folder] ?? [:]
  }

  private static func readImports(of target: Target) throws -> [String: String] {
    let folder = root.appendingPathComponent(target.folder)
    var found: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      for module in modules(importedBy: text) {
        // The parser of Yams is a module of its own, and no product.
        found[module == "CYaml" ? "Yams" : module] = path
      }
    }
    return found
  }

  @Test(
    "an import is seen however it is written, and in no other line",
    arguments: [
      ("import GRDB", ["GRDB"]), ("  import GRDB", ["GRDB"]), ("\timport GRDB", ["GRDB"]),
      ("#if os(Linux)\n  internal import GRDB\n#endif", ["GRDB"]), ("private import GRDB", ["GRDB"]),
      ("fileprivate import GRDB", ["GRDB"]), ("@_exported public import GRDB", ["GRDB"]),
      ("@preconcurrency package import GRDB", ["GRDB"]), ("@_spi(X) import GRDB", ["GRDB"]),
      ("@_implementationOnly import struct GRDB.Row", ["GRDB"]), ("import func Glibc.exit", ["Glibc"]),
      ("// import GRDB", []), ("/// what others import GRDB for", []), ("let a = \"import GRDB\"", []),
      ("let a = \"\"\"\n  import json\n  \"\"\"\nimport GRDB", ["GRDB"]),
    ])
  func written(text: String, modules: [String]) {
    #expect(Self.modules(importedBy: text) == modules)
  }

  @Test("what a target imports it declares, and what it declares it imports")
  func declared() throws {
    let targets = try Self.targets()
    #expect(targets.count > 20)
    for target in targets {
      let imports = try Self.imports(of: target).filter { !Self.ofTheSystem.contains($0.key) }
      for (module, file) in imports where !target.dependencies.contains(module) {
        Issue.record("\(target.folder)/\(file) imports \(module), which Package.swift does not declare")
      }
      // Tests of a program launch it, and do not import it.
      let launched: Set = ["retort", "fuzz"]
      for module in target.dependencies where imports[module] == nil && !launched.contains(module) {
        Issue.record("\(target.name) declares \(module) and does not import it")
      }
    }
  }

  @Test("nothing is printed but through the streams that say when output is lost")
  func printing() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    let calls =
      #/
      (?m) ^(?!\s*//) (?: .*[^\w.`] )? (?: Swift\. )?
      (?: (?: print | debugPrint | dump | puts | putchar | fputs | fprintf | printf | NSLog ) \(
        | FileHandle\.standard(?:Output|Error) | (?: stdout | stderr ) \b )
      /#
    var seen = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path) where path.hasSuffix(".swift") {
      seen += 1
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      for found in text.matches(of: calls) { Issue.record("Sources/\(path): \(found.output)") }
    }
    #expect(seen > 400)
    for text in [
      "print(a)", "  if b { print(\"x\") }", "FileHandle.standardOutput.write(d)", "fputs(s, stderr)", "Swift.print(a)",
    ] {
      #expect(text.contains(calls), "\(text)")
    }
    for text in ["imprint(a)", "  // print(a)", "a.fingerprint()", "StandardOutput.write(a)"] {
      #expect(!text.contains(calls), "\(text)")
    }
  }

  @Test("a target imports only what stands above it")
  func order() throws {
    var above: Set<String> = []
    let all = try Self.targets().filter { $0.folder.hasPrefix("Sources/") }
    let names = Set(all.map(\.name))
    for target in all {
      for (module, file) in try Self.imports(of: target) where names.contains(module) && !above.contains(module) {
        Issue.record("\(target.folder)/\(file) imports \(module), which stands below it")
      }
      above.insert(target.name)
    }
  }

  @Test(
    "a library is imported where it belongs, and nowhere else",
    arguments: [
      ("GRDB", ["CaseFile"]), ("CZlib", ["Formats"]), ("COpenBLAS", ["LinearAlgebra"]),
      ("ArgumentParser", ["retort"]), ("AsyncHTTPClient", ["Probing"]), ("SwiftASN1", ["Custody"]),
    ])
  func library(module: String, homes: [String]) throws {
    for target in try Self.targets() where target.folder.hasPrefix("Sources/") {
      guard let file = try Self.imports(of: target)[module] else { continue }
      #expect(homes.contains(target.name), "\(target.folder)/\(file) imports \(module)")
    }
  }
}
