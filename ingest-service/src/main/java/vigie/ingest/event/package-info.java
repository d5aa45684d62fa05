// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Validates one record and writes it as an Avro event. */
package vigie.ingest.event;
