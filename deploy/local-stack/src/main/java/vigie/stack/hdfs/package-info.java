// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
/** HDFS with one NameNode, or with two NameNodes, JournalNodes and failover. */
package vigie.stack.hdfs;
