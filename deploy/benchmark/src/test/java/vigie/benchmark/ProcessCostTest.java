// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.benchmark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProcessCostTest {

  private final ProcessCost own = new ProcessCost(ProcessHandle.current().pid());

  @Test
  void processorTimeIsThatOfTheRuntime() throws IOException {
    Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    Duration cpu = own.cpu();
    Duration after = ProcessHandle.current().info().totalCpuDuration().orElseThrow();

    assertTrue(cpu.compareTo(before.minusMillis(10)) >= 0, cpu + " < " + before);
    assertTrue(cpu.compareTo(after.plusMillis(10)) <= 0, cpu + " > " + after);
  }

  @Test
  void theResidentSetHoldsTheUsedHeap() throws IOException {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();

    long resident = own.residentBytes();
    assertTrue(own.peakResidentBytes() >= resident);
    assertTrue(own.peakResidentBytes() > heap / 2);
  }

  @Test
  void theCompilersPartIsLessThanAll() throws IOException {
    ProcessCost.Account account = own.account();

    assertTrue(account.compilerShare() > 0);
    assertTrue(account.compilerShare() < 1);
  }
}
