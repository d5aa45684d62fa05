-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

CREATE TABLE exercise_thresholds (
  exercise_id text PRIMARY KEY,
  version bigint NOT NULL,
  threshold double precision,
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE exercise_thresholds IS 'The last archived change of each exercise''s threshold.';
COMMENT ON COLUMN exercise_thresholds.version IS 'Counts the changes of it.';
COMMENT ON COLUMN exercise_thresholds.threshold IS 'Percent; NULL when it was deleted.';
COMMENT ON COLUMN exercise_thresholds.changed_at IS 'By the clock of Redis.';
