package import Formats

package enum JSONDifferences {
  /// Places where two documents differ; numbers may by 1e-4, for another processor's last digits.
  package static func paths(_ one: JSONValue?, _ other: JSONValue?, _ path: String = "") -> [String] {
    if let a = one?.number, let b = other?.number { return abs(a - b) <= 1e-4 * max(1, abs(a)) ? [] : [path] }
    if let a = one?.object, let b = other?.object {
      return Set(a.keys).union(b.keys).sorted().flatMap { paths(a[$0], b[$0], "\(path)/\($0)") }
    }
    if let a = one?.array, let b = other?.array, a.count == b.count {
      return a.indices.flatMap { paths(a[$0], b[$0], "\(path)/\($0)") }
    }
    return one == other ? [] : [path]
  }
}
