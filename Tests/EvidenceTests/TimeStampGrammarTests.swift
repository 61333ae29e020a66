import Custody
import Formats
import Foundation
import TestSupport
import Testing

/// A response of an authority that both verifiers read: by one grammar, which `VERIFY.md` states.
@Suite(
  "One grammar of time stamps",
  .enabled(if: LocalAuthority.isHere && IndependentPython.isHere, "\(LocalAuthority.note)"))
struct TimeStampGrammarTests {
  static let message = Array("lab.example.org/case/1\n3\nAAAA\n".utf8)

  /// What the second verifier says of each response: whether it is a stamp of the message, for the request.
  private static func second(
    _ responses: [[UInt8]], _ request: [UInt8], anchor: String?, in folder: TemporaryFolder
  ) throws -> [Bool] {
    for (number, response) in responses.enumerated() {
      try FileBytes.write(response, to: folder.file("responses/\(number)"))
    }
    try FileBytes.write(request, to: folder.file("query"))
    try FileBytes.write(message, to: folder.file("stamped"))
    let script = """
      import runpy, sys
      verifier, folder, count, anchor = sys.argv[1:]
      v = runpy.run_path(verifier, run_name="verifier")
      read = lambda name: open(f"{folder}/{name}", "rb").read()
      anchors = v["certificates"](anchor) if anchor else []
      for number in range(int(count)):
          try:
              v["stamp"](read("query"), read(f"responses/{number}"), read("stamped"), anchors)
              print(1)
          except Exception:
              print(0)
      """
    let output = try IndependentPython.run(
      script, arguments: [SecondVerifier.script, folder.path, "\(responses.count)", anchor ?? ""])
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map { $0 == "1" }
  }

  private static func own(_ response: [UInt8], _ request: TimeStampRequest, _ anchors: [X509Certificate]) -> Bool {
    guard let token = TimeStampToken(response: response), token.answers(request, for: message) else { return false }
    switch token.trust(anchors: anchors) {
    case .trusted, .signed: return true
    case .notSigned, .notTrusted: return false
    }
  }

