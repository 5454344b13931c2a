public import Configuration
public import Registry

/// The settings of `codecs.Residual`.
public struct ResidualSettings: Settings {
  /// The quality of the residual's codec, on its own scale; one step beyond its worst is the base alone, and null takes that of `residual`.
  public var quality: Double?
  /// The codec of the base, at one quality: a classical codec, codecs.Learned with the weights of a model, or codecs.Residual again.
  public var base = Component<CodecKind>("codecs.JPEG")
  /// The classical codec of the residual.
  public var residual = Component<CodecKind>("codecs.JPEG", ["subsampling": "yuv444"])

  /// Creates the defaults.
  public init() {}

  /// Builds both layers; the base is made once for all qualities.
  func codec(_ context: BuildContext) throws -> ResidualCodec {
    let standard = try layer(residual, context)
    let remake: ResidualCodec.Remaking = { try layer(at: $0, on: standard.scale, context) }
    let chosen = if let quality { try remake(quality) } else { standard }
    return ResidualCodec(base: try base(context), residual: chosen ?? standard, isBaseAlone: chosen == nil, remake: remake)
  }

  /// The codec of the residual at a quality; nil for the one that stands for the base alone.
  private func layer(at quality: Double, on scale: QualityScale, _ context: BuildContext) throws -> (any AnchorCodec)? {
    if scale.isBaseAlone(quality) { return nil }
    let isWhole = quality == quality.rounded()
    guard scale.range.contains(quality), isWhole || scale.step != 1 else {
      let (low, high) = (QualityScale.text(scale.range.lowerBound), QualityScale.text(scale.range.upperBound))
      let sentence =
        "is the \(scale.name) of \(residual.classPath) and must be \(scale.step == 1 ? "a whole number " : "")in \(low) ... \(high), "
        + "or \(QualityScale.text(scale.baseAlone)) for the base alone, found \(QualityScale.text(quality))"
      throw ConfigurationError(mark: context.mark(of: "quality"), path: context.path(of: "quality"), sentence)
    }
    var component = residual
    component.arguments["quality"] = Node(isWhole ? .int(Int(quality)) : .double(quality))
    return try layer(component, context)
  }

  private func base(_ context: BuildContext) throws -> any ImageCodec & Sendable {
    let codec = try context.build(base, as: (any ImageCodec).self)
    if let anchor = codec as? any AnchorCodec { return anchor }
    return try SharedCodec(codec)
  }

  private func layer(_ component: Component<CodecKind>, _ context: BuildContext) throws -> any AnchorCodec {
    let codec = try context.build(component, as: (any ImageCodec).self)
    guard let anchor = codec as? any AnchorCodec else {
      let sentence =
        "\(component.classPath) has no quality of its own, which the residual needs; take a classical codec such as codecs.JPEG"
      throw ConfigurationError(mark: component.mark, path: component.path, sentence)
    }
    return anchor
  }
}
