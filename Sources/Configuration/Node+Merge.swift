extension Node {
  /// Returns the tree with `overlay` laid over it: maps merge key by key, lists and scalars replace.
  ///
  /// A key ending in `+` appends to the list of that name; where the tree has no such list yet, the key stays, and decoding appends to the
  /// default. A bare text over a component is its new class. Where a component gets another class, only the arguments are kept that the new
  /// class takes by `rules`; a note names the kept and the dropped ones, and a dropped one that was typed is a problem. A note also tells
  /// when a value typed on the command line loses to a file.
  public func merging(_ overlay: Node, rules: MergeRules = MergeRules(), log: inout MergeLog) -> Node {
    merging(overlay, path: "", rules: rules, log: &log)
  }

  func merging(_ overlay: Node, path: String, rules: MergeRules, log: inout MergeLog) -> Node {
    var (base, overlay) = Node.unified(self, overlay)
    guard let overlayFields = overlay.fields else {
      base.noteLosses(to: overlay, path: path, log: &log)
      return overlay
    }
    if base.fields == nil {
      base.noteLosses(to: overlay, path: path, log: &log)
      base = Node(.map([]), mark: overlay.mark)
    }
    base.dropArguments(for: overlay, path: path, rules: rules, log: &log)
    for field in overlayFields { base.lay(field, path: path, rules: rules, log: &log) }
    return base
  }

  /// Brings both sides into the map form of a component when one of them shows that it is one.
  private static func unified(_ base: Node, _ overlay: Node) -> (Node, Node) {
    if base.isComponentMap {
      if overlay.string != nil { return (base, overlay.expandedClassPath) }
      if overlay.isTypedArguments { return (base, overlay.wrappedArguments) }
    } else if base.isTypedArguments {
      if overlay.string != nil { return (base.wrappedArguments, overlay.expandedClassPath) }
      if overlay.isComponentMap { return (base.wrappedArguments, overlay) }
    } else if base.string != nil {
      if overlay.isComponentMap { return (base.expandedClassPath, overlay) }
      if overlay.isTypedArguments { return (base.expandedClassPath, overlay.wrappedArguments) }
    }
    return (base, overlay)
  }

  private mutating func lay(_ field: Field, path: String, rules: MergeRules, log: inout MergeLog) {
    let appends = field.key.hasSuffix("+") && field.key.count > 1
    let name = appends ? String(field.key.dropLast()) : field.key
    let path = KeySpelling.path(path, name)
    var fields = fields ?? []
    let index = fields.firstIndex { $0.key == name || (appends && $0.key == "\(name)+") }
    if appends {
      let added = field.value.elements ?? [field.value]
      let present = index.map { fields[$0].value.isNull ? [] : fields[$0].value.elements ?? [fields[$0].value] } ?? []
      let list = Node(.list(present + added), mark: field.value.mark)
      if let index { fields[index].value = list } else { fields.append(Field(key: "\(name)+", mark: field.mark, value: list)) }
    } else if let index {
      let value = fields[index].value.merging(field.value, path: path, rules: rules, log: &log)
      fields[index] = Field(key: name, mark: field.mark, value: value)
    } else {
      if let appended = fields.firstIndex(where: { $0.key == "\(name)+" }) {
        fields.remove(at: appended).value.noteLosses(to: field.value, path: path, log: &log)
      }
      fields.append(Field(key: name, mark: field.mark, value: Node.null.merging(field.value, path: path, rules: rules, log: &log)))
    }
    value = .map(fields)
  }

  private mutating func dropArguments(for overlay: Node, path: String, rules: MergeRules, log: inout MergeLog) {
    guard let old = self["class_path"], let new = overlay["class_path"], let oldName = old.string, let newName = new.string,
      rules.canonicalName(oldName) != rules.canonicalName(newName), let arguments = self["init_args"]?.fields,
      let known = rules.arguments(newName)
    else { return }
    let kept = arguments.filter { known.contains($0.key) && rules.accepts(newName, $0.key, $0.value) }
    let dropped = arguments.filter { field in !kept.contains { $0.key == field.key } }
    self["init_args"] = kept.isEmpty ? nil : self["init_args"].map { Node(.map(kept), mark: $0.mark) }
    guard !dropped.isEmpty else { return }
    let change = "the class changes from '\(oldName)' (\(old.mark.shortDescription)) to '\(newName)'"
    let typed = dropped.compactMap { field in field.value.typedMark.map { (key: field.key, mark: $0) } }
    for field in typed {
      let takes = known.isEmpty ? "it takes no arguments" : "it takes \(known.joined(separator: ", "))"
      log.problems.append(
        Problem(
          mark: field.mark, path: KeySpelling.path(path, "init_args.\(field.key)"),
          sentence: "\(change), which does not take the typed '\(field.key)' (\(takes))"))
    }
    let lost = dropped.filter { field in !typed.contains { $0.key == field.key } && !field.value.mark.isDefault }
    guard !lost.isEmpty else { return }
    let names = lost.map(\.key).joined(separator: ", ")
    let rest = kept.isEmpty ? "none is kept" : "kept: \(kept.map(\.key).joined(separator: ", "))"
    log.notes.append(Note(mark: new.mark, path: path, sentence: "\(change); dropped arguments of the old class: \(names); \(rest)"))
  }

  /// The place of the first typed value of this node or below it; nil when there is none.
  private var typedMark: Mark? {
    if mark.isCommandLine { return mark }
    for part in fields?.map(\.value) ?? elements ?? [] {
      if let mark = part.typedMark { return mark }
    }
    return nil
  }

  /// Notes every typed value below this node that a file replaces.
  private func noteLosses(to overlay: Node, path: String, log: inout MergeLog) {
    guard overlay.mark.isFile, self != overlay else { return }
    if mark.isCommandLine, fields == nil {
      let typed = mark.line > 0 ? "the \(summary) of \(mark.source)" : "\(mark.source) \(summary)"
      let sentence = "\(typed) is replaced by this file's \(overlay.summary), since options apply left to right"
      log.notes.append(Note(mark: overlay.mark, path: path, sentence: sentence))
    }
    for (index, element) in (elements ?? []).enumerated() where !mark.isCommandLine {
      element.noteLosses(to: overlay, path: "\(path)[\(index)]", log: &log)
    }
    for field in fields ?? [] { field.value.noteLosses(to: overlay, path: KeySpelling.path(path, field.key), log: &log) }
  }
}
