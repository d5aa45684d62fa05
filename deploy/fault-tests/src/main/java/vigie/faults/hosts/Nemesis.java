// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.faults.hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import vigie.faults.hosts.Fault.Kind;
import vigie.faults.hosts.Schedule.Action;
import vigie.faults.thresholds.history.TimeRange;
import vigie.stack.process.ManagedProcess;

/** Plays a schedule on the hosts of a lab, and undoes all of it. */
final class Nemesis {

  private final Lab lab;

  Nemesis(Lab lab) {
    this.lab = lab;
  }

  private record Step(Duration at, Runnable work) {}

  /**
   * Returns once everything is undone, and says from when to when faults lasted; also when it is
   * interrupted, nothing is left of them.
   */
  TimeRange play(Schedule schedule) throws InterruptedException {
    List<Fault> active = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (Action action : schedule.actions()) {
      steps.add(new Step(action.begins(), () -> begin(action.fault(), active)));
      steps.add(new Step(action.ends(), () -> end(action.fault(), active)));
    }
    steps.sort(Comparator.comparing(Step::at));
    long from = TimeRange.now();
    long begin = System.nanoTime();
    try {
      for (Step step : steps) {
        long wait = begin + step.at().toNanos() - System.nanoTime();
        if (wait > 0) {
          // The fault lasts; there is nothing to wait for.
          Thread.sleep(Duration.ofNanos(wait).toMillis());
        }
        step.work().run();
      }
    } finally {
      List.copyOf(active).forEach(fault -> end(fault, active));
    }
    return new TimeRange(from, TimeRange.now());
  }

  private void begin(Fault fault, List<Fault> active) {
    active.add(fault);
    for (Rule rule : fault.rules(lab.network())) {
      lab.network().namespaceOf(rule.host()).run(rule.add());
    }
    if (fault.kind() == Kind.KILLED) {
      lab.processesOf(fault.host()).forEach(ManagedProcess::kill);
    } else if (fault.kind() == Kind.FROZEN) {
      lab.processesOf(fault.host()).forEach(ManagedProcess::freeze);
    }
  }

  private void end(Fault fault, List<Fault> active) {
    active.remove(fault);
    for (Rule rule : fault.rules(lab.network())) {
      lab.network().namespaceOf(rule.host()).run(rule.delete());
    }
    if (fault.kind() == Kind.KILLED) {
      lab.processesOf(fault.host()).forEach(ManagedProcess::start);
    } else if (fault.kind() == Kind.FROZEN) {
      lab.processesOf(fault.host()).forEach(ManagedProcess::resume);
    }
  }
}
