import CYaml

/// How much a YAML document holds, each alias counted as what it stands for, found before any of it is composed: a few hundred
/// bytes of nested aliases stand for more than memory holds, and comparing keys or following them would never end.
enum YAMLSize {
  struct Excess: Error {
    let position: YAMLPosition
    /// Such as `100000 values`.
    let limit: String
  }

  /// What a node stands for, itself counted.
  private struct Weight {
    var nodes: Int
    var depth: Int
  }

  /// A mapping or a list that is not at its end yet.
  private struct Open {
    let anchor: String?
    var weight = Weight(nodes: 1, depth: 1)
  }

  /// - Throws: `Excess`. What is no YAML is left to the parser that comes after.
  static func check(_ text: String) throws(Excess) {
    var text = text
    let found: Result<Void, Excess> = text.withUTF8 { bytes in
      Result { () throws(Excess) in try check(bytes) }
    }
    try found.get()
  }

  private static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws(Excess) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else { return }
    defer { yaml_parser_delete(parser) }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    var anchors: [String: Weight] = [:]
    var open: [Open] = []
    var total = 0
    var event = yaml_event_t()
    func position() -> YAMLPosition {
      YAMLPosition(line: event.start_mark.line + 1, column: event.start_mark.column + 1)
    }
    func add(_ weight: Weight, anchor: String?) throws(Excess) {
      if let anchor { anchors[anchor] = weight }
      total = total + weight.nodes
      guard total <= Limits.yamlNodes else {
        throw Excess(position: position(), limit: "\(Limits.yamlNodes) values, aliases counted as what they stand for")
      }
      guard open.count + weight.depth <= Limits.yamlDepth else {
        throw Excess(position: position(), limit: "\(Limits.yamlDepth) levels")
      }
      for place in open.indices {
        open[place].weight.nodes += weight.nodes
        open[place].weight.depth = max(open[place].weight.depth, open.count - place + weight.depth)
      }
    }
    while yaml_parser_parse(parser, &event) == 1 {
      defer { yaml_event_delete(&event) }
      switch event.type {
      case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return
      case YAML_SCALAR_EVENT:
        try add(Weight(nodes: 1, depth: 1), anchor: name(event.data.scalar.anchor))
      case YAML_ALIAS_EVENT:
        // An alias of nothing is for the parser to refuse.
        try add(name(event.data.alias.anchor).flatMap { anchors[$0] } ?? Weight(nodes: 1, depth: 1), anchor: nil)
      case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
        let anchor =
          event.type == YAML_SEQUENCE_START_EVENT ? event.data.sequence_start.anchor : event.data.mapping_start.anchor
        try add(Weight(nodes: 1, depth: 1), anchor: nil)
        open.append(Open(anchor: name(anchor)))
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
        guard let closed = open.popLast() else { return }
        if let anchor = closed.anchor { anchors[anchor] = closed.weight }
      default: break
      }
    }
  }

  private static func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    anchor.map { String(cString: $0) }
  }
}
