extension Double {
  /// The nearest whole number, halves away from zero: what `rounded()` gives, without its call, of numbers between ±2⁵².
  @inlinable package var nearestWhole: Int {
    // The greatest number below a half takes none below a half across.
    Int(self < 0 ? self - 0.5.nextDown : self + 0.5.nextDown)
  }
}
