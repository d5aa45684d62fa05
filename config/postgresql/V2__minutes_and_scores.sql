-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

CREATE TABLE minute_figures (
  exercise_id text NOT NULL,
  minute timestamptz NOT NULL,
  n bigint NOT NULL,
  score_sum double precision NOT NULL,
  failures bigint NOT NULL,
  PRIMARY KEY (exercise_id, minute)
);
COMMENT ON TABLE minute_figures IS 'Each exercise in each minute, over all distinct events.';
COMMENT ON COLUMN minute_figures.minute IS 'Its beginning; of the instant that the laptop gave.';
COMMENT ON COLUMN minute_figures.n IS 'Results.';
COMMENT ON COLUMN minute_figures.score_sum IS 'Sum of the scores, percent.';
COMMENT ON COLUMN minute_figures.failures IS 'Alerts.';

CREATE TABLE score_figures (
  exercise_id text NOT NULL,
  decile smallint NOT NULL CHECK (decile BETWEEN 0 AND 9),
  n bigint NOT NULL,
  PRIMARY KEY (exercise_id, decile)
);
COMMENT ON TABLE score_figures IS 'How the scores of each exercise are distributed, over all distinct events.';
COMMENT ON COLUMN score_figures.decile IS 'Scores from 10 times this up to, and without, 10 more; the last one with 100.';
COMMENT ON COLUMN score_figures.n IS 'Results.';

-- Events that were counted before have no minute here: without a publication all are counted again.
DELETE FROM publication;
