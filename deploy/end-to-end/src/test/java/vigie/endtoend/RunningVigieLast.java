// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.endtoend;

import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the classes that use {@link RunningVigie} after all others. It is started by the first of
 * them and closed after the last, so it takes no processor time from tests that do not use it.
 */
final class RunningVigieLast implements ClassOrderer {

  private static final Comparator<ClassDescriptor> ORDER =
      Comparator.comparing(RunningVigieLast::usesRunningVigie)
          .thenComparing(RunningVigieLast::place)
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

  private static int place(ClassDescriptor test) {
    return test.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
  }
}
