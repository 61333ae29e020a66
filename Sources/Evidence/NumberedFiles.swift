/// The files that have the number of a checkpoint: from 1 on, without a gap.
struct NumberedFiles {
  enum Place: Hashable {
    case checkpoint(Int)
    case proof(Int)
    case witness(Int)
    /// Of a checkpoint, by its own number and the end of its name.
    case stamp(Int, Int, String)

    var path: String {
      switch self {
      case .checkpoint(let number): "checkpoints/\(EvidenceManifest.number(number)).note"
      case .proof(let number): "consistency/\(EvidenceManifest.number(number)).proof"
      case .witness(let number): "witnesses/\(EvidenceManifest.number(number)).note"
      case .stamp(let number, let own, let end): "time-stamps/\(EvidenceManifest.number(number)).\(own).\(end)"
      }
    }

    /// Of a file in an archive, among those of all checkpoints.
    var order: [Int] {
      switch self {
      case .checkpoint(let number): [number, 0]
      case .proof(let number): [number, 1]
      case .witness(let number): [number, 2]
      case .stamp(let number, let own, let end): [number, 3, own, NumberedFiles.endings.firstIndex(of: end) ?? 0]
      }
    }
  }

  /// Request, response, and who was asked.
  private static let endings = ["tsq", "tsr", "txt"]

  private var places: Set<Place> = []

  /// nil for any other path.
  static func place(of path: String) -> Place? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let name = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard let number = name.first.flatMap({ Int($0) }), number > 0 else { return nil }
    let place: Place
    switch parts[0] {
    case "checkpoints": place = .checkpoint(number)
    case "consistency": place = .proof(number)
    case "witnesses": place = .witness(number)
    case "time-stamps":
      guard name.count == 3, let own = Int(name[1]), own > 0, endings.contains(String(name[2])) else {
        return nil
      }
      place = .stamp(number, own, String(name[2]))
    default: return nil
    }
    return place.path.utf8.elementsEqual(path.utf8) ? place : nil
  }

  mutating func add(_ path: String) { if let place = Self.place(of: path) { places.insert(place) } }

  /// What is missing, or has no checkpoint; nil if the numbers are whole.
  var gap: String? {
    var heads = 0
    while places.contains(.checkpoint(heads + 1)) { heads += 1 }
    for place in places {
      let fits =
        switch place {
        case .checkpoint(let number), .witness(let number): number <= heads
        case .proof(let number): (2...max(heads, 2)).contains(number) && number <= heads
        case .stamp(let number, let own, _):
          number <= heads
            && Self.endings.allSatisfy { places.contains(.stamp(number, own, $0)) }
            && (own == 1 || places.contains(.stamp(number, own - 1, "tsr")))
        }
      if !fits { return "the numbers of checkpoints, proofs, witnesses and time stamps have a gap" }
    }
    return nil
  }
}
