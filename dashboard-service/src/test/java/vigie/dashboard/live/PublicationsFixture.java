// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.micrometer.core.instrument.MeterRegistry;

/** Publications that a test of another package can make happen. */
public final class PublicationsFixture {

  private final Publications publications;

  public PublicationsFixture(MeterRegistry metrics) {
    publications = new Publications(new ViewerSignal(), metrics);
  }

  public Publications publications() {
    return publications;
  }

  public void opened() {
    publications.opened();
  }

  public void published(String batchId) {
    publications.published(batchId);
  }

  public void lost() {
    publications.lost();
  }
}
