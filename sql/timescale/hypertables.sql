-- Applied after every migration where the extension is installed; does nothing the second time.
SELECT create_hypertable('bars_ohlcv', by_range('ts', INTERVAL '7 days'),
                         create_default_indexes => FALSE, if_not_exists => TRUE, migrate_data => TRUE);
SELECT create_hypertable('tick_data', by_range('ts', INTERVAL '1 day'),
                         create_default_indexes => FALSE, if_not_exists => TRUE, migrate_data => TRUE);
SELECT create_hypertable('signals', by_range('ts', INTERVAL '7 days'),
                         create_default_indexes => FALSE, if_not_exists => TRUE, migrate_data => TRUE);
