import Formats
import Monitoring
import Testing

@Suite("JSON Schemas that answers are to follow")
struct AnswerSchemaTests {
  private static func schema(_ text: String) throws -> AnswerSchema {
    try AnswerSchema(try #require(JSONValue(parsing: text)), path: "s")
  }

  @Test(
    "each keyword accepts and refuses",
    arguments: [
      (#"{"type":"object"}"#, "{}", "[]"), (#"{"type":["integer","null"]}"#, "3.0", "3.5"),
      (#"{"type":"number"}"#, "3.5", #""3.5""#), (#"{"type":"boolean"}"#, "true", "1"),
      (#"{"enum":["a",1]}"#, "1.0", #""b""#), (#"{"const":{"a":[1]}}"#, #"{ "a" : [ 1 ] }"#, #"{"a":[2]}"#),
      (#"{"required":["a"]}"#, #"{"a":null}"#, #"{"b":1}"#),
      (#"{"properties":{"a":{"type":"string"}}}"#, #"{"a":"x"}"#, #"{"a":1}"#),
      (#"{"properties":{"a":true},"additionalProperties":false}"#, #"{"a":1}"#, #"{"a":1,"b":2}"#),
      (#"{"additionalProperties":{"type":"integer"}}"#, #"{"a":1}"#, #"{"a":"1"}"#),
      (#"{"items":{"minimum":2}}"#, "[2,3]", "[1]"), (#"{"minItems":1,"maxItems":2}"#, "[1]", "[]"),
      (#"{"maxItems":1}"#, "[1]", "[1,2]"), (#"{"uniqueItems":true}"#, "[1,2]", "[1,1.0]"),
      (#"{"minLength":2,"maxLength":3}"#, #""éa""#, #""a""#), (#"{"maxLength":1}"#, #""a""#, #""ab""#),
      (#"{"pattern":"^[a-z]+$"}"#, #""ab""#, #""A""#), (#"{"maximum":5}"#, "5", "5.1"),
      (#"{"exclusiveMinimum":5}"#, "5.1", "5"), (#"{"exclusiveMaximum":5}"#, "4", "5"),
      (#"{"anyOf":[{"type":"null"},{"minimum":3}]}"#, "null", "2"), ("true", "[]", "not JSON"),
      (#"{"title":"t","description":"d"}"#, " 1 ", "```json\n1\n```"),
    ])
  func keywords(schema: String, good: String, bad: String) throws {
    let schema = try Self.schema(schema)
    #expect(schema.isMet(by: good))
    #expect(!schema.isMet(by: bad))
  }

  @Test("keywords of numbers and of objects say nothing of other values")
  func otherTypes() throws {
    let schema = try Self.schema(#"{"minimum":3,"required":["a"],"items":{"type":"null"},"minLength":9}"#)
    #expect(schema.isMet(by: "4") && schema.isMet(by: "true") && !schema.isMet(by: "2"))
  }

  @Test(
    "what is not checked is refused, with its place",
    arguments: [
      (#"{"properties":{"a":{"format":"date"}}}"#, "s.properties.a.format"), (#"{"type":"text"}"#, "s.type"),
      (#"{"items":[{}]}"#, "s.items"), (#"{"pattern":"("}"#, "s.pattern"), (#"{"anyOf":[]}"#, "s.anyOf"),
      (#"{"minItems":-1}"#, "s.minItems"), ("{\"$ref\":\"x\"}", "s.$ref"), (#"{"required":"a"}"#, "s.required"),
      ("3", "s"),
    ])
  func defects(schema: String, place: String) throws {
    let value = try #require(JSONValue(parsing: schema))
    do {
      _ = try AnswerSchema(value, path: "s")
      Issue.record("accepted \(schema)")
    } catch {
      #expect(error.path == place)
    }
  }
}
