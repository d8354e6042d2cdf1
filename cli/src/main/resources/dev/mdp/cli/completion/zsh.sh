#compdef @NAME@
# zsh completion for @NAME@, printed by `mdp completion zsh`. It starts no program: the commands are
# in the tables below, names of symbols, runs and so on in a small file that mdp writes.

@TABLES@

# The names of a kind that mdp has met. They may be anything: nothing here evaluates them.
_@FUNCTION@_known() {
  local cache=${XDG_CACHE_HOME-} kind value
  [[ $cache == /* ]] || cache=${HOME-}/.cache
  cache=$cache/mdp/completion
  [[ -f $cache && -r $cache && -O $cache ]] || return 0
  while IFS=$'\t' read -r kind value; do
    if [[ $kind == "$1" && $value != *[[:cntrl:]]* ]]; then
      _mdp_words+=("$value")
    fi
  done < "$cache"
}

# Completes a value of the kind $1. compadd quotes what it adds.
_@FUNCTION@_value() {
  local kind=$1
  local -a _mdp_words more
  if [[ $kind == 'list '* ]]; then
    kind=${kind#list }
    compset -P '*,'
  fi
  case $kind in
    'words '*) _mdp_words=(${=kind#words }) ;;
    'known '*) _@FUNCTION@_known "${kind#known }" ;;
    file) _files && return 0; return 1 ;;
    folder) _files -/ && return 0; return 1 ;;
  esac
  [[ $kind == 'known key' ]] && more=(-S =)
  (($#_mdp_words)) && compadd $more -- "${(@)_mdp_words}"
}

_@FUNCTION@() {
  local command=@NAME@ wanted= count=1 ended= word entry names
  local -a _mdp_commands _mdp_options _mdp_positions described
  _@FUNCTION@_of "$command"
  for word in "${(@Q)words[2,CURRENT-1]}"; do
    if [[ -n $wanted ]]; then
      wanted=
    elif [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == -* ]]; then
      for entry in "${(@)_mdp_options}"; do
        names=,${entry%%\|*},
        entry=${entry#*\|}
        if [[ $names == *",$word,"* && ${entry%%\|*} != - ]]; then
          wanted=${entry%%\|*}
        fi
      done
    else
      for entry in "${(@)_mdp_commands}"; do
        if [[ -z $ended && ${entry%%\|*} == "$word" ]]; then
          command="$command $word"
          _@FUNCTION@_of "$command"
          continue 2
        fi
      done
      ((++count))
    fi
  done

  if [[ -n $wanted ]]; then
    _@FUNCTION@_value "$wanted"
  elif [[ -z $ended && $PREFIX == --*=* ]]; then
    for entry in "${(@)_mdp_options}"; do
      names=,${entry%%\|*},
      entry=${entry#*\|}
      if [[ $names == *",${PREFIX%%=*},"* ]]; then
        compset -P 1 '*='
        _@FUNCTION@_value "${entry%%\|*}"
        return
      fi
    done
    return 1
  elif [[ -z $ended && $PREFIX == -* ]]; then
    for entry in "${(@)_mdp_options}"; do
      for word in ${(s:,:)${entry%%\|*}}; do
        described+=("$word:${entry##*\|}")
      done
    done
    _describe -o option described
  elif [[ -z $ended && $#_mdp_commands -gt 0 ]]; then
    for entry in "${(@)_mdp_commands}"; do
      described+=("${entry%%\|*}:${entry#*\|}")
    done
    _describe command described
  elif (($#_mdp_positions)); then
    ((count <= $#_mdp_positions)) || count=$#_mdp_positions
    _@FUNCTION@_value "${_mdp_positions[count]}"
  else
    return 1
  fi
}

if [[ ${funcstack[1]-} == _@FUNCTION@ ]]; then
  _@FUNCTION@ "$@"
else
  (($+functions[compdef])) || { autoload -Uz compinit && compinit }
  compdef _@FUNCTION@ @NAME@ ./@NAME@
fi
