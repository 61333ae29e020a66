/// Two answers to one probe.
struct PairView {
  struct Side {
    let model: String
    let segments: [Segment]
    let isCut: Bool
  }

  struct Segment {
    let text: String
    let isShared: Bool
  }

  let title: String
  /// Empty where the probe's text is not at hand.
  let prompt: String
  let hasPrompt: Bool
  let sides: [Side]
}