  @Test("both take and refuse the same, however a response is changed", arguments: LocalAuthority.KeyKind.allCases)
  func same(kind: LocalAuthority.KeyKind) throws {
    let folder = try TemporaryFolder()
    let authority = try LocalAuthority(in: folder.path, key: kind)
    let request = TimeStampRequest(for: Self.message)
    let response = try authority.reply(to: request.bytes)
    let time = try #require(Self.place(of: [0x18, 0x0F, 0x32, 0x30], in: response)) + 2
    var changed = [response]
    for (place, text) in [
      (4, "13"), (4, "00"), (6, "32"), (6, "00"), (8, "24"), (10, "60"), (12, "60"), (14, "z"), (0, "00"), (12, "5."),
      (13, "Z"),
    ] {
      var bytes = response
      bytes.replaceSubrange((time + place)..<(time + place + text.utf8.count), with: text.utf8)
      changed.append(bytes)
    }
    // In a certificate both read less than what is signed.
    let certificates = try ["tsa.pem", "ca.pem"].flatMap {
      X509Certificate.all(pem: try FileBytes.read(folder.file($0)))
    }
    let spared = certificates.compactMap { certificate in
      Self.place(of: certificate.encoded, in: response).map { $0..<($0 + certificate.encoded.count) }
    }
    let places = response.indices.filter { place in !spared.contains { $0.contains(place) } }
    #expect(spared.count == 2 && places.count > 200)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<400 {
      var bytes = response
      let place = try #require(places.randomElement(using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 2:
        bytes[place] = [0x00, 0x02, 0x05, 0x30, 0x31, 0x80, 0x81, 0xA0, 0xFF].randomElement(using: &generator) ?? 0
      default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      changed.append(bytes)
    }
    changed += [response + [0], Array(response.dropLast()), []]
    let anchors = X509Certificate.all(pem: try FileBytes.read(authority.anchor))
    for anchor in [nil, authority.anchor] {
      let second = try Self.second(changed, request.bytes, anchor: anchor, in: folder)
      let own = changed.map { Self.own($0, request, anchor == nil ? [] : anchors) }
      #expect(own.first == true && own.count == second.count)
      for (number, (one, other)) in zip(own, second).enumerated() where one != other {
        let places = zip(response, changed[number]).enumerated().first { $1.0 != $1.1 }
        Issue.record("\(number) at \(String(describing: places)): \(one), \(other)")
      }
    }
  }

  @Test(
    "both trust no certificate that is signed otherwise than stamps are",
    arguments: [
      ["-newkey", "rsa:1024"], ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp224r1"],
      ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"], ["-newkey", "ed25519"],
    ])
  func above(key: [String]) throws {
    let folder = try TemporaryFolder()
    let authority = try LocalAuthority(in: folder.path, key: .p256, above: key)
    let request = TimeStampRequest(for: Self.message)
    let response = try authority.reply(to: request.bytes)
    let anchors = X509Certificate.all(pem: try FileBytes.read(authority.anchor))
    #expect(anchors.count == 1 && Self.own(response, request, []) && !Self.own(response, request, anchors))
    #expect(try Self.second([response], request.bytes, anchor: nil, in: folder) == [true])
    #expect(try Self.second([response], request.bytes, anchor: authority.anchor, in: folder) == [false])
  }

  @Test("both can read the same certificates, however one is changed")
  func certificates() throws {
    let folder = try TemporaryFolder()
    let authority = try LocalAuthority(in: folder.path, key: .p256)
    let whole = try #require(X509Certificate.all(pem: try FileBytes.read(authority.anchor)).first).encoded
    var changed = [whole]
    for (text, other) in [
      ([0xA0, 3, 2, 1, 2], [0xA0, 3, 2, 1, 4]), ([0xA0, 3, 2, 1, 2], [0xA0, 3, 2, 1, 1]),
      ([0xA0, 3, 2, 1, 2], [0xA0, 3, 2, 1, 0]),
      ([0x0C, 8] + Array("Local CA".utf8), [0x0C, 8, 0xFF, 0xFE, 0, 1, 2, 3, 4, 5]),
      ([0x0C, 8], [0x13, 8]), ([0x0C, 8], [0x1E, 8]), ([0x0C, 8], [0x0D, 8]), ([1, 1, 0xFF], [1, 1, 1]),
      ([0x55, 0x1D, 0x0E], [0x55, 0x1D, 0x13]),
      ([0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1], [0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 7]),
    ] as [([UInt8], [UInt8])] {
      var bytes = whole
      let place = try #require(Self.place(of: text, in: whole), "\(text)")
      bytes.replaceSubrange(place..<(place + text.count), with: other)
      changed.append(bytes)
    }
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<600 {
      var bytes = whole
      let place = Int.random(in: whole.indices, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 2:
        bytes[place] =
          [0x00, 0x02, 0x05, 0x30, 0x31, 0x80, 0x81, 0xA0, 0xA3, 0xFF].randomElement(using: &generator) ?? 0
      default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      changed.append(bytes)
    }
    for (number, bytes) in changed.enumerated() {
      try FileBytes.write(bytes, to: folder.file("certificates/\(number)"))
    }
    let script = """
      import runpy, sys
      verifier, folder, count = sys.argv[1:]
      v = runpy.run_path(verifier, run_name="verifier")
      for number in range(int(count)):
          try:
              v["Certificate"](open(f"{folder}/certificates/{number}", "rb").read()).name()
              print(1)
          except v["Fault"]:
              print(0)
      """
    let output = try IndependentPython.run(
      script, arguments: [SecondVerifier.script, folder.path, "\(changed.count)"])
    let second = String(decoding: output, as: UTF8.self).split(separator: "\n").map { $0 == "1" }
    #expect(second.first == true && second.count == changed.count)
    for (number, (bytes, other)) in zip(changed, second).enumerated() where (X509Certificate(bytes) != nil) != other {
      let place = zip(whole, bytes).enumerated().first { $1.0 != $1.1 }
      Issue.record("\(number) at \(String(describing: place)): the second verifier says \(other)")
    }
  }

  @Test("both ask what nobody signs, and nobody needs, to be of the grammar")
  func oddities() throws {
    let folder = try TemporaryFolder()
    let authority = try LocalAuthority(in: folder.path, key: .p256)
    let request = TimeStampRequest(for: Self.message)
    let response = try authority.reply(to: request.bytes)
    // Two bytes of length, and a status of no more than its number.
    try #require(response[1] == 0x82 && response[4..<9].elementsEqual([0x30, 3, 2, 1, 0]))
    let token = Array(response.dropFirst(9))
    // The status is the second from the top.
    let deep = [47, 48, 49, 50, 1_000].map { ("\($0) deep", ASN1Bytes.nested($0), $0 <= 48) }
    let cases = ASN1Bytes.oddities.map { ($0.description, $0.bytes, $0.isReadable) } + deep
    let changed = cases.map { _, oddity, _ in
      ASN1Bytes.value(0x30, ASN1Bytes.value(0x30, ASN1Bytes.value(0x02, [0]), oddity), token)
    }
    let second = try Self.second(changed, request.bytes, anchor: nil, in: folder)
    #expect(second.count == changed.count)
    for (place, (name, _, isReadable)) in cases.enumerated() {
      #expect(Self.own(changed[place], request, []) == isReadable, "\(name)")
      #expect(second[place] == isReadable, "the second verifier: \(name)")
    }
  }

  @Test("both take a signer's number as its certificate writes it, and not with a zero more")
  func serial() throws {
    let folder = try TemporaryFolder()
    let authority = try LocalAuthority(in: folder.path, key: .p256)
    let request = TimeStampRequest(for: Self.message)
    let response = try authority.reply(to: request.bytes)
    let certificate = try #require(X509Certificate.all(pem: try FileBytes.read(folder.file("tsa.pem"))).first?.encoded)
    // Behind the sequences of the certificate and of what is signed in it, and the version.
    let place = try #require(certificate.indices.first { certificate[$0...].starts(with: [0xA0, 3, 2, 1, 2]) }) + 5
    let number = Array(certificate[place..<(place + 2 + Int(certificate[place + 1]))])
    let longer = ASN1Bytes.value(0x02, [0], Array(number.dropFirst(2)))
    let changed = [response, Self.rewritten(response, number, longer)]
    try #require(changed[1].count > response.count)
    #expect(try Self.second(changed, request.bytes, anchor: nil, in: folder) == [true, false])
    #expect(changed.map { Self.own($0, request, []) } == [true, false])
  }

  /// A response in which the last value that is `old`, the signer's, is another, with the lengths around it.
  private static func rewritten(_ bytes: [UInt8], _ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
    guard let last = bytes.indices.last(where: { bytes[$0...].starts(with: old) }) else { return bytes }
    func written(_ range: Range<Int>) -> [UInt8] {
      var (result, at): ([UInt8], Int) = ([], range.lowerBound)
      while at < range.upperBound {
        let first = bytes[at + 1]
        let header = 2 + (first < 0x80 ? 0 : Int(first & 0x7F))
        let length = first < 0x80 ? Int(first) : bytes[(at + 2)..<(at + header)].reduce(0) { $0 << 8 | Int($1) }
        let end = at + header + length
        if at == last {
          result += new
        } else if (at..<end).contains(last), bytes[at] & 0x20 != 0 {
          result += ASN1Bytes.value(bytes[at], written((at + header)..<end))
        } else {
          result += bytes[at..<end]
        }
        at = end
      }
      return result
    }
    return written(bytes.indices)
  }

  private static func place(of piece: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.indices.first { bytes[$0...].starts(with: piece) }
  }
}
