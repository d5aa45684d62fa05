-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

ALTER TABLE publication ALTER COLUMN as_of DROP NOT NULL;
COMMENT ON COLUMN publication.as_of IS 'The figures hold every event that a broker appended before this instant; the least of what the tables of the archive declare. NULL until all of them have.';

COMMENT ON COLUMN minute_figures.minute IS 'Its beginning; of the instant that the laptop gave, or of the broker''s time of the event where the two are more than 12 hours apart.';

ALTER TABLE publication ADD COLUMN held_back_by text;
COMMENT ON COLUMN publication.held_back_by IS 'The table of the archive, and its partition, that as_of is of: it is complete up to the earliest instant.';

-- Events that were counted before are in minutes of wrong clocks: without a publication all are counted again.
DELETE FROM publication;
