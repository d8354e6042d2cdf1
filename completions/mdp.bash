# bash completion for mdp, printed by `mdp completion bash`. It starts no program: the commands
# are in the tables below, names of symbols, runs and so on in a small file that mdp writes.

# What may follow a command.
_mdp_of() {
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
    'mdp')
      _mdp_commands=(
        'up'
        'stream'
        'bars'
        'ticks'
        'signals'
        'rules'
        'feeds'
        'producers'
        'verify'
        'datastore'
        'calendar'
        'config'
        'completion'
        'help'
        'version'
      )
      _mdp_options+=(
        '-V,--version|-'
      )
      ;;
    'mdp up')
      _mdp_options+=(
        '--provider|list words synthetic dataset coinbase kraken binance binance_agg'
        '--dataset|known dataset'
        '--bus|words redis kafka'
        '--symbols|list known symbol'
        '--data-dir|folder'
        '--drop-intervals|-'
        '--for|any'
        '--drain-timeout|any'
        '--wait|any'
      )
      ;;
    'mdp stream')
      _mdp_commands=(
        'produce'
        'micro-batch'
        'ticks'
        'infer'
        'replay'
        'tail'
        'dead-letters'
        'checkpoints'
        'topics'
        'shards'
        'shard-of'
      )
      ;;
    'mdp stream produce')
      _mdp_options+=(
        '--provider|list words synthetic coinbase kraken binance binance_agg'
        '--symbols|list known symbol'
        '--rate|any'
        '--limit|any'
        '--seed|any'
        '--for|any'
        '--drain-timeout|any'
        '--wait|any'
      )
      ;;
    'mdp stream micro-batch')
      _mdp_options+=(
        '--window|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d'
        '--consumer|any'
        '--accept-data-loss|-'
        '--drop-intervals|-'
        '--for|any'
        '--drain-timeout|any'
        '--wait|any'
        '--until-idle|any'
      )
      ;;
    'mdp stream ticks')
      _mdp_options+=(
        '--batch-size|any'
        '--flush-timeout|any'
        '--consumer|any'
        '--accept-data-loss|-'
        '--for|any'
        '--drain-timeout|any'
        '--wait|any'
        '--until-idle|any'
      )
      ;;
    'mdp stream infer')
      _mdp_options+=(
        '--adapter|words rules onnx sklearn'
        '--consumer|any'
        '--include-replays|-'
        '--accept-data-loss|-'
        '--for|any'
        '--drain-timeout|any'
        '--wait|any'
        '--until-idle|any'
      )
      ;;
    'mdp stream replay')
      _mdp_options+=(
        '--dataset|known dataset'
        '--speed|words 1x 10x 100x max'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '--sort|-'
        '--settle|any'
        '--for|any'
        '--drain-timeout|any'
        '--wait|any'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp stream tail')
      _mdp_options+=(
        '--topic|known topic'
        '--limit|any'
        '-f,--follow|-'
        '--symbol|known symbol'
        '--since|any'
        '-o,--output|words table jsonl'
      )
      ;;
    'mdp stream dead-letters')
      _mdp_commands=(
        'list'
        'show'
        'requeue'
        'purge'
      )
      ;;
    'mdp stream dead-letters list')
      _mdp_options+=(
        '--limit|any'
        '--reason|words malformed too_large unknown_version unknown_kind bad_provider bad_symbol bad_price bad_size bad_time bad_field wrong_shard future sealed interval_conflict refused_by_store too_many_lanes'
        '--group|known group'
        '--provider|known provider'
        '--symbol|known symbol'
        '--since|any'
        '--shard|any'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp stream dead-letters show')
      _mdp_options+=(
        '--raw|-'
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp stream dead-letters requeue')
      _mdp_options+=(
        '--reason|words malformed too_large unknown_version unknown_kind bad_provider bad_symbol bad_price bad_size bad_time bad_field wrong_shard future sealed interval_conflict refused_by_store too_many_lanes'
        '--group|known group'
        '--provider|known provider'
        '--symbol|known symbol'
        '--since|any'
        '--shard|any'
        '--all|-'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp stream dead-letters purge')
      _mdp_options+=(
        '--reason|words malformed too_large unknown_version unknown_kind bad_provider bad_symbol bad_price bad_size bad_time bad_field wrong_shard future sealed interval_conflict refused_by_store too_many_lanes'
        '--group|known group'
        '--provider|known provider'
        '--symbol|known symbol'
        '--since|any'
        '--shard|any'
        '--all|-'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp stream checkpoints')
      _mdp_commands=(
        'list'
        'reset'
        'drop'
      )
      ;;
    'mdp stream checkpoints list')
      _mdp_options+=(
        '--group|known group'
        '--shard|any'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp stream checkpoints reset')
      _mdp_options+=(
        '--group|known group'
        '--shard|any'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp stream checkpoints drop')
      _mdp_options+=(
        '--group|known group'
        '--shard|any'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp stream topics')
      _mdp_commands=(
        'create'
      )
      ;;
    'mdp stream topics create')
      _mdp_options+=(
        '--replication|any'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp stream shards')
      _mdp_options+=(
        '--group|words micro-batcher inference'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp stream shard-of')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'known provider'
        'known symbol'
      )
      ;;
    'mdp bars')
      _mdp_commands=(
        'list'
        'export'
      )
      ;;
    'mdp bars list')
      _mdp_options+=(
        '--provider|list known provider'
        '--symbol|list known symbol'
        '--interval|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d'
        '--limit|any'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp bars export')
      _mdp_options+=(
        '--provider|list known provider'
        '--symbol|list known symbol'
        '--interval|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '-o,--output|words csv jsonl'
        '--file|file'
        '--force|-'
      )
      ;;
    'mdp ticks')
      _mdp_commands=(
        'export'
      )
      ;;
    'mdp ticks export')
      _mdp_options+=(
        '--provider|list known provider'
        '--symbol|list known symbol'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '-o,--output|words csv jsonl'
        '--file|file'
        '--force|-'
      )
      ;;
    'mdp signals')
      _mdp_commands=(
        'list'
      )
      ;;
    'mdp signals list')
      _mdp_options+=(
        '--provider|known provider'
        '--symbol|known symbol'
        '--name|known rule'
        '--limit|any'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp rules')
      _mdp_commands=(
        'check'
        'eval'
        'test'
      )
      ;;
    'mdp rules check')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'file'
      )
      ;;
    'mdp rules eval')
      _mdp_options+=(
        '--features|any'
        '--symbol|known symbol'
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'file'
      )
      ;;
    'mdp rules test')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'file'
      )
      ;;
    'mdp feeds')
      _mdp_commands=(
        'list'
        'status'
        'gaps'
        'fill'
      )
      ;;
    'mdp feeds list')
      _mdp_options+=(
        '--provider|known provider'
        '--symbol|known symbol'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp feeds status')
      _mdp_options+=(
        '--provider|known provider'
        '--symbol|known symbol'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp feeds gaps')
      _mdp_options+=(
        '--open|-'
        '--provider|known provider'
        '--symbol|known symbol'
        '--limit|any'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp feeds fill')
      _mdp_options+=(
        '--again|-'
        '--provider|known provider'
        '--symbol|known symbol'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '--wait|any'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp producers')
      _mdp_commands=(
        'list'
        'test'
      )
      ;;
    'mdp producers list')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp producers test')
      _mdp_options+=(
        '--symbol|known symbol'
        '--for|any'
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'words coinbase kraken binance binance_agg'
      )
      ;;
    'mdp verify')
      _mdp_commands=(
        'bars'
        'feeds'
      )
      ;;
    'mdp verify bars')
      _mdp_options+=(
        '--wait|any'
        '--pending-ok|any'
        '--limit|any'
        '--data-dir|folder'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '--provider|known provider'
        '--symbol|list known symbol'
        '--interval|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d'
        '--repair|-'
        '--build|-'
        '--allow-shrink|-'
        '--from-interval|words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp verify feeds')
      _mdp_options+=(
        '--wait|any'
        '--pending-ok|any'
        '--limit|any'
        '--data-dir|folder'
        '--from|words now open close'
        '--to|words now open close'
        '--calendar|known calendar'
        '--provider|known provider'
        '--symbol|list known symbol'
        '--sessions|known calendar'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp datastore')
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
    'mdp datastore migrate')
      _mdp_options+=(
        '--check|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp datastore status')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp datastore job-runs-list')
      _mdp_options+=(
        '--limit|any'
        '--job-name|words produce micro-batch ticks infer replay verify-bars'
        '--status|words running success failure cancelled'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp datastore job-runs-inspect')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'known run'
      )
      ;;
    'mdp datastore job-runs-stuck')
      _mdp_options+=(
        '--timeout-minutes|any'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp datastore job-runs-summary')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp datastore job-runs-cleanup')
      _mdp_options+=(
        '--older-than-days|any'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp datastore prune')
      _mdp_options+=(
        '--table|words tick_data bars_ohlcv signals feed_gaps feed_states feed_series tick_corrections'
        '--older-than|any'
        '--confirm|-'
        '--dry-run|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp calendar')
      _mdp_commands=(
        'show'
        'list'
      )
      ;;
    'mdp calendar show')
      _mdp_options+=(
        '--from|any'
        '--to|any'
        '--year|any'
        '--special|-'
        '-o,--output|words table json jsonl csv'
      )
      _mdp_positions=(
        'known calendar'
      )
      ;;
    'mdp calendar list')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp config')
      _mdp_commands=(
        'check'
        'show'
      )
      ;;
    'mdp config check')
      _mdp_options+=(
        '--no-connect|-'
        '--allow-missing-env|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp config show')
      _mdp_options+=(
        '--origin|-'
        '-o,--output|words table json jsonl csv'
      )
      ;;
    'mdp completion')
      _mdp_options+=(
        '--program|words mdp datastore'
      )
      _mdp_positions=(
        'words bash zsh'
      )
      ;;
    'mdp help')
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp version')
      ;;
  esac
}

