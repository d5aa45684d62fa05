// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the classes that use {@link RunningVigie} after all others. It is started by the first of
 * them and closed after the last, so it takes no processor time from tests that do not use it.
 * {@link SecureStackIT} is the first: it removes a student from each snapshot, and there are few
 * snapshots then. {@link NativeImageIT} is the last: it looks at what all of them did.
 */
final class RunningVigieLast implements ClassOrderer {

  private static final Comparator<ClassDescriptor> ORDER =
      Comparator.comparing(RunningVigieLast::usesRunningVigie)
          .thenComparing(test -> test.getTestClass() != SecureStackIT.class)
          .thenComparing(test -> test.getTestClass() == NativeImageIT.class)
          .thenComparing(test -> test.getTestClass().getName());

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context.getClassDescriptors().sort(ORDER);
  }

  private static boolean usesRunningVigie(ClassDescriptor test) {
    return test.findRepeatableAnnotations(ExtendWith.class).stream()
        .flatMap(extensions -> Stream.of(extensions.value()))
        .anyMatch(RunningVigie.class::equals);
  }
}
