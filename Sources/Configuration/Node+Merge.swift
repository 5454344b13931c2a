extension Node {
  /// Returns the tree with `overlay` laid over it: maps merge key by key, lists and scalars replace.
  ///
  /// A key ending in `+` appends to the list of that name. Where a component (`class_path` with `init_args`) gets another class, only
  /// the arguments are kept that the new class takes by `rules`, and a note names the dropped ones; a bare text over a component is its new
  /// class. A note also tells when a value typed on the command line loses to a file.
  public func merging(_ overlay: Node, rules: MergeRules = MergeRules(), notes: inout [Note]) -> Node {
    merging(overlay, path: "", rules: rules, notes: &notes)
  }

  func merging(_ overlay: Node, path: String, rules: MergeRules, notes: inout [Note]) -> Node {
    var base = self
    var overlay = overlay
    if base["class_path"] != nil, overlay.string != nil {
      overlay = Node(.map([Field(key: "class_path", mark: overlay.mark, value: overlay)]), mark: overlay.mark)
    } else if base.string != nil, overlay["init_args"] != nil || overlay["class_path"] != nil {
      base = Node(.map([Field(key: "class_path", mark: base.mark, value: base)]), mark: base.mark)
    }
    guard let overlayFields = overlay.fields else {
      noteLoss(of: base, to: overlay, path: path, notes: &notes)
      return overlay
    }
    if base.fields == nil { base = Node(.map([]), mark: overlay.mark) }
    dropArguments(of: &base, for: overlay, path: path, rules: rules, notes: &notes)
    for field in overlayFields { base.lay(field, path: path, rules: rules, notes: &notes) }
    return base
  }

  private mutating func lay(_ field: Field, path: String, rules: MergeRules, notes: inout [Note]) {
    let appends = field.key.hasSuffix("+") && field.key.count > 1
    let key = appends ? String(field.key.dropLast()) : field.key
    let path = KeySpelling.path(path, key)
    let old = self[key]
    var new = (appends ? Node(.null) : old ?? Node(.null)).merging(field.value, path: path, rules: rules, notes: &notes)
    if appends {
      let added = new.elements ?? [new]
      let present = old.map { $0.isNull ? [] : $0.elements ?? [$0] } ?? []
      new = Node(.list(present + added), mark: field.value.mark)
    }
    var fields = fields ?? []
    if let index = fields.firstIndex(where: { $0.key == key }) {
      fields[index] = Field(key: key, mark: field.mark, value: new)
    } else {
      fields.append(Field(key: key, mark: field.mark, value: new))
    }
    value = .map(fields)
  }

  private func dropArguments(of base: inout Node, for overlay: Node, path: String, rules: MergeRules, notes: inout [Note]) {
    guard let old = base["class_path"], let new = overlay["class_path"], let oldName = old.string, let newName = new.string else { return }
    guard rules.canonicalName(oldName) != rules.canonicalName(newName), let arguments = base["init_args"]?.fields else { return }
    let accepted = rules.arguments(newName) ?? []
    let dropped = arguments.filter { !accepted.contains($0.key) }
    base["init_args"] =
      arguments.count == dropped.count
      ? nil : base["init_args"].map { Node(.map(arguments.filter { accepted.contains($0.key) }), mark: $0.mark) }
    guard !dropped.isEmpty else { return }
    let names = dropped.map(\.key).joined(separator: ", ")
    let change = "class_path changes from '\(oldName)' (\(old.mark.shortDescription)) to '\(newName)'"
    notes.append(Note(mark: new.mark, path: path, sentence: "\(change); dropped init_args of the old class: \(names)"))
  }

  private func noteLoss(of base: Node, to overlay: Node, path: String, notes: inout [Note]) {
    guard base.mark.isCommandLine, !overlay.mark.isCommandLine, base != overlay else { return }
    let sentence = "the value typed on the command line is replaced by this file's, since options apply left to right"
    notes.append(Note(mark: overlay.mark, path: path, sentence: sentence))
  }
}
