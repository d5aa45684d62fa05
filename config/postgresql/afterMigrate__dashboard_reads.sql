-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

-- Where dashboard-service has a role of its own, it reads what it shows, and nothing else. Flyway runs
-- this whenever it has looked after the tables, so that the role may be made at any time.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'dashboard') THEN
    GRANT SELECT ON
      publication, exercise_figures, place_figures, minute_figures, score_figures, activity_figures,
      dwell_figures, exercise_thresholds
      TO dashboard;
    REVOKE ALL ON place_sums FROM dashboard;
    GRANT SELECT (exercise_id, students) ON exercise_students TO dashboard;
  END IF;
END
$$;
