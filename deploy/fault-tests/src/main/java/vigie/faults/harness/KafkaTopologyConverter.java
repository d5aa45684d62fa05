// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.harness;

import picocli.CommandLine.ITypeConverter;
import vigie.stack.kafka.KafkaTopology;

/** The option that names a form of Kafka. */
public final class KafkaTopologyConverter implements ITypeConverter<KafkaTopology> {

  @Override
  public KafkaTopology convert(String name) {
    return KafkaTopology.parse(name);
  }
}
