-- Programs that write these tables by themselves leave these columns out.
ALTER TABLE job_runs ALTER COLUMN status SET DEFAULT 'running';
ALTER TABLE tick_data ALTER COLUMN seq SET DEFAULT 0;
