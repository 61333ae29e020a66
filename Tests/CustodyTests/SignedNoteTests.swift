import Custody
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Signed notes and keys")
struct SignedNoteTests {
  /// RFC 8032, 7.1, test 1.
  static let seed = MerkleTreeTests.bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")

  /// The examples of C2SP's signed-note, tlog-checkpoint and tlog-cosignature.
  static let c2spKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
  static let c2spNote = """
    This is an example message.

    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

    """
  static let cosigned = """
    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
    — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

    """

  @Test("the example of C2SP's signed-note holds under its key, and not when a byte of the text differs")
  func example() throws {
    let key = try #require(NoteKey(Self.c2spKey))
    #expect(key.description == Self.c2spKey)
    let note = try #require(SignedNote(parsing: Array(Self.c2spNote.utf8)))
    #expect(note.isSigned(by: key) && note.written == Self.c2spNote)
    let other = Self.c2spNote.replacingOccurrences(of: "example message", with: "example massage")
    #expect(SignedNote(parsing: Array(other.utf8))?.isSigned(by: key) == false)
  }

  @Test("the checkpoint of C2SP's examples is read, with its witness's line")
  func checkpoint() throws {
    let note = try #require(SignedNote(parsing: Array(Self.cosigned.utf8)))
    let checkpoint = try #require(Checkpoint(note.text))
    #expect(checkpoint.origin == "example.com/behind-the-sofa" && checkpoint.size == 20_852_163)
    #expect(checkpoint.text == note.text && note.signatures.count == 2 && note.written == Self.cosigned)
  }

