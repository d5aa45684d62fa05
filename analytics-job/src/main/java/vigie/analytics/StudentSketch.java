// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.analytics;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/** For Spark's SQL: the sketch, see {@link Students}, of the students of a group. */
final class StudentSketch extends Aggregator<String, byte[], byte[]> {

  private static final long serialVersionUID = 1;

  @Override
  public byte[] zero() {
    return Students.sketch().getState();
  }

  @Override
  public byte[] reduce(byte[] sketch, String student) {
    return Students.sketch(sketch).add(Students.hash(student)).getState();
  }

  @Override
  public byte[] merge(byte[] sketch, byte[] other) {
    return Students.sketch(sketch).add(Students.sketch(other)).getState();
  }

  @Override
  public byte[] finish(byte[] sketch) {
    return sketch;
  }

  @Override
  public Encoder<byte[]> bufferEncoder() {
    return Encoders.BINARY();
  }

  @Override
  public Encoder<byte[]> outputEncoder() {
    return Encoders.BINARY();
  }
}
