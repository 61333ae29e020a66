import Foundation

/// Something that reads what others wrote, with inputs to begin from.
struct FuzzReader {
  let name: String
  let seeds: [[UInt8]]
  /// Reads an input as the program would, and uses what it read; throws what the program has words for, and nothing else.
  let read: ([UInt8]) throws -> Void

  init(_ name: String, seeds: [[UInt8]], read: @escaping ([UInt8]) throws -> Void) {
    self.name = name
    self.seeds = seeds
    self.read = read
  }

  /// Through a file of that name, for readers that want one.
  init(_ name: String, file: String, seeds: [[UInt8]], read: @escaping (String) throws -> Void) {
    self.init(name, seeds: seeds) { bytes in
      let path = "\(Workplace.folder)/\(file)"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      try read(path)
    }
  }

  /// All, in the order in which executions take them by turns.
  static func all() throws -> [FuzzReader] {
    let seeds = try SeedFiles()
    return try Self.answers(seeds) + Self.configurations(seeds) + Self.records(seeds) + Self.custody(seeds)
      + Self.cases(seeds)
  }
}

/// What an input did that no input may do.
struct FuzzFault: Error, CustomStringConvertible {
  let description: String
}

/// A folder for files of this process.
enum Workplace {
  static let folder: String = {
    let own = place(of: ProcessInfo.processInfo.processIdentifier)
    try? FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    return own
  }()

  private static func place(of process: Int32) -> String {
    let memory = "/dev/shm"
    let base = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
    return "\(base)/retort-fuzz-\(process)"
  }

  /// Of a process that has ended, perhaps before it could clear up.
  static func remove(of process: Int32) { try? FileManager.default.removeItem(atPath: place(of: process)) }

  static func remove() { remove(of: ProcessInfo.processInfo.processIdentifier) }
}

/// Inputs in `Tests/Fuzz/Seeds`, a folder for each kind.
struct SeedFiles {
  static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  static let folder = tests.appendingPathComponent("Fuzz/Seeds").path
  /// Inputs that once broke something, a folder for each reader.
  static let found = tests.appendingPathComponent("Fuzz/Found").path

  private let kinds: [String: [[UInt8]]]

  init() throws {
    var kinds: [String: [[UInt8]]] = [:]
    for kind in try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted() {
      kinds[kind] = try FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/\(kind)").sorted().map {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(kind)/\($0)")))
      }
    }
    self.kinds = kinds
  }

  /// - Throws: `FuzzFault` without a seed: a reader that gets nothing to read tests nothing.
  subscript(kind: String) -> [[UInt8]] {
    get throws {
      guard let seeds = kinds[kind], !seeds.isEmpty else {
        throw FuzzFault(description: "no seeds in \(Self.folder)/\(kind)")
      }
      return seeds
    }
  }
}