  @Test("the key of RFC 8032's first test has its public key, and the ID that C2SP computes")
  func vector() throws {
    let key = try #require(SigningKey(name: "example.org/distil-evidence-log", seed: Self.seed))
    // Computed by Python's hashlib and cryptography.
    #expect(
      key.key.text(.note) == "example.org/distil-evidence-log+eb24b3d1+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea")
    let note = try #require(
      SignedNote(
        parsing: Array(
          """
          example.org/distil-evidence-log
          2
          56Nk8U2Lh8jq1n4rgDd8kvm8bFdi/1PWPEMWT6OZKac=

          — example.org/distil-evidence-log 6ySz0RUWB7pvUIxGQYJrvbqhPoIhBFdbhYC7WDizwODKz8TtGx3Wo0mgNCfEE7k1GtG4EBM2MiEqCfbEDUCfg2BctwI=

          """.utf8)))
    #expect(note.isSigned(by: key.key))
  }

  @Test("a cosignature tells when, and counts for its text, time and key only")
  func cosignature() throws {
    let log = try #require(SigningKey(newNamed: "log.example.org"))
    let witness = try #require(SigningKey(newNamed: "witness.example.org"))
    let note = try SignedNote(text: "log.example.org\n0\nAAAA\n", signedBy: log).cosigned(
      by: witness, time: 1_679_315_147)
    let read = try #require(SignedNote(parsing: Array(note.written.utf8)))
    #expect(read.cosignatureTime(of: witness.key) == 1_679_315_147 && read.isSigned(by: log.key))
    #expect(read.cosignatureTime(of: log.key) == nil && !read.isSigned(by: witness.key))
    let moved = note.written.replacingOccurrences(of: "\n0\n", with: "\n1\n")
    #expect(SignedNote(parsing: Array(moved.utf8))?.cosignatureTime(of: witness.key) == nil)
    #expect(NoteKey(witness.key.text(.cosignature), algorithm: .cosignature) == witness.key)
    #expect(NoteKey(witness.key.text(.cosignature)) == nil)
  }

  @Test(
    "what is no note, key or checkpoint is refused",
    arguments: [
      "", "text", "text\n", "text\n\n", "text\n\n— name AAAA", "text\n\n— name AAAA\n", "text\n\n- name AAAAAAAA\n",
      "text\n\n— na+me AAAAAAAA\n", "text\n\n— name AAAAAAA\n", "text\n\n— name AAAAAAAB==\n",
      "te\0xt\n\n— n AAAAAAAA\n",
    ])
  func noNote(text: String) {
    #expect(SignedNote(parsing: Array(text.utf8)) == nil)
    #expect(NoteKey(text) == nil && Checkpoint(text) == nil)
  }

  @Test(
    "checkpoints have one way to be written",
    arguments: ["a\n01\n", "a\n-1\n", "a\n+1\n", "\n1\n", "a\n1\nx\n"].map {
      $0 + Data(count: 32).base64EncodedString() + "\n"
    }
      + ["a\n1\n\(Data(count: 31).base64EncodedString())\n"])
  func oneForm(text: String) {
    #expect(Checkpoint(text) == nil)
    #expect(Checkpoint("a\n1\n\(Data(count: 32).base64EncodedString())\n") != nil)
  }

  @Test("a private key lies in a file that nobody else may read; one that others may read is refused")
  func file() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("lab.key")
    let key = try #require(SigningKey(newNamed: "lab.example.org"))
    try key.write(to: file)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
    let read = try SigningKey.read(file: file)
    #expect(read.key == key.key)
    #expect(try SignedNote(text: "x\n", signedBy: read).isSigned(by: key.key))
    #expect("\(key)\(read)".contains("private key of lab.example.org") && !"\(key)".contains("+"))
    #expect(throws: FileError.wouldOverwrite(file: file)) { try key.write(to: file) }
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    #expect(throws: CustodyError.keyReadableByOthers(file: file)) { try SigningKey.read(file: file) }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    try folder.write("PRIVATE+KEY+lab.example.org+00000000+AAAA\n", to: "lab.key")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #expect(throws: CustodyError.noKey(file: file)) { try SigningKey.read(file: file) }
    #expect(SigningKey(newNamed: "with space") == nil && SigningKey(newNamed: "a+b") == nil)
  }

  @Test(
    "a private key is read as it was made, through a link as well, whatever its name begins or ends with",
    arguments: ["lab", "\u{301}lab", "\u{600}", "lab\u{200D}", "\u{1F1E6}\u{1F1E6}\u{1F1E6}"])
  func anyName(name: String) throws {
    let folder = try TemporaryFolder()
    let key = try #require(SigningKey(newNamed: name))
    try key.write(to: folder.file("own.key"))
    #expect(try SigningKey.read(file: folder.file("own.key")).key == key.key)
    #expect(symlink(folder.file("own.key"), folder.file("link.key")) == 0)
    #expect(try SigningKey.read(file: folder.file("link.key")).key == key.key)
    try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: folder.file("own.key"))
    #expect(throws: CustodyError.keyReadableByOthers(file: folder.file("link.key"))) {
      try SigningKey.read(file: folder.file("link.key"))
    }
  }

  @Test(
    "cryptography verifies what is signed here", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let key = try #require(SigningKey(newNamed: "lab.example.org"))
    let note = try SignedNote(text: "one\ntwo\n", signedBy: key)
    let script = """
      import base64, hashlib, sys
      from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
      name, key_id, data = sys.argv[1].split("+", 2)
      public = base64.b64decode(data)
      assert hashlib.sha256(name.encode() + b"\\n" + public).digest()[:4].hex() == key_id
      text, line = sys.argv[2].split("\\n\\n")
      raw = base64.b64decode(line.split(" ")[2])
      Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], (text + "\\n").encode())
      print("valid")
      """
    let output = try IndependentPython.run(script, arguments: [key.key.text(.note), note.written])
    #expect(String(decoding: output, as: UTF8.self) == "valid\n")
  }

  @Test("no damaged note crashes its reader")
  func damage() {
    for _ in 0..<2_000 {
      var bytes = Array(Self.cosigned.utf8)
      for _ in 0..<Int.random(in: 1...20) { bytes[Int.random(in: bytes.indices)] = .random(in: .min ... .max) }
      bytes.removeLast(Int.random(in: 0..<bytes.count))
      if let note = SignedNote(parsing: bytes) { #expect(!note.written.isEmpty) }
    }
  }
}
