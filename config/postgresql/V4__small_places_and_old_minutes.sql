-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

ALTER TABLE publication ADD COLUMN smallest_cell bigint NOT NULL DEFAULT 1;
COMMENT ON COLUMN publication.smallest_cell IS 'Places with fewer results, and fewer alerts, are not shown: few say too much about someone.';

-- What a place holds is kept however little it is: it may grow until it is shown.
ALTER TABLE place_figures RENAME TO place_sums;
COMMENT ON TABLE place_sums IS 'Each exercise in each place, over all distinct events; not to be shown as it is.';

CREATE VIEW place_figures AS
  SELECT * FROM place_sums
  WHERE greatest(n, failures) >= coalesce((SELECT smallest_cell FROM publication), 1);
COMMENT ON VIEW place_figures IS 'Each exercise in each place that is not too small to be shown.';

ALTER TABLE publication ADD COLUMN minutes_since timestamptz;
COMMENT ON COLUMN publication.minutes_since IS 'Earlier minutes are forgotten: they have no figures, whatever events come late. NULL when all are there.';
