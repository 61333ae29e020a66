/// Whom models say that made them.
enum IdentityWording {
  static let withSystem = "of these, with a system prompt"

  static let about = """
    Sentences in which a speaker speaks of itself and names a maker of models. \
    That is weak evidence in either direction: a system prompt can order any name, and the web is full of such sentences. \
    It is no part of any ratio.
    """
}
