import Mustache

/// HTML for swift-mustache, whose own content type looks at characters and lets `<` behind U+0600 pass.
struct MarkupText: MustacheContentType {
  func escapeText(_ text: String) -> String { NeutralText.markup(text) }
}
