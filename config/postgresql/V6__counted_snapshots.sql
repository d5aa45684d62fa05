-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

ALTER TABLE publication
  ADD COLUMN results_counted bigint,
  ADD COLUMN alerts_counted bigint,
  ADD COLUMN activity_counted bigint;
COMMENT ON COLUMN publication.results_counted IS 'Sequence number of the snapshot of exam.results as of which all was counted from scratch: what was erased by then is in no figure. NULL where an older version counted.';
COMMENT ON COLUMN publication.alerts_counted IS 'The same of exam.alerts.';
COMMENT ON COLUMN publication.activity_counted IS 'The same of exam.activity.';
