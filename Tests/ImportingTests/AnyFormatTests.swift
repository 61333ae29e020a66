import Cases
import Formats
import Foundation
import Importing
import TestSupport
import Testing

/// Whatever another tool wrote, it is read or refused with an error that names it; nothing crashes. Seeds are arguments: a
/// crash names its own.
@Suite("Any bytes in a file to import")
struct AnyFormatTests {
  private static let transcript = """
    {"prompt_id":"p1","sample":0,"text":"Hi \\u00e9","logprobs":[{"token":"Hi","logprob":-0.5,"bytes":[72,105]}]}
    {"prompt_id":"p2","sample":1,"text":""}

    """

  private func reads(_ what: String, _ body: () throws -> Void) {
    do {
      try body()
    } catch is FileError {
      // What may be said of a file.
    } catch is CasesError {
      // What may be said of what is in it.
    } catch is ImportError {
      // What may be said of what another tool recorded.
    } catch {
      Issue.record("\(what): \(error)")
    }
  }

  @Test("what other tools recorded, in every format read as every other", arguments: ImportFormat.allCases)
  func imports(format: ImportFormat) throws {
    var damage = DamagedBytes(seed: format.rawValue.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
    let folder = try TemporaryFolder()
    let samples = [
      ImportFormatTests.alpaca, ImportFormatTests.promptfoo, ImportFormatTests.inspect, ImportFormatTests.lmEval,
      ImportFormatTests.batch, Self.transcript, "prompt,text,model\n\"a, b\",c,m\n",
    ].map { Array($0.utf8) }
    for sample in samples {
      for _ in 0..<15 {
        let file = folder.file("source")
        try Data(damage.variant(of: sample)).write(to: URL(fileURLWithPath: file))
        reads(format.rawValue) { _ = try ImportedTranscripts.read([file], format: format, model: ModelID("m")) }
      }
    }
  }
}
