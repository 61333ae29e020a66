import Escaping

/// A page as strings: a heading, links, tables and texts. The template escapes all of them.
struct Page {
  struct Link {
    let text: String
    let address: String

    init(_ text: String, _ address: String) {
      self.text = text.printable
      self.address = address
    }
  }

  struct Cell {
    let text: String
    let address: String
    let isLink: Bool

    init(_ text: String, to address: String? = nil) {
      self.text = text.printable
      self.address = address ?? ""
      isLink = address != nil
    }
  }

  struct Row {
    let cells: [Cell]
  }

  struct Table {
    let head: [String]
    let rows: [Row]

    init(_ head: [String], _ rows: [[Cell]]) {
      self.head = head
      self.rows = rows.map(Row.init)
    }
  }

  /// A text of its own lines, such as an answer.
  struct Block {
    let title: String
    let address: String
    let isLink: Bool
    let text: String
    let note: String

    /// Characters that are shown of one text.
    static let maximumCharacters = 100_000

    init(_ title: String, _ text: String, to address: String? = nil) {
      self.title = title.printable
      self.address = address ?? ""
      isLink = address != nil
      self.text = text.shortened(to: Self.maximumCharacters).printableLines
      note = text.unicodeScalars.count > Self.maximumCharacters ? "The first \(Self.maximumCharacters) characters." : ""
    }
  }

  let title: String
  let query: String
  /// What a page says first.
  let lead: [Block]
  let notes: [String]
  let tables: [Table]
  let blocks: [Block]
  let links: [Link]

  init(
    _ title: String, query: String = "", lead: [Block] = [], notes: [String] = [], tables: [Table] = [],
    blocks: [Block] = [],
    links: [Link] = []
  ) {
    self.title = title.printable
    self.query = query.printable
    self.lead = lead
    self.notes = notes.map(\.printable)
    self.tables = tables.filter { !$0.rows.isEmpty }
    self.blocks = blocks
    self.links = links
  }

  func html() throws -> String { try EscapedTemplate(.html, Self.template).render(self) }

  static func message(_ title: String, _ text: String) throws -> String { try Page(title, notes: [text]).html() }

  private static let template = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <style>
    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --paper: #ffffff; --panel: #f6f8fa; --link: #0a5cad; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --paper: #0d1117; --panel: #151b23; --link: #6cb6ff; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    header, main { max-width: 72rem; margin: 0 auto; padding: .75rem 1.25rem; }
    header { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; border-bottom: 1px solid var(--line); }
    a { color: var(--link); overflow-wrap: anywhere; }
    form { display: flex; gap: .4rem; flex: 1 1 16rem; }
    input { flex: 1; min-width: 0; font: inherit; padding: .25rem .5rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--paper); color: var(--ink); }
    button { font: inherit; padding: .25rem .75rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--panel); color: var(--ink); }
    h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
    h2 { font-size: 1rem; margin: 1.5rem 0 .4rem; overflow-wrap: anywhere; }
    p { max-width: 48rem; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; margin: .75rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); }
    th { color: var(--soft); }
    td { max-width: 36rem; overflow-wrap: anywhere; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: .75rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; font: .875rem/1.5 ui-monospace, monospace; }
    .note { color: var(--soft); font-size: .875rem; }
    </style>
    </head>
    <body>
    <header>
    <a href="/">Case</a> <a href="/report">Report</a> <a href="/probes">Probes</a> <a href="/attempts">Attempts</a>
    <form action="/search" method="get" role="search"><input name="q" type="search" value="{{query}}" aria-label="Search in prompts, answers and failures" placeholder="Search in prompts, answers and failures"><button>Search</button></form>
    </header>
    <main>
    <h1>{{title}}</h1>
    {{#lead}}
    <h2>{{#isLink}}<a href="{{address}}">{{title}}</a>{{/isLink}}{{^isLink}}{{title}}{{/isLink}}</h2>
    <p>{{text}}</p>
    {{/lead}}
    {{#notes}}
    <p>{{.}}</p>
    {{/notes}}
    {{#tables}}
    <div class="scroll"><table><thead><tr>{{#head}}<th>{{.}}</th>{{/head}}</tr></thead><tbody>
    {{#rows}}
    <tr>{{#cells}}<td>{{#isLink}}<a href="{{address}}">{{text}}</a>{{/isLink}}{{^isLink}}{{text}}{{/isLink}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>
    {{/tables}}
    {{#blocks}}
    <h2>{{#isLink}}<a href="{{address}}">{{title}}</a>{{/isLink}}{{^isLink}}{{title}}{{/isLink}}</h2>
    <pre>{{text}}</pre>
    <p class="note">{{note}}</p>
    {{/blocks}}
    <p>
    {{#links}}
    <a href="{{address}}">{{text}}</a>
    {{/links}}
    </p>
    </main>
    </body>
    </html>

    """
}

extension String {
  /// The beginning, on one line.
  func beginning(_ count: Int) -> String { shortened(to: count + 1) }
}
