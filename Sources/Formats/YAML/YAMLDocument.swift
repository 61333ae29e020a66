package import Yams

/// A YAML file up to its root; what is wrong is told with file, line and column.
package enum YAMLDocument {
  /// - Throws: `FileError.configuration`.
  package static func root(_ bytes: [UInt8], file: String) throws -> Node {
    guard bytes.count <= Limits.yamlBytes else {
      throw FileError.configuration(
        file: file, line: 1, column: 1, .tooLarge("longer than \(Limits.words(bytes: Limits.yamlBytes))"))
    }
    // A byte order mark is no part of the text: editors write it, and the parser takes it for a word.
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let text = String(validating: bytes[start...], as: UTF8.self) else {
      let line = 1 + bytes.prefix(firstDefect(in: bytes)).count { $0 == UInt8(ascii: "\n") }
      throw FileError.configuration(file: file, line: line, column: 1, .notUTF8)
    }
    guard let root = try compose(text, file: file) else {
      throw FileError.configuration(file: file, line: 1, column: 1, .emptyDocument)
    }
    return root
  }

  private static func compose(_ text: String, file: String) throws -> Node? {
    func error(_ mark: YAMLPosition, _ defect: ConfigurationDefect) -> FileError {
      .configuration(file: file, line: mark.line, column: mark.column, defect)
    }
    do {
      try YAMLSize.check(text)
      return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let excess as YAMLSize.Excess {
      throw error(excess.position, .tooLarge("of more than \(excess.limit)"))
    } catch YamlError.scanner(_, let problem, let mark, _) {
      throw error(YAMLPosition(mark), .notYAML(problem))
    } catch YamlError.parser(_, let problem, let mark, _) {
      throw error(YAMLPosition(mark), .notYAML(problem))
    } catch YamlError.composer(_, let problem, let mark, _) {
      throw error(YAMLPosition(mark), .notYAML(problem))
    } catch YamlError.duplicatedKeysInMapping(let names, let context) {
      throw error(YAMLPosition(context.mark), .repeatedKey(names.first ?? ""))
    } catch YamlError.reader(let problem, let offset, _, _) {
      let before = text.unicodeScalars.prefix(offset ?? 0)
      let column = before.reversed().prefix { $0 != "\n" }.count + 1
      throw error(YAMLPosition(line: before.count { $0 == "\n" } + 1, column: column), .notYAML(problem))
    } catch {
      throw FileError.configuration(file: file, line: 1, column: 1, .notYAML("\(error)"))
    }
  }

  private static func firstDefect(in bytes: [UInt8]) -> Int {
    var whole = 0
    while let end = bytes[whole...].firstIndex(of: UInt8(ascii: "\n")),
      String(validating: bytes[whole...end], as: UTF8.self) != nil
    {
      whole = end + 1
    }
    return whole
  }
}
