// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.event;

import java.util.Locale;

/** Every reason to reject one record of a request; the codes never change. */
public enum RecordError {
  JSON_MALFORMED,
  RECORD_TYPE,
  CLOUD_EVENT_INVALID,
  FIELD_MISSING,
  FIELD_TYPE,
  FIELD_EMPTY,
  FIELD_TOO_LONG,
  TEXT_INVALID,
  IDENTIFIER_INVALID,
  ID_INVALID,
  TIMESTAMP_INVALID,
  TIMESTAMP_OUT_OF_RANGE,
  LATITUDE_OUT_OF_RANGE,
  LONGITUDE_OUT_OF_RANGE,
  SCORE_OUT_OF_RANGE,
  TYPE_UNKNOWN,
  DURATION_OUT_OF_RANGE,
  NOT_YOUR_STUDENT;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
