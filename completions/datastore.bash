# bash completion for datastore, printed by `mdp completion bash`. It starts no program: the commands
# are in the tables below, names of symbols, runs and so on in a small file that mdp writes.

# What may follow a command.
_datastore_of() {
  _mdp_commands=() _mdp_positions=()
  _mdp_options=(
    '-h,--help|-'
    '-c,--config|file'
    '--set|known key'
    '--tz|words UTC America/New_York America/Chicago Europe/London Europe/Berlin Asia/Tokyo Asia/Singapore Australia/Sydney'
    '-v,--verbose|-'
    '-q,--quiet|-'
    '--color|words auto always never'
    '--log-format|words auto text json journal'
  )
  case $1 in
    'datastore')
      _mdp_commands=(
        'migrate'
        'status'
        'job-runs-list'
        'job-runs-inspect'
        'job-runs-stuck'
        'job-runs-summary'
        'job-runs-cleanup'
        'prune'
      )
      ;;
    'datastore migrate')
      _mdp_options+=(
        '--check|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'datastore status')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'datastore job-runs-list')
      _mdp_options+=(
        '--limit|any'
        '--job-name|words produce micro-batch ticks infer replay verify-bars'
        '--status|words running success failure cancelled'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'datastore job-runs-inspect')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'known run'
      )
      ;;
    'datastore job-runs-stuck')
      _mdp_options+=(
        '--timeout-minutes|any'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'datastore job-runs-summary')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'datastore job-runs-cleanup')
      _mdp_options+=(
        '--older-than-days|any'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'datastore prune')
      _mdp_options+=(
        '--table|words tick_data bars_ohlcv signals feed_gaps feed_states feed_series tick_corrections'
        '--older-than|any'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
  esac
}

# The names of a kind that mdp has met. They may be anything: nothing here evaluates them.
_datastore_known() {
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

# Fills COMPREPLY with those of _mdp_words that begin with $1, quoted for the command line.
#   $2 comes before each of them, $3 is what of the word readline leaves alone.
_datastore_reply() {
  local begun=$1 quoted word open=
  case $begun in
    \'* | \"*) open=${begun:0:1} begun=${begun:1} ;;
  esac
  for word in "${_mdp_words[@]}"; do
    if [[ -n $open ]]; then
      # Within quotes readline writes a word as it is.
      [[ $word == "$begun"* && $word != *[!A-Za-z0-9._:/@%+,=^\ -]* ]] || continue
      quoted=$word
    else
      printf -v quoted %q "$word"
      [[ $word == "$begun"* || $quoted == "$begun"* ]] || continue
    fi
    quoted=$2$quoted
    COMPREPLY+=("${quoted#"$3"}")
  done
}

# Completes the value $2 of a kind $1; $3 and $4 as for _reply.
_datastore_value() {
  local kind=$1 begun=$2 before=$3 list=
  case $kind in
    'list '*)
      kind=${kind#list }
      list=1
      if [[ $begun == *,* ]]; then
        before=$before${begun%,*},
        begun=${begun##*,}
      fi
      ;;
  esac
  _mdp_words=()
  case $kind in
    'words '*) read -r -a _mdp_words <<< "${kind#words }" ;;
    'known '*) _datastore_known "${kind#known }" ;;
    file) compopt -o default 2> /dev/null; return ;;
    folder) compopt -o dirnames 2> /dev/null; return ;;
    *) return ;;
  esac
  if [[ $kind == 'known key' ]]; then
    _mdp_words=("${_mdp_words[@]/%/=}")
    compopt -o nospace 2> /dev/null
  fi
  _datastore_reply "$begun" "$before" "$4"
}

_datastore() {
  local IFS=$' \t\n' rest=${COMP_LINE:0:COMP_POINT} word i
  local _mdp_commands _mdp_options _mdp_positions _mdp_words _mdp_typed=()
  COMPREPLY=()

  # bash cuts words at = and : too; here a word ends at a blank.
  for ((i = 0; i < COMP_CWORD; i++)); do
    word=${rest%%[![:space:]]*}
    rest=${rest#"$word"}
    if [[ -n $word || $i == 0 ]]; then
      _mdp_typed+=("${COMP_WORDS[i]}")
    else
      _mdp_typed[${#_mdp_typed[@]} - 1]+=${COMP_WORDS[i]}
    fi
    rest=${rest#"${COMP_WORDS[i]}"}
  done
  word=${rest%%[![:space:]]*}
  local current=${rest#"$word"}
  if [[ -z $word && $i -gt 0 ]]; then
    # It goes on the last word.
    current=${_mdp_typed[${#_mdp_typed[@]} - 1]}$current
    unset "_mdp_typed[${#_mdp_typed[@]} - 1]"
  fi
  local kept= break
  if [[ $current != [\'\"]* ]]; then
    for break in = :; do
      if [[ $COMP_WORDBREAKS == *$break* && $current == *$break* ]]; then
        word=${current%"${current##*"$break"}"}
        ((${#word} > ${#kept})) && kept=$word
      fi
    done
  fi

  # Where in the tree of commands the cursor is, and what the word before it waits for.
  local command=datastore wanted= count=0 ended= option entry
  _datastore_of "$command"
  for word in "${_mdp_typed[@]:1}"; do
    if [[ -n $wanted ]]; then
      wanted=
    elif [[ -z $ended && $word == -- ]]; then
      ended=1
    elif [[ -z $ended && $word == -* ]]; then
      for entry in "${_mdp_options[@]}"; do
        option=,${entry%%|*},
        entry=${entry#*|}
        if [[ $option == *",$word,"* && ${entry%%|*} != - ]]; then
          wanted=${entry%%|*}
        fi
      done
    else
      for entry in "${_mdp_commands[@]}"; do
        if [[ -z $ended && ${entry%%|*} == "$word" ]]; then
          command="$command $word"
          _datastore_of "$command"
          continue 2
        fi
      done
      ((++count))
    fi
  done

  _mdp_words=()
  if [[ -n $wanted ]]; then
    _datastore_value "$wanted" "$current" '' "$kept"
  elif [[ -z $ended && $current == --*=* ]]; then
    for entry in "${_mdp_options[@]}"; do
      option=,${entry%%|*},
      entry=${entry#*|}
      if [[ $option == *",${current%%=*},"* ]]; then
        _datastore_value "${entry%%|*}" "${current#*=}" "${current%%=*}=" "$kept"
      fi
    done
  elif [[ -z $ended && $current == -* ]]; then
    for entry in "${_mdp_options[@]}"; do
      IFS=, read -r -a _mdp_typed <<< "${entry%%|*}"
      _mdp_words+=("${_mdp_typed[@]}")
    done
    _datastore_reply "$current" '' ''
  elif [[ -z $ended && ${#_mdp_commands[@]} -gt 0 ]]; then
    for entry in "${_mdp_commands[@]}"; do
      _mdp_words+=("${entry%%|*}")
    done
    _datastore_reply "$current" '' "$kept"
  elif [[ ${#_mdp_positions[@]} -gt 0 ]]; then
    ((count < ${#_mdp_positions[@]})) || count=$((${#_mdp_positions[@]} - 1))
    _datastore_value "${_mdp_positions[count]}" "$current" '' "$kept"
  fi
}

complete -F _datastore datastore ./datastore
