import EntropyCoding

extension Container.Padding {
  /// Creates the padding that brings both sides to the next multiple, the picture in the middle; an odd column or row goes right or below.
  init(width: Int, height: Int, toMultipleOf multiple: Int) {
    let horizontal = (multiple - width % multiple) % multiple
    let vertical = (multiple - height % multiple) % multiple
    let (left, top) = (horizontal / 2, vertical / 2)
    self.init(left: left, top: top, right: horizontal - left, bottom: vertical - top)
  }
}
