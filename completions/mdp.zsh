#compdef mdp
# zsh completion for mdp, printed by `mdp completion zsh`. It starts no program: the commands are
# in the tables below, names of symbols, runs and so on in a small file that mdp writes.

# What may follow a command.
_mdp_of() {
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
    'mdp')
      _mdp_commands=(
        'up|Run the whole pipeline locally; starts PostgreSQL and Redis itself unless configured.'
        'stream|Produce, aggregate, store, look at and replay events.'
        'bars|Look at stored bars.'
        'ticks|Export stored ticks.'
        'signals|Look at stored signals.'
        'rules|Check, try and test the rules that produce signals.'
        'feeds|Show live feeds: progress and gaps.'
        'producers|List the producers, and try one'\''s venue from here.'
        'verify|Compare stored bars with their ticks.'
        'datastore|Maintain the database: migrations, job runs, retention.'
        'calendar|Look at trading days and their sessions.'
        'config|Check and show the configuration.'
        'completion|Print a completion script for a shell.'
        'help|Print the help of a command.'
        'version|Print the version.'
      )
      _mdp_options+=(
        '-V,--version|-|Print the version and exit.'
      )
      ;;
    'mdp up')
      _mdp_options+=(
        '--provider|list words synthetic dataset coinbase kraken binance binance_agg|synthetic, dataset, coinbase, kraken, binance, binance_agg, or a name under producers:; several separated by commas (default: synthetic).'
        '--dataset|known dataset|What to send with --provider dataset.'
        '--bus|words redis kafka|redis or kafka (default: bus.type).'
        '--symbols|list known symbol|Symbols to use instead of the configured ones, e.g. BTC-USD,ETH-USD.'
        '--data-dir|folder|Where the embedded servers keep their data (default: .mdp).'
        '--drop-intervals|-|Continue even if the stored data has bars of intervals no longer configured; those are not built any more.'
        '--for|any|Stop after this long, e.g. 30s.'
        '--drain-timeout|any|How long shutdown may take after Ctrl-C or SIGTERM (default: 30s).'
        '--wait|any|How long to keep trying to connect at startup (default: 30s).'
      )
      ;;
    'mdp stream')
      _mdp_commands=(
        'produce|Send live events from a provider.'
        'micro-batch|Turn events into bars.'
        'ticks|Store every tick.'
        'infer|Turn events into features and signals.'
        'replay|Send recorded events again, in a separate lane.'
        'tail|Show what is on a topic.'
        'dead-letters|List, re-send and delete entries that could not be used.'
        'checkpoints|Look at and administer consumer groups'\'' progress.'
        'topics|Create the topics where the bus does not do it by itself.'
        'shards|Show who owns which shard.'
        'shard-of|Show the shard of a symbol.'
      )
      ;;
    'mdp stream produce')
      _mdp_options+=(
        '--provider|list words synthetic coinbase kraken binance binance_agg|Where the events come from: synthetic, coinbase, kraken, binance, binance_agg, or a name under producers:; several separated by commas (default: synthetic).'
        '--symbols|list known symbol|Symbols to use instead of the configured ones, e.g. SPY,AAPL.'
        '--rate|any|synthetic: ticks per second and symbol (default: producers.synthetic.tick_rate).'
        '--limit|any|End after N events of each provider, or soon after.'
        '--seed|any|synthetic: the seed of the random walk (default: producers.synthetic.seed).'
        '--for|any|Stop after this long, e.g. 30s.'
        '--drain-timeout|any|How long shutdown may take after Ctrl-C or SIGTERM (default: 30s).'
        '--wait|any|How long to keep trying to connect at startup (default: 30s).'
      )
      ;;
    'mdp stream micro-batch')
      _mdp_options+=(
        '--window|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d|The bars to build, e.g. 2s,1m,5m (default: micro_batch.windows or window_ms).'
        '--consumer|any|Prefix of the owner'\''s name in checkpoints; a random part is added (default: host and pid).'
        '--accept-data-loss|-|Continue although the log lost entries that were still needed.'
        '--drop-intervals|-|Take over shards even if the group builds other intervals; those are no longer built.'
        '--for|any|Stop after this long, e.g. 30s.'
        '--drain-timeout|any|How long shutdown may take after Ctrl-C or SIGTERM (default: 30s).'
        '--wait|any|How long to keep trying to connect at startup (default: 30s).'
        '--until-idle|any|Stop once nothing has arrived for this long, e.g. 3s.'
      )
      ;;
    'mdp stream ticks')
      _mdp_options+=(
        '--batch-size|any|Ticks that trigger a commit before the flush timeout (default: ticks.batch_size).'
        '--flush-timeout|any|Longest time a tick waits before it is committed (default: ticks.flush_timeout_ms).'
        '--consumer|any|This member'\''s name in the consumer group (default: host and pid).'
        '--accept-data-loss|-|Continue although the log lost entries that were still needed, or is a different one.'
        '--for|any|Stop after this long, e.g. 30s.'
        '--drain-timeout|any|How long shutdown may take after Ctrl-C or SIGTERM (default: 30s).'
        '--wait|any|How long to keep trying to connect at startup (default: 30s).'
        '--until-idle|any|Stop once nothing has arrived for this long, e.g. 3s.'
      )
      ;;
    'mdp stream infer')
      _mdp_options+=(
        '--adapter|words rules onnx sklearn|rules, or onnx for a model with the rules as its fallback (default: as configured).'
        '--consumer|any|The owner'\''s name in checkpoints; unique per process (default: host and pid).'
        '--include-replays|-|Evaluate replays too; by default they are counted as filtered.'
        '--accept-data-loss|-|Continue although the log lost entries that were still needed.'
        '--for|any|Stop after this long, e.g. 30s.'
        '--drain-timeout|any|How long shutdown may take after Ctrl-C or SIGTERM (default: 30s).'
        '--wait|any|How long to keep trying to connect at startup (default: 30s).'
        '--until-idle|any|Stop once nothing has arrived for this long, e.g. 3s.'
      )
      ;;
    'mdp stream replay')
      _mdp_options+=(
        '--dataset|known dataset|Name of a dataset under datasets: in the configuration.'
        '--speed|words 1x 10x 100x max|1x, 0.5x, 100x or max (default: 1x).'
        '--from|words now open close|Start, inclusive, rounded down to a window start (default: the beginning).'
        '--to|words now open close|End, exclusive, rounded up to a window end (default: the end).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '--sort|-|Sort the files by time before sending; large ones via temporary files.'
        '--settle|any|How long to wait, after the last event, for micro-batch to commit the bars (default: 60s; 0: not at all).'
        '--for|any|Stop after this long, e.g. 30s.'
        '--drain-timeout|any|How long shutdown may take after Ctrl-C or SIGTERM (default: 30s).'
        '--wait|any|How long to keep trying to connect at startup (default: 30s).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp stream tail')
      _mdp_options+=(
        '--topic|known topic|The topic (default: the events).'
        '--limit|any|At most N of the newest entries (default: 50).'
        '-f,--follow|-|Keep printing new entries, like tail -f.'
        '--symbol|known symbol|Only this symbol.'
        '--since|any|Only entries newer than this, e.g. 5m.'
        '-o,--output|words table jsonl|table or jsonl (default: table on a terminal, jsonl otherwise).'
      )
      ;;
    'mdp stream dead-letters')
      _mdp_commands=(
        'list|List what could not be used, and why.'
        'show|Show one dead letter whole.'
        'requeue|Re-send the entries and delete their dead letters.'
        'purge|Delete dead letters for good.'
      )
      ;;
    'mdp stream dead-letters list')
      _mdp_options+=(
        '--limit|any|At most N of the newest dead letters (default: 50).'
        '--reason|words malformed too_large unknown_version unknown_kind bad_provider bad_symbol bad_price bad_size bad_time bad_field wrong_shard future sealed interval_conflict refused_by_store too_many_lanes|Only this reason, e.g. malformed, future, sealed, wrong_shard.'
        '--group|known group|Only dead letters of this consumer group; the last word of its name is enough.'
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '--since|any|Only dead letters newer than this, e.g. 1h.'
        '--shard|any|Only entries of this shard.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp stream dead-letters show')
      _mdp_options+=(
        '--raw|-|Write the payload'\''s bytes as they are, for a pipe.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp stream dead-letters requeue')
      _mdp_options+=(
        '--reason|words malformed too_large unknown_version unknown_kind bad_provider bad_symbol bad_price bad_size bad_time bad_field wrong_shard future sealed interval_conflict refused_by_store too_many_lanes|Only this reason, e.g. malformed, future, sealed, wrong_shard.'
        '--group|known group|Only dead letters of this consumer group; the last word of its name is enough.'
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '--since|any|Only dead letters newer than this, e.g. 1h.'
        '--shard|any|Only entries of this shard.'
        '--all|-|All dead letters.'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp stream dead-letters purge')
      _mdp_options+=(
        '--reason|words malformed too_large unknown_version unknown_kind bad_provider bad_symbol bad_price bad_size bad_time bad_field wrong_shard future sealed interval_conflict refused_by_store too_many_lanes|Only this reason, e.g. malformed, future, sealed, wrong_shard.'
        '--group|known group|Only dead letters of this consumer group; the last word of its name is enough.'
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '--since|any|Only dead letters newer than this, e.g. 1h.'
        '--shard|any|Only entries of this shard.'
        '--all|-|All dead letters.'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp stream checkpoints')
      _mdp_commands=(
        'list|List checkpoints.'
        'reset|Restart a group at the log'\''s first entry.'
        'drop|Delete a group'\''s checkpoints, so that it no longer holds back trimming.'
      )
      ;;
    'mdp stream checkpoints list')
      _mdp_options+=(
        '--group|known group|Only this group; full name, e.g. mdp-consumers-micro-batcher.'
        '--shard|any|Only this shard.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp stream checkpoints reset')
      _mdp_options+=(
        '--group|known group|The consumer group'\''s full name, e.g. mdp-consumers-micro-batcher.'
        '--shard|any|Only this shard (default: all).'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp stream checkpoints drop')
      _mdp_options+=(
        '--group|known group|The consumer group'\''s full name, e.g. mdp-consumers-micro-batcher.'
        '--shard|any|Only this shard (default: all).'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp stream topics')
      _mdp_commands=(
        'create|Create missing topics.'
      )
      ;;
    'mdp stream topics create')
      _mdp_options+=(
        '--replication|any|Replicas of each partition (default: the cluster'\''s default).'
        '--dry-run|-|Only show what is missing.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp stream shards')
      _mdp_options+=(
        '--group|words micro-batcher inference|Role, not the full group name: micro-batcher or inference (default: micro-batcher).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp stream shard-of')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'known provider'
        'known symbol'
      )
      ;;
    'mdp bars')
      _mdp_commands=(
        'list|List stored bars, newest first.'
        'export|Write stored bars as CSV or JSON lines.'
      )
      ;;
    'mdp bars list')
      _mdp_options+=(
        '--provider|list known provider|Only these providers; repeatable (default: all).'
        '--symbol|list known symbol|Only these symbols, in any case; repeatable (default: all).'
        '--interval|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d|Only these intervals, e.g. 1m; repeatable (default: all).'
        '--limit|any|At most N (default: 50).'
        '--from|words now open close|Start, inclusive: ISO 8601, a date, now, 2h, open or '\''2026-11-27 open'\'' (default: the beginning).'
        '--to|words now open close|End, exclusive; the same forms (default: the end).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp bars export')
      _mdp_options+=(
        '--provider|list known provider|Only these providers; repeatable (default: all).'
        '--symbol|list known symbol|Only these symbols, in any case; repeatable (default: all).'
        '--interval|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d|Only these intervals, e.g. 1m; repeatable (default: all).'
        '--from|words now open close|Start, inclusive: ISO 8601, a date, seconds or milliseconds since 1970, now, 2h for two hours ago, open or close of the last trading day, or '\''2026-11-27 open'\''.'
        '--to|words now open close|End, exclusive; the same forms, but close means now while the trading day is in progress (default: now).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '-o,--output|words csv jsonl|csv or jsonl (default: by --file'\''s extension, else csv).'
        '--file|file|Write to this file instead of stdout; it appears only when complete, gzipped if the name ends in .gz. FIFOs and devices are written directly.'
        '--force|-|Overwrite the file of --file if it exists.'
      )
      ;;
    'mdp ticks')
      _mdp_commands=(
        'export|Write stored ticks as CSV or JSON lines.'
      )
      ;;
    'mdp ticks export')
      _mdp_options+=(
        '--provider|list known provider|Only these providers; repeatable (default: all).'
        '--symbol|list known symbol|Only these symbols, in any case; repeatable (default: all).'
        '--from|words now open close|Start, inclusive: ISO 8601, a date, seconds or milliseconds since 1970, now, 2h for two hours ago, open or close of the last trading day, or '\''2026-11-27 open'\''.'
        '--to|words now open close|End, exclusive; the same forms, but close means now while the trading day is in progress (default: now).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '-o,--output|words csv jsonl|csv or jsonl (default: by --file'\''s extension, else csv).'
        '--file|file|Write to this file instead of stdout; it appears only when complete, gzipped if the name ends in .gz. FIFOs and devices are written directly.'
        '--force|-|Overwrite the file of --file if it exists.'
      )
      ;;
    'mdp signals')
      _mdp_commands=(
        'list|List stored signals.'
      )
      ;;
    'mdp signals list')
      _mdp_options+=(
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '--name|known rule|Only signals of this name.'
        '--limit|any|At most N (default: 50).'
        '--from|words now open close|Start, inclusive: ISO 8601, a date, now, 2h, open or '\''2026-11-27 open'\'' (default: the beginning).'
        '--to|words now open close|End, exclusive; the same forms (default: the end).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp rules')
      _mdp_commands=(
        'check|Compile a rules file and print what its rules are.'
        'eval|Evaluate the rules on given values.'
        'test|Compare the signals of ticks with those expected.'
      )
      ;;
    'mdp rules check')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'file'
      )
      ;;
    'mdp rules eval')
      _mdp_options+=(
        '--features|any|Values of features and of price; what is not named is undefined. Repeatable.'
        '--symbol|known symbol|The symbol, for rules with symbols (default: one that all rules concern).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'file'
      )
      ;;
    'mdp rules test')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'file'
      )
      ;;
    'mdp feeds')
      _mdp_commands=(
        'list|List the series of live feeds and how far they are.'
        'status|Show who publishes which series, and the state that each is in.'
        'gaps|List the holes of live feeds and what became of them.'
        'fill|Ask venues again for what is missing in live feeds.'
      )
      ;;
    'mdp feeds list')
      _mdp_options+=(
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp feeds status')
      _mdp_options+=(
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp feeds gaps')
      _mdp_options+=(
        '--open|-|Only holes that are not closed yet.'
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '--limit|any|At most N (default: 50).'
        '--from|words now open close|Start, inclusive: ISO 8601, a date, now, 2h, open or '\''2026-11-27 open'\'' (default: the beginning).'
        '--to|words now open close|End, exclusive; the same forms (default: the end).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp feeds fill')
      _mdp_options+=(
        '--again|-|Also holes that were given up: void, gone or refused.'
        '--provider|known provider|Only this provider.'
        '--symbol|known symbol|Only this symbol.'
        '--from|words now open close|Start, inclusive: ISO 8601, a date, now, 2h, open or '\''2026-11-27 open'\'' (default: the beginning).'
        '--to|words now open close|End, exclusive; the same forms (default: the end).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '--wait|any|How long to wait until they are closed, e.g. 2m (default: 30s).'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'any'
      )
      ;;
    'mdp producers')
      _mdp_commands=(
        'list|List the producers that --provider may name.'
        'test|Connect to a producer'\''s venue and show ten trades.'
      )
      ;;
    'mdp producers list')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp producers test')
      _mdp_options+=(
        '--symbol|known symbol|What to subscribe (default: the first configured one).'
        '--for|any|How long to wait for trades (default: 20s).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'words coinbase kraken binance binance_agg'
      )
      ;;
    'mdp verify')
      _mdp_commands=(
        'bars|Recompute bars from ticks; report differences and optionally repair them.'
        'feeds|Prove from the ticks that live feeds missed nothing, or name what they missed.'
      )
      ;;
    'mdp verify bars')
      _mdp_options+=(
        '--wait|any|How long to wait for windows that are not sealed yet and for ticks on their way, e.g. 60s (default: 2s, for the ticks alone).'
        '--pending-ok|any|How long a window may stay pending; beyond that, one that differs is a finding (unverified), as is any whose ticks no worker stores (default: 10m).'
        '--limit|any|Print at most N findings; all are counted (default: 1000; 0: all).'
        '--data-dir|folder|Where mdp up keeps its database, if no database is configured (default: .mdp).'
        '--from|words now open close|Bars that start at or after it: ISO 8601, a date, seconds or milliseconds since 1970, now, 2h for two hours ago, open or close of the last trading day, or '\''2026-11-27 open'\'' (default: the beginning).'
        '--to|words now open close|Bars that start before it; the same forms, but close means now while the trading day is in progress (default: now).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '--provider|known provider|Only this provider'\''s bars.'
        '--symbol|list known symbol|Only these symbols'\'' bars, e.g. SPY,AAPL.'
        '--interval|list words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d|Only bars of these lengths, e.g. 1m,5m (default: all that are stored or that a worker builds).'
        '--repair|-|Replace bars that differ with what their ticks give; unsealed windows are left to their worker.'
        '--build|-|Write bars where there are ticks and no bar, also in an interval that no worker builds.'
        '--allow-shrink|-|With --repair: also lower a bar'\''s trade count, delete bars that have no ticks, and move the later copies of trades that are stored twice to tick_corrections.'
        '--from-interval|words 1s 2s 5s 10s 30s 1m 5m 15m 1h 1d|With --build and --interval: where ticks are gone, make bars from stored ones of this finer interval; volume and vwap may differ in their last digits from what the ticks gave.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp verify feeds')
      _mdp_options+=(
        '--wait|any|How long to wait for trades that are on their way into the table (default: 2s).'
        '--pending-ok|any|How long trades may be on their way; after that, and where no worker stores them, they are unverified, a finding (default: 10m).'
        '--limit|any|Name at most N ranges of missing ids; all are counted (default: 1000; 0: all).'
        '--data-dir|folder|Where mdp up keeps its database, for when no other is configured (default: .mdp).'
        '--from|words now open close|The first second: ISO 8601, a date, seconds or milliseconds since 1970, now, 2h for two hours ago, open or close of the last trading day, or '\''2026-11-27 open'\'' (default: the beginning of each series).'
        '--to|words now open close|Up to this second, exclusive; the same forms, but the close of a day that still runs is now (default: now).'
        '--calendar|known calendar|The trading calendar of open and close in --from and --to, see mdp calendar list (default: XNYS).'
        '--provider|known provider|Only this provider'\''s series.'
        '--symbol|list known symbol|Only these symbols, e.g. BTC-USD,ETH-USD.'
        '--sessions|known calendar|The trading calendar of the series, see mdp calendar list: seconds outside its sessions are closed (default: the market is always open).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp datastore')
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
    'mdp datastore migrate')
      _mdp_options+=(
        '--check|-|Change nothing; exit 3 when migrations are pending.'
        '--dry-run|-|Change nothing; list what would be applied.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp datastore status')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp datastore job-runs-list')
      _mdp_options+=(
        '--limit|any|At most N (default: 50).'
        '--job-name|words produce micro-batch ticks infer replay verify-bars|Only runs of this job.'
        '--status|words running success failure cancelled|Only runs that are: running, success, failure, cancelled.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp datastore job-runs-inspect')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'known run'
      )
      ;;
    'mdp datastore job-runs-stuck')
      _mdp_options+=(
        '--timeout-minutes|any|A run counts as stuck after N minutes without a heartbeat (default: 15).'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp datastore job-runs-summary')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp datastore job-runs-cleanup')
      _mdp_options+=(
        '--older-than-days|any|Delete runs whose last heartbeat is older than N days (default: 90).'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp datastore prune')
      _mdp_options+=(
        '--table|words tick_data bars_ohlcv signals feed_gaps feed_states feed_series tick_corrections|tick_data, bars_ohlcv, signals, feed_gaps, feed_states, feed_series or tick_corrections.'
        '--older-than|any|Remove what is older, e.g. 30d.'
        '--confirm|-|Do it without asking.'
        '--dry-run|-|Only show what would be done.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp calendar')
      _mdp_commands=(
        'show|List sessions, holidays and early closes of a calendar.'
        'list|List the calendars, and which of them are open.'
      )
      ;;
    'mdp calendar show')
      _mdp_options+=(
        '--from|any|First day, e.g. 2026-11-26 (default: today, by the calendar'\''s clocks).'
        '--to|any|Day after the last one (default: 10 days after the first).'
        '--year|any|All days of this year, e.g. 2026.'
        '--special|-|Only holidays and days with other hours, such as early closes.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      _mdp_positions=(
        'known calendar'
      )
      ;;
    'mdp calendar list')
      _mdp_options+=(
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp config')
      _mdp_commands=(
        'check|Report every problem of the configuration, with file and line.'
        'show|Print the effective configuration, secrets masked.'
      )
      ;;
    'mdp config check')
      _mdp_options+=(
        '--no-connect|-|Do not try the bus, the database and the venues.'
        '--allow-missing-env|-|A variable that is not set is not an error: its key keeps its default.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp config show')
      _mdp_options+=(
        '--origin|-|Show where each value comes from.'
        '-o,--output|words table json jsonl csv|table, json, jsonl or csv (default: table).'
      )
      ;;
    'mdp completion')
      _mdp_options+=(
        '--program|words mdp datastore|mdp or datastore (default: mdp).'
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

# Completes a value of the kind $1. compadd quotes what it adds.
_mdp_value() {
  local kind=$1
  local -a _mdp_words more
  if [[ $kind == 'list '* ]]; then
    kind=${kind#list }
    compset -P '*,'
  fi
  case $kind in
    'words '*) _mdp_words=(${=kind#words }) ;;
    'known '*) _mdp_known "${kind#known }" ;;
    file) _files && return 0; return 1 ;;
    folder) _files -/ && return 0; return 1 ;;
  esac
  [[ $kind == 'known key' ]] && more=(-S =)
  (($#_mdp_words)) && compadd $more -- "${(@)_mdp_words}"
}

_mdp() {
  local command=mdp wanted= count=1 ended= word entry names
  local -a _mdp_commands _mdp_options _mdp_positions described
  _mdp_of "$command"
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
          _mdp_of "$command"
          continue 2
        fi
      done
      ((++count))
    fi
  done

  if [[ -n $wanted ]]; then
    _mdp_value "$wanted"
  elif [[ -z $ended && $PREFIX == --*=* ]]; then
    for entry in "${(@)_mdp_options}"; do
      names=,${entry%%\|*},
      entry=${entry#*\|}
      if [[ $names == *",${PREFIX%%=*},"* ]]; then
        compset -P 1 '*='
        _mdp_value "${entry%%\|*}"
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
    _mdp_value "${_mdp_positions[count]}"
  else
    return 1
  fi
}

if [[ ${funcstack[1]-} == _mdp ]]; then
  _mdp "$@"
else
  (($+functions[compdef])) || { autoload -Uz compinit && compinit }
  compdef _mdp mdp ./mdp
fi
