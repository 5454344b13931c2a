/// The shells that completion is written for; their scripts ask the program itself, so that they know every component and key.
enum Shell: String, CaseIterable {
  case bash, zsh, fish

  /// The script that a shell reads.
  var script: String {
    switch self {
    case .bash:
      #"""
      # Completion of benchpresso for bash:  source <(benchpresso completion bash)
      _benchpresso() {
        local line files= word
        COMPREPLY=()
        while IFS= read -r line; do
          if [ "$line" = ":files" ]; then files=1; else COMPREPLY+=("${line%%$'\t'*}"); fi
        done < <("${COMP_WORDS[0]}" __complete bash -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        if [ -n "$files" ] && [ ${#COMPREPLY[@]} -eq 0 ]; then
          word="${COMP_WORDS[COMP_CWORD]}"
          [ "$word" = "=" ] && word=
          compopt -o filenames 2>/dev/null
          while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$word")
        fi
        case "${COMPREPLY[*]}" in *. | *+) compopt -o nospace 2>/dev/null ;; esac
      }
      complete -F _benchpresso benchpresso
      """#
    case .zsh:
      #"""
      #compdef benchpresso
      # Completion of benchpresso for zsh:  benchpresso completion zsh > "${fpath[1]}/_benchpresso", or  source <(benchpresso completion zsh)
      _benchpresso() {
        local line files= word
        local -a values descriptions open opened
        while IFS= read -r line; do
          if [[ "$line" == ":files" ]]; then files=1; continue; fi
          word="${line%%$'\t'*}"
          if [[ "$word" == *. || "$word" == *= ]]; then
            open+=("$word"); opened+=("$word  ${line#*$'\t'}")
          else
            values+=("$word"); descriptions+=("$word  ${line#*$'\t'}")
          fi
        done < <("${words[1]}" __complete zsh -- "${(@)words[2,CURRENT]}" 2>/dev/null)
        (( ${#values} )) && compadd -l -d descriptions -a values
        (( ${#open} )) && compadd -S '' -l -d opened -a open
        [[ -n "$files" ]] && (( ! ${#values} && ! ${#open} )) && _files
        return 0
      }
      if [ "${funcstack[1]-}" = "_benchpresso" ]; then _benchpresso "$@"; else compdef _benchpresso benchpresso; fi
      """#
    case .fish:
      #"""
      # Completion of benchpresso for fish:  benchpresso completion fish > ~/.config/fish/completions/benchpresso.fish
      function __benchpresso_complete
          set -l words (commandline -opc)
          set -l current (commandline -ct)
          for line in ($words[1] __complete fish -- $words[2..-1] "$current" 2>/dev/null)
              if test "$line" = ":files"
                  __fish_complete_path "$current"
              else
                  echo $line
              end
          end
      end
      complete -c benchpresso -f -a '(__benchpresso_complete)'
      """#
    }
  }
}
