import Formats

/// What the name of a file says of what is in it, however it is written: `.JSONL` is `.jsonl`.
enum FileEnding: String, CaseIterable {
  case jsonl, ndjson, jsonlines, json, csv, tsv, txt

  /// nil for a name with another ending; `.gz` behind it counts for nothing.
  init?(of file: String) {
    guard let ending = Self.parts(of: file)?.ending else { return nil }
    self = ending
  }

  /// The file's name without its ending; nil for a name that has another, or is none but for it.
  static func stem(of file: String) -> String? { parts(of: file)?.stem }

  var isOfLines: Bool { [.jsonl, .ndjson, .jsonlines].contains(self) }
  var isOfTable: Bool { [.csv, .tsv, .txt].contains(self) }

  private static func parts(of file: String) -> (stem: String, ending: FileEnding)? {
    // By scalars: a name may end in what joins with the full stop behind it.
    var name = file.unicodeScalars.split(separator: "/").last.map { Array($0) } ?? []
    func ends(_ ending: String) -> Bool {
      name.count > ending.unicodeScalars.count
        && String(String.UnicodeScalarView(name.suffix(ending.unicodeScalars.count))).lowercased() == ending
    }
    if ends(".gz") { name.removeLast(3) }
    guard let ending = allCases.first(where: { ends("." + $0.rawValue) }) else { return nil }
    name.removeLast(ending.rawValue.count + 1)
    return (String(String.UnicodeScalarView(name)), ending)
  }
}
