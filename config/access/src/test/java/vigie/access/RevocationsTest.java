// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import vigie.access.Revocation.Kind;
import vigie.access.Revocations.Origin;

class RevocationsTest {

  private static final Revocation UNIT = new Revocation(Kind.SUBJECT, "unit-1");
  private static final SigningKey.Id KEY = new SigningKey.Id("kid", "thumbprint");

  private final Revocations revocations =
      new Revocations(AccessFixture.holding(KEY), AccessFixture.events(new ArrayDeque<>()));

  /** Revoked, lifted and revoked again: as a session reads it that is begun again. */
  @Test
  void readingAllAgainGivesNoTokenBack() {
    List<Consumer<Revocations>> records =
        List.of(added(10, at(0, 10)), lifted(at(1, 20)), added(30, at(2, 30)));
    records.forEach(record -> record.accept(revocations));
    assertRevoked(true, 30);
    for (Consumer<Revocations> record : records) {
      record.accept(revocations);
      assertRevoked(true, 30);
    }
  }

  @Test
  void readingAllAgainRevokesNothingThatIsLifted() {
    List<Consumer<Revocations>> records = List.of(added(10, at(0, 10)), lifted(at(1, 20)));
    records.forEach(record -> record.accept(revocations));
    for (Consumer<Revocations> record : records) {
      record.accept(revocations);
      assertRevoked(false, 10);
    }
  }

  /** A topic that got more partitions has the records of one key in two. */
  @Test
  void theNewestCountsInAnyOrder() {
    Random random = new Random(24);
    for (boolean revoked : new boolean[] {true, false}) {
      for (int round = 0; round < 100; round++) {
        Revocations any =
            new Revocations(AccessFixture.holding(KEY), AccessFixture.events(new ArrayDeque<>()));
        List<Consumer<Revocations>> records =
            new ArrayList<>(
                List.of(
                    added(10, new Origin(0, 7, 10)),
                    lifted(new Origin(0, 8, 20)),
                    added(30, new Origin(1, 0, 30))));
        if (!revoked) {
          records.add(lifted(new Origin(1, 1, 40)));
        }
        Collections.shuffle(records, random);
        records.forEach(record -> record.accept(any));
        assertEquals(revoked, any.revokes(pass(30)), () -> "seed 24");
      }
    }
  }

  @Test
  void whatIsRevokedInATopicThatWasMadeAnewCounts() {
    revocations.add(UNIT, 10, at(5, 10));
    revocations.lift(UNIT, at(6, 20));
    revocations.add(UNIT, 30, at(0, 30));
    assertRevoked(true, 30);
  }

  /** The broker's clock was corrected between the two. */
  @Test
  void whatIsRevokedAfterTheClockSteppedBackCounts() {
    revocations.lift(UNIT, at(1, 3_600));
    revocations.add(UNIT, 30, at(2, 30));
    assertRevoked(true, 30);
  }

  @Test
  void aKeyIsRevokedWithAllThatItSigned() {
    revocations.add(new Revocation(Kind.KEY, "other"), 10, at(0, 10));
    assertRevoked(false, 10);
    revocations.add(new Revocation(Kind.KEY, "kid"), 10, at(1, 10));
    assertRevoked(true, 1_000);
  }

  private void assertRevoked(boolean revoked, long issuedAt) {
    assertEquals(revoked, revocations.revokes(pass(issuedAt)));
  }

  private static Pass pass(long issuedAt) {
    return new Pass(Optional.empty(), "unit-1", issuedAt, KEY);
  }

  private static Origin at(long offset, long time) {
    return new Origin(0, offset, time);
  }

  private static Consumer<Revocations> added(long until, Origin origin) {
    return revocations -> revocations.add(UNIT, until, origin);
  }

  private static Consumer<Revocations> lifted(Origin origin) {
    return revocations -> revocations.lift(UNIT, origin);
  }
}
