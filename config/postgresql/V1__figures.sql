-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

CREATE TABLE publication (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  query_id uuid NOT NULL,
  batch_id bigint NOT NULL,
  as_of timestamptz NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  batch_rows bigint NOT NULL,
  results_snapshot bigint,
  alerts_snapshot bigint,
  activity_snapshot bigint
);
COMMENT ON TABLE publication IS
  'The newest published batch, one row. Written in one transaction with all figures: a reader that takes it and figures in one statement, or in one REPEATABLE READ transaction, sees one batch. Channel vigie_publication is notified with the batch id.';
COMMENT ON COLUMN publication.query_id IS 'The streaming query''s checkpoint; a new one starts all figures again.';
COMMENT ON COLUMN publication.batch_id IS 'Counts from 0 within a query, without gaps.';
COMMENT ON COLUMN publication.as_of IS 'The instant all figures are true at: when the batch was planned.';
COMMENT ON COLUMN publication.published_at IS 'When the transaction that wrote the figures began.';
COMMENT ON COLUMN publication.batch_rows IS 'Distinct new results, alerts and activities that the batch added.';
COMMENT ON COLUMN publication.results_snapshot IS 'The Iceberg snapshot of exam.results that the figures end with; NULL when it had none.';
COMMENT ON COLUMN publication.alerts_snapshot IS 'The same of exam.alerts.';
COMMENT ON COLUMN publication.activity_snapshot IS 'The same of exam.activity.';

CREATE TABLE exercise_figures (
  exercise_id text PRIMARY KEY,
  n bigint NOT NULL,
  score_sum double precision NOT NULL,
  score_square_sum double precision NOT NULL,
  failures bigint NOT NULL
);
COMMENT ON TABLE exercise_figures IS 'Each exercise, over all distinct events.';
COMMENT ON COLUMN exercise_figures.n IS 'Results.';
COMMENT ON COLUMN exercise_figures.score_sum IS 'Sum of the scores, percent.';
COMMENT ON COLUMN exercise_figures.score_square_sum IS 'Sum of the squares of the scores, percent².';
COMMENT ON COLUMN exercise_figures.failures IS 'Alerts: results below the threshold in force when they were judged.';

CREATE TABLE place_figures (
  exercise_id text NOT NULL,
  resolution smallint NOT NULL,
  cell text NOT NULL,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  n bigint NOT NULL,
  failures bigint NOT NULL,
  PRIMARY KEY (exercise_id, resolution, cell)
);
CREATE INDEX place_figures_by_failures ON place_figures (exercise_id, resolution, failures DESC);
COMMENT ON TABLE place_figures IS 'Each exercise in each place, over all distinct events.';
COMMENT ON COLUMN place_figures.resolution IS 'Of the H3 cell: 5 (about 250 km²) or 7 (about 5 km²).';
COMMENT ON COLUMN place_figures.cell IS 'H3 cell, hexadecimal.';
COMMENT ON COLUMN place_figures.latitude IS 'Centre of the cell, WGS 84, degrees.';
COMMENT ON COLUMN place_figures.longitude IS 'Centre of the cell, WGS 84, degrees.';
COMMENT ON COLUMN place_figures.n IS 'Results.';
COMMENT ON COLUMN place_figures.failures IS 'Alerts.';

CREATE TABLE activity_figures (
  page text NOT NULL,
  type text NOT NULL,
  n bigint NOT NULL,
  duration_millis_sum double precision NOT NULL,
  PRIMARY KEY (page, type)
);
COMMENT ON TABLE activity_figures IS 'User activity by page and type, over all distinct events.';
COMMENT ON COLUMN activity_figures.type IS 'PAGE_VIEW, CLICK or DWELL.';
COMMENT ON COLUMN activity_figures.n IS 'Activities.';
COMMENT ON COLUMN activity_figures.duration_millis_sum IS 'Sum of the time on page of DWELLs, milliseconds.';
