import Foundation

/// The JSON Schemas of what the commands print, checked by the Python package jsonschema.
package enum Schemas {
  package static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Reports/schema").path

  /// What is wrong with a document, one line a violation; empty if nothing is.
  package static func violations(of document: String, _ schema: String) throws -> String {
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      for e in jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)):
          print(e.json_path, e.message)
      """
    let found = try IndependentPython.run(
      script, input: Data(document.utf8), arguments: ["\(folder)/\(schema).schema.json"])
    return String(decoding: found, as: UTF8.self)
  }
}
