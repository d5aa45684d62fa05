// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test of {@code deploy/test --all} only. Another test holds its promise in each run. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = Tier.PROPERTY,
    matches = "all",
    disabledReason = "a long form, run by deploy/test --all")
public @interface LongForm {}
