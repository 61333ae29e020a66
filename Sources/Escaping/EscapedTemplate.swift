import Mustache

/// A Mustache template with its parts, all of one kind. Nothing else makes templates: so what a value says is always escaped
/// for where it stands, by our own escapers.
///
/// swift-mustache forgets the content type at every part that a template takes in; so each part names it again.
package struct EscapedTemplate {
  package enum Kind: String {
    case html = "MARKUP"
    case markdown = "MARKDOWN"
  }

  private let template: MustacheTemplate
  private let library: MustacheLibrary

  /// - Parameter parts: by the names under which templates take them in.
  package init(_ kind: Kind, _ text: String, parts: KeyValuePairs<String, String> = [:]) throws {
    MustacheContentTypes.register(MarkupText(), named: Kind.html.rawValue)
    MustacheContentTypes.register(MarkdownText(), named: Kind.markdown.rawValue)
    func typed(_ text: String) -> String { "{{% CONTENT_TYPE:\(kind.rawValue)}}\n" + text }
    var library = MustacheLibrary()
    for (name, part) in parts { try library.register(typed(part), named: name) }
    self.library = library
    template = try MustacheTemplate(string: typed(text))
  }

  package func render(_ view: Any) -> String { template.render(view, library: library) }
}
