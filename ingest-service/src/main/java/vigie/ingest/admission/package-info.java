// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** Decides from the head of a request whether it is processed: shutdown, declared length, token. */
package vigie.ingest.admission;
