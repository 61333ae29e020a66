import ArgumentParser
import CaseFile
import Custody
import Formats
import Foundation
import Terminal
import Workflows

struct CosignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cosign",
    abstract: "Exchange signed heads of logs between parties before anybody has seen a result.",
    discussion: """
      Both run the same configuration with `retort run --no-report --key`, then:
        retort cosign CASE.retort --key MINE -o head.note      the signed head of your own log: send it
        retort cosign head.note --key MINE --from KEY          the other's head, with your signature: send it back
        retort cosign CASE.retort --accept head.note           keeps what they signed in your case
      Only then `retort report`. `retort verify --witness KEY` asks for the signature of the other.

      The head of a log that was cosigned before carries the proof that it continues that one (RFC 9162), in the form of C2SP's tlog-witness. \
      A key never cosigns a log that does not continue what it cosigned: it remembers in KEY.heads. \
      Keep one file of a key: a copy of it does not know what the other signed.
      """)

  @Argument(help: "Case file (.retort), or the signed head of somebody else's log.")
  var file: String

  @Option(help: "Private key that signs.")
  var key: String?

  @Option(help: "Verifier key of the other party, which must have signed the head that you cosign.")
  var from: String?

  @Option(help: "Signed head of this case that came back with the other's signature.")
  var accept: String?

  @Option(
    help:
      "Records of the earlier head that the other party knows, \(Limits.words(Self.sizes)); default: the last one that was cosigned."
  )
  var since: Int?

  @Option(name: .shortAndLong, help: "File for the note; default: standard output.")
  var output: String?

  @Flag(help: "Print what was signed as JSON.")
  var json = false

  private static let sizes = 0...Limits.calls.upperBound

  func validate() throws {
    guard (key == nil) != (accept == nil) else { throw ValidationError("give either --key FILE or --accept FILE.") }
  }

  func run() throws {
    try checkOutput()
    try OptionBounds.check(since, "--since", in: Self.sizes)
    if let accept { return try tell(try CosignHeads.accept(accept, into: file)) }
    guard let key else { return }
    guard try CaseStore.isDatabase(file) else {
      guard let from else {
        throw ValidationError(
          "\(file) is no case file; to sign it as another's head, give --from KEY, their verifier key.")
      }
      return try tell(
        try CosignHeads.cosigned(file, by: key, expecting: try KeyChoice.verifier(from), now: Date()))
    }
    try tell(try CosignHeads.own(file, by: try SigningKey.read(file: key), since: since))
  }

  /// A head is replaced by the next one, and nothing else is.
  private func checkOutput() throws {
    try OutputPlace.checkFile(output)
    guard let output, FileBytes.isRegular(output), case let there = try FileBytes.read(output), !there.isEmpty else {
      return
    }
    guard HeadUpdate(parsing: there) != nil else { throw FileError.wouldOverwrite(file: output) }
  }

  private func tell(_ head: HeadUpdate) throws {
    // What the key remembers may lie there only now.
    try checkOutput()
    if let output { try FileBytes.write(head.written.utf8, to: output) }
    guard json else {
      if output == nil, accept == nil { try StandardOutput.write(head.written) }
      return Talk.say("signed by \(head.note.signatures.map(\.name).joined(separator: ", "))")
    }
    try StandardOutput.json(CheckpointText.document(head, tool: Version.tool))
  }
}
