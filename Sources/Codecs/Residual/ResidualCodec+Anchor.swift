extension ResidualCodec: AnchorCodec {
  /// The layers that are programs or libraries with versions and chroma formats of their own.
  private var anchors: [any AnchorCodec] { [base as? any AnchorCodec, isBaseAlone ? nil : residual].compactMap { $0 } }

  /// That of both layers, joined by a plus where they differ; a base that is no classical codec keeps all samples.
  public var chromaFormat: String {
    let base = (base as? any AnchorCodec)?.chromaFormat ?? "4:4:4"
    return isBaseAlone || base == residual.chromaFormat ? base : "\(base)+\(residual.chromaFormat)"
  }
  /// The quality of the residual's codec, or the number beside its range that stands for the base alone.
  public var quality: Double { isBaseAlone ? residual.scale.baseAlone : residual.quality }
  /// The scale of the residual's codec with one more value at the end of small files: the base alone.
  public var scale: QualityScale { residual.scale.withBaseAlone }
  /// The command lines of the layers that are programs.
  public var commandLines: [String] { anchors.flatMap(\.commandLines) }

  /// The versions of what both layers need.
  ///
  /// - Throws: ``ToolCodecError`` when a program is not there.
  public func versions() throws -> [String: String] {
    let libraries = (base as? SharedCodec)?.versions ?? [:]
    return try anchors.reduce(into: libraries) { $0.merge(try $1.versions()) { first, _ in first } }
  }

  /// What the start of all processes takes; nil where neither layer starts one.
  ///
  /// The encoder decodes its base, too.
  ///
  /// - Throws: ``ToolCodecError``.
  public func startTimes() throws -> StartTimes? {
    let first = try (base as? any AnchorCodec)?.startTimes()
    let second = isBaseAlone ? nil : try residual.startTimes()
    guard first != nil || second != nil else { return nil }
    let bases = (encoder: first?.encoder ?? 0, decoder: first?.decoder ?? 0)
    return StartTimes(
      encoder: bases.encoder + (isBaseAlone ? 0 : bases.decoder) + (second?.encoder ?? 0), decoder: bases.decoder + (second?.decoder ?? 0))
  }
}

extension QualityScale {
  /// The value that stands for a base without a residual: one step beyond the worst quality.
  var baseAlone: Double {
    let value = rises ? range.lowerBound - step : range.upperBound + step
    // Steps such as 0.01 leave no more digits than they have.
    return (value * 1000).rounded() / 1000
  }

  /// Whether a value stands for a base without a residual.
  func isBaseAlone(_ value: Double) -> Bool { abs(value - baseAlone) < step / 1000 }

  /// The scale of a residual's quality, with the base alone.
  var withBaseAlone: QualityScale {
    QualityScale(
      name: "residual \(name)", range: min(range.lowerBound, baseAlone)...max(range.upperBound, baseAlone), step: step, rises: rises,
      standard: [baseAlone] + standard)
  }
}
