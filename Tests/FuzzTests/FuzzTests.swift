import Foundation
import Testing

/// Every reader of what others wrote, in a process of its own: a trap, a hang or a process that grows is seen, and named with
/// its input. `make fuzz SECONDS=3600` goes on where these few seconds end.
@Suite("Fuzzing")
struct FuzzTests {
  @Test("what once broke a reader is read or refused")
  func found() throws {
    let end = try fuzz(["replay"])
    #expect(end.status == 0, "\(end.output.suffix(2_000))")
    #expect(end.output.split(separator: "\n").count > 0)
  }

  @Test(
    "a trap, a hang, a process that grows and an error without words are seen, and their inputs kept",
    arguments: [
      ("trap", "died: "), ("hang", "hangs"), ("growth", "grew by"), ("error", "an error without words: CocoaError"),
    ])
  func faults(name: String, words: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let end = try fuzz([
      "--count", "2", "--reader", "faulty-\(name)", "--longest", name == "hang" ? "1" : "30", "--folder", folder,
    ])
    #expect(end.status == 1 && end.output.contains("find: faulty-\(name): \(words)"), "\(end.output)")
    if name == "growth" {
      let grown = end.output.matches(of: /grew by (\d+) MiB/).compactMap { Int($0.1) }
      // The fault takes 700; what the process had free before is not known to the last one.
      #expect(!grown.isEmpty && grown.allSatisfy((650...800).contains), "\(grown)")
    }
    let kept = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/faulty-\(name)")
    #expect((1...2).contains(kept.count))
  }

  @Test("each reader reads a seed of its own: what is damaged is more than refused")
  func seeds() throws {
    let end = try fuzz(["seeds"])
    #expect(end.status == 0, "\(end.output)")
  }

  @Test("some thousand inputs of a fixed seed break nothing")
  func fixedSeed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let end = try fuzz(["--seed", "20261128", "--count", "4000", "--folder", folder])
    #expect(end.status == 0, "\(end.output.suffix(2_000))")
    #expect(end.output.contains("4000 executions"))
  }

  private func fuzz(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("fuzz")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
