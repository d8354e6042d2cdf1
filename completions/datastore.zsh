#compdef datastore
# zsh completion for datastore, printed by `mdp completion zsh`. It starts no program: the commands are
# in the tables below, names of symbols, runs and so on in a small file that mdp writes.

# What may follow a command.
_datastore_of() {
  _mdp_commands=() _mdp_positions=()
  _mdp_options=(
    '-h,--help|-|Show this help and exit.'
    '-c,--config|file|Configuration file (default: $MDP_CONFIG, else the first of configs/streaming.yaml here, mdp/streaming.yaml in ~/.config or /etc, configs/streaming.yaml beside the launcher).'
    '--set|known key|Override one key, e.g. micro_batch.window_ms=1000. Repeatable.'
    '--tz|words UTC America/New_York America/Chicago Europe/London Europe/Berlin Asia/Tokyo Asia/Singapore Australia/Sydney|Time zone for tables, and for input times without an offset (default: UTC).'
    '-v,--verbose|-|Log more; print the stack of an error.'
    '-q,--quiet|-|Log only warnings and errors.'
    '--color|words auto always never|auto, always or never (default: auto).'
    '--log-format|words auto text json journal|auto, text, json or journal (default: auto).'
  )
  case $1 in
    'datastore')
      _mdp_commands=(
        'migrate|Bring the database'\''s schema up to date.'
        'status|Show the server, the schema and the tables.'
        'job-runs-list|List job runs, newest first.'
        'job-runs-inspect|Show one job run with its ledger.'
        'job-runs-stuck|List running jobs without a recent heartbeat.'
        'job-runs-summary|Summarize the job runs of the last 24 hours.'
        'job-runs-cleanup|Remove old job runs.'
        'prune|Remove old ticks, bars or signals.'
      )
      ;;
    'datastore migrate')
      _mdp_options+=(
        '--check|-|Change nothing; exit 3 when migrations are pending.'
        '--dry-run|-|Change nothing; list what would be applied.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'datastore status')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'datastore job-runs-list')
      _mdp_options+=(
        '--limit|any|At most N (default: 50).'
        '--job-name|words produce micro-batch ticks infer replay verify-bars|Only runs of this job.'
        '--status|words running success failure cancelled|Only runs that are: running, success, failure, cancelled.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'datastore job-runs-inspect')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'known run'
      )
      ;;
    'datastore job-runs-stuck')
      _mdp_options+=(
        '--timeout-minutes|any|A run counts as stuck after N minutes without a heartbeat (default: 15).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'datastore job-runs-summary')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'datastore job-runs-cleanup')
      _mdp_options+=(
        '--older-than-days|any|Delete runs whose last heartbeat is older than N days (default: 90).'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'datastore prune')
      _mdp_options+=(
        '--table|words tick_data bars_ohlcv signals feed_gaps feed_states feed_series tick_corrections|tick_data, bars_ohlcv, signals, feed_gaps, feed_states, feed_series or tick_corrections.'
        '--older-than|any|Remove what is older, e.g. 30d.'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
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

# Completes a value of the kind $1. compadd quotes what it adds.
_datastore_value() {
  local kind=$1
  local -a _mdp_words more
  if [[ $kind == 'list '* ]]; then
    kind=${kind#list }
    compset -P '*,'
  fi
  case $kind in
    'words '*) _mdp_words=(${=kind#words }) ;;
    'known '*) _datastore_known "${kind#known }" ;;
    file) _files && return 0; return 1 ;;
    folder) _files -/ && return 0; return 1 ;;
  esac
  [[ $kind == 'known key' ]] && more=(-S =)
  (($#_mdp_words)) && compadd $more -- "${(@)_mdp_words}"
}

_datastore() {
  local command=datastore wanted= count=1 ended= word entry names
  local -a _mdp_commands _mdp_options _mdp_positions described
  _datastore_of "$command"
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
          _datastore_of "$command"
          continue 2
        fi
      done
      ((++count))
    fi
  done

  if [[ -n $wanted ]]; then
    _datastore_value "$wanted"
  elif [[ -z $ended && $PREFIX == --*=* ]]; then
    for entry in "${(@)_mdp_options}"; do
      names=,${entry%%\|*},
      entry=${entry#*\|}
      if [[ $names == *",${PREFIX%%=*},"* ]]; then
        compset -P 1 '*='
        _datastore_value "${entry%%\|*}"
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
    _datastore_value "${_mdp_positions[count]}"
  else
    return 1
  fi
}

if [[ ${funcstack[1]-} == _datastore ]]; then
  _datastore "$@"
else
  (($+functions[compdef])) || { autoload -Uz compinit && compinit }
  compdef _datastore datastore ./datastore
fi
