import Formats
import Testing

@Suite("Rows of tables")
struct CSVRowsTests {
  private static func rows(_ text: String, separator: Character = ",") throws -> [[String]] {
    let table = try CSVRows.table(Array(text.utf8), file: "t", separator: separator.asciiValue ?? 0)
    return table.rows.map(\.fields)
  }

  @Test(
    "text behind a closing quote is refused with the line of the opening one: where the field ends nobody knows",
    arguments: [
      "id,text\n1,plain\n2,\"He said \\\"yes\\\".\"\n", "id,text\n1,plain\n2,\"A \"big\" deal\"\n",
      "id,text\n1,plain\n2,\"Quoted start only\n3,Second\n4,\"Third\" answer\n",
    ])
  func misplaced(text: String) {
    #expect(throws: FileError.quoteMisplaced(file: "t", line: 3)) { try Self.rows(text) }
  }

  @Test("space behind a closing quote is no part of the field")
  func space() throws {
    #expect(try Self.rows("id,text\n\"1\" ,\"a,b\"  \n\"2\", c\n") == [["1", "a,b"], ["2", " c"]])
  }

  @Test(
    "quotes of a table with tabs are plain signs where they do not close, and where fields would swallow even rows",
    arguments: [
      (
        "id\ttext\n1\t\"Start only\n2\tSecond\n3\t\"Third\" one\n4\tLast\n",
        [["1", "\"Start only"], ["2", "Second"], ["3", "\"Third\" one"], ["4", "Last"]]
      ),
      ("id\ttext\n1\t\"Never closed\n2\tb\n", [["1", "\"Never closed"], ["2", "b"]]),
      ("id\ttext\n1\t\"a\n2\tb\"\n", [["1", "\"a"], ["2", "b\""]]),
      ("id\ttext\n1\t\"two\nlines\"\n2\t\"say \"\"x\"\"\"\n", [["1", "two\nlines"], ["2", "say \"x\""]]),
    ])
  func tabs(text: String, expected: [[String]]) throws {
    #expect(try Self.rows(text, separator: "\t") == expected)
  }

  @Test("rows that end as on old Macintoshes may hold line feeds within quoted fields")
  func carriageReturns() throws {
    #expect(try Self.rows("id,text\r1,\"a\nb\"\r2,c\r") == [["1", "a\nb"], ["2", "c"]])
  }
}