# The names of a kind that mdp has met. They may be anything: nothing here evaluates them.
_mdp_known() {
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
_mdp_reply() {
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
_mdp_value() {
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
    'known '*) _mdp_known "${kind#known }" ;;
    file) compopt -o default 2> /dev/null; return ;;
    folder) compopt -o dirnames 2> /dev/null; return ;;
    *) return ;;
  esac
  if [[ $kind == 'known key' ]]; then
    _mdp_words=("${_mdp_words[@]/%/=}")
    compopt -o nospace 2> /dev/null
  fi
  _mdp_reply "$begun" "$before" "$4"
}

_mdp() {
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
  local command=mdp wanted= count=0 ended= option entry
  _mdp_of "$command"
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
          _mdp_of "$command"
          continue 2
        fi
      done
      ((++count))
    fi
  done

  _mdp_words=()
  if [[ -n $wanted ]]; then
    _mdp_value "$wanted" "$current" '' "$kept"
  elif [[ -z $ended && $current == --*=* ]]; then
    for entry in "${_mdp_options[@]}"; do
      option=,${entry%%|*},
      entry=${entry#*|}
      if [[ $option == *",${current%%=*},"* ]]; then
        _mdp_value "${entry%%|*}" "${current#*=}" "${current%%=*}=" "$kept"
      fi
    done
  elif [[ -z $ended && $current == -* ]]; then
    for entry in "${_mdp_options[@]}"; do
      IFS=, read -r -a _mdp_typed <<< "${entry%%|*}"
      _mdp_words+=("${_mdp_typed[@]}")
    done
    _mdp_reply "$current" '' ''
  elif [[ -z $ended && ${#_mdp_commands[@]} -gt 0 ]]; then
    for entry in "${_mdp_commands[@]}"; do
      _mdp_words+=("${entry%%|*}")
    done
    _mdp_reply "$current" '' "$kept"
  elif [[ ${#_mdp_positions[@]} -gt 0 ]]; then
    ((count < ${#_mdp_positions[@]})) || count=$((${#_mdp_positions[@]} - 1))
    _mdp_value "${_mdp_positions[count]}" "$current" '' "$kept"
  fi
}

complete -F _mdp mdp ./mdp
