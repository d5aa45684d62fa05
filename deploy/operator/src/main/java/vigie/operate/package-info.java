// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0

/** What an operator asks Kafka, and does to it: {@code deploy/operate}. */
package vigie.operate;
