import Escaping

/// What the figures of relations are written with, over `SVG`: they stand alone as files too, so they carry their colours.
enum RelationSVG {
  /// A name as a label: at most so many characters, cut in the middle, where names of versions differ least. A name that was
  /// cut has the whole as its title.
  static func label(_ name: String, most: Int = 40) -> String {
    // Scalars, since one character may be as long as any text.
    let text = name.unicodeScalars
    guard text.count > most else { return NeutralText.xml(name) }
    let kept = most - 1
    func part(_ scalars: Substring.UnicodeScalarView) -> String { String(Substring(scalars)) }
    let cut = NeutralText.xml(part(text.prefix((kept + 1) / 2)) + "…" + part(text.suffix(kept / 2)))
    return "<title>\(NeutralText.xml(name))</title>\(cut)"
  }

  /// Colours of the figures of this folder, for light, dark and paper. The figure carries them itself: it is the same in a
  /// page and as a file.
  static let style = """
    <style>.rt{--rt-ink:#1b1f24;--rt-soft:#59636e;--rt-paper:#fff;--rt-own:#b35900;--rt-other:#0a5cad;\
    --rt-0:#f0f4f9;--rt-1:#d3e2f2;--rt-2:#a9cae6;--rt-3:#70abd6;--rt-4:#3d86bf;--rt-5:#165c9c;--rt-6:#08306b}\
    @media screen and (prefers-color-scheme:dark){.rt{--rt-ink:#e6edf3;--rt-soft:#9198a1;--rt-paper:#0d1117;\
    --rt-own:#f0a35e;--rt-other:#6cb6ff;--rt-0:#161d27;--rt-1:#1b3048;--rt-2:#21496f;--rt-3:#2d6a9f;--rt-4:#4f93cf;\
    --rt-5:#8dbfe8;--rt-6:#dceeff}}\
    .rt{min-width:36rem}.rt .paper{fill:var(--rt-paper)}\
    .rt text{font:11px system-ui,sans-serif;fill:var(--rt-ink);text-anchor:start}\
    .rt .small{font-size:9px;fill:var(--rt-soft)}.rt .middle{text-anchor:middle}.rt .own{fill:var(--rt-own)}\
    .rt .other{fill:var(--rt-other)}.rt .named{font-weight:700}\
    .rt .branch{fill:none;stroke:var(--rt-soft);stroke-width:1.2}.rt .sure{stroke:var(--rt-ink);stroke-width:2.4}
    """
    + (0...6).map { ".rt .h\($0){fill:var(--rt-\($0))}" }.joined() + "</style>"

  static func figure(width: Double, height: Double, about: String, _ parts: [String]) -> String {
    #"<svg class="rt" viewBox="0 0 \#(SVG.number(width)) \#(SVG.number(height))" role="img" "#
      + #"aria-label="\#(NeutralText.xml(about))" xmlns="http://www.w3.org/2000/svg">\#(style)"#
      + #"<rect class="paper" width="\#(SVG.number(width))" height="\#(SVG.number(height))"/>"# + parts.joined()
      + "</svg>"
  }
}
