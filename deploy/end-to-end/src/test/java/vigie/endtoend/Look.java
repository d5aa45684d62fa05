// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.util.List;

/**
 * What a page is looked at with; it is in English, may know that it is in Paris, and has no service
 * worker: answers of Playwright would not reach one.
 */
enum Look {
  LIGHT(1440, 1100, ColorScheme.LIGHT),
  DARK(1440, 1100, ColorScheme.DARK),
  PHONE(390, 844, ColorScheme.LIGHT),
  PHONE_DARK(390, 844, ColorScheme.DARK);

  private static final double LATITUDE = 48.8566;
  private static final double LONGITUDE = 2.3522;

  private final int width;
  private final int height;
  private final ColorScheme scheme;

  Look(int width, int height, ColorScheme scheme) {
    this.width = width;
    this.height = height;
    this.scheme = scheme;
  }

  boolean isDesk() {
    return this == LIGHT || this == DARK;
  }

  Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setLocale("en-GB")
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        .setGeolocation(LATITUDE, LONGITUDE)
        .setPermissions(List.of("geolocation"))
        .setServiceWorkers(ServiceWorkerPolicy.BLOCK);
  }
}
