-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

ALTER TABLE publication ADD COLUMN pass_mark double precision;
COMMENT ON COLUMN publication.pass_mark IS 'Scores below it are not passed, percent. With another one all figures start again.';

ALTER TABLE exercise_figures ADD COLUMN not_passed bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN exercise_figures.not_passed IS 'Results below the pass mark of the publication, whatever threshold was in force.';

CREATE TABLE exercise_students (
  exercise_id text PRIMARY KEY,
  students double precision NOT NULL,
  sketch bytea NOT NULL
);
COMMENT ON TABLE exercise_students IS 'How many different students sent results of an exercise.';
COMMENT ON COLUMN exercise_students.students IS 'Estimate, standard error 1.2 percent.';
COMMENT ON COLUMN exercise_students.sketch IS 'State of hash4j''s UltraLogLog, precision 12, of the komihash 5.0 of each student''s id: what batches are merged by.';

CREATE TABLE dwell_figures (
  page text NOT NULL,
  step smallint NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (page, step)
);
COMMENT ON TABLE dwell_figures IS 'How the times on a page are distributed: any quantile of them is right to 1 percent.';
COMMENT ON COLUMN dwell_figures.step IS 'Times of about 1.02 to the power of this, milliseconds; 0 for less than one.';
COMMENT ON COLUMN dwell_figures.n IS 'DWELLs.';

COMMENT ON COLUMN place_figures.resolution IS 'Of the H3 cell: 3 (about 12,000 km²), 5 (about 250 km²) or 7 (about 5 km²).';

-- Events that were counted before have none of this: without a publication all are counted again.
DELETE FROM publication;
