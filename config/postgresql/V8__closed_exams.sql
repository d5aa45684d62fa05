-- Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

CREATE TABLE closed_exam (
  name text PRIMARY KEY,
  ended_at timestamptz NOT NULL UNIQUE
);
COMMENT ON TABLE closed_exam IS 'The exams that deploy/close-exam has ended. Figures are those of the exam after the last one; the archive keeps all.';
COMMENT ON COLUMN closed_exam.ended_at IS 'By the brokers'' clock: each event of the exam was appended before it.';

ALTER TABLE publication ADD COLUMN counted_from timestamptz;
COMMENT ON COLUMN publication.counted_from IS 'The figures hold no event that a broker appended before it: the end of the last exam that was closed when they began. NULL for none. Once another exam is closed, all figures start again.';
