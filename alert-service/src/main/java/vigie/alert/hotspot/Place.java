// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.alert.hotspot;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import vigie.events.Alert;

/** What failures are counted by: one exercise in one H3 cell. */
record Place(String cell, String exerciseId) {

  static Place of(Alert alert, int resolution) {
    return new Place(
        Cells.at(alert.getLatitude(), alert.getLongitude(), resolution), alert.getExerciseId());
  }

  /** As text: the cell, which is hexadecimal, a slash, the exercise. */
  static Serde<Place> serde() {
    return Serdes.serdeFrom(
        (topic, place) ->
            Serdes.String().serializer().serialize(topic, place.cell + '/' + place.exerciseId),
        (topic, bytes) -> parse(Serdes.String().deserializer().deserialize(topic, bytes)));
  }

  private static Place parse(String text) {
    int slash = text.indexOf('/');
    return new Place(text.substring(0, slash), text.substring(slash + 1));
  }
}
