// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import vigie.command.Commands;
import vigie.stack.VigieStack;
import vigie.stack.process.ChildProcess;
import vigie.stack.process.ManagedProcess;
import vigie.stack.workspace.StackException;

/** Tells how the processes of a stack are, and restarts one of them. */
final class StackControl implements ControlSocket.Answers {

  private static final int GOOD = 0;
  private static final int NOT_GOOD = 1;
  private static final int WRONG = 2;
  private static final String RESTART = "restart ";
  private static final String READY = "ready";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<ManagedProcess> processes;
  private final Supplier<List<String>> lags;
  private final Path folder;
  private final Consumer<ManagedProcess> restart;

  /**
   * @param lags a line for each
   * @param folder on the disk that is watched
   * @param restart ends a process and starts it, unless the stack is being stopped
   */
  StackControl(
      List<ManagedProcess> processes,
      Supplier<List<String>> lags,
      Path folder,
      Consumer<ManagedProcess> restart) {
    this.processes = processes;
    this.lags = lags;
    this.folder = folder;
    this.restart = restart;
  }

  @Override
  public ControlSocket.Answer to(String request) {
    try {
      if (request.equals("status")) {
        return status();
      }
      if (request.startsWith(RESTART)) {
        return restart(request.substring(RESTART.length()));
      }
      return answer(WRONG, "this version of Vigie does not know the request " + request);
    } catch (IOException | StackException e) {
      return answer(NOT_GOOD, e.getMessage());
    }
  }

  private ControlSocket.Answer status() throws IOException {
    // Side by side: one that is frozen must not delay the others' answers.
    ExecutorService threads = Executors.newFixedThreadPool(processes.size());
    List<CompletableFuture<String>> states =
        processes.stream().map(process -> stateWithinPatience(process, threads)).toList();
    threads.shutdown();
    List<String> lines = new ArrayList<>();
    int code = GOOD;
    for (int i = 0; i < processes.size(); i++) {
      ChildProcess process = processes.get(i).process();
      String state = states.get(i).join();
      if (!state.equals(READY)) {
        code = NOT_GOOD;
      }
      String pid = process.isAlive() ? Long.toString(process.pid()) : "-";
      lines.add("%-20s %8s  %s".formatted(process.name(), pid, state));
    }
    lines.addAll(lags.get());
    if (Files.exists(folder.resolve(VigieStack.EXAM_CLOSED))) {
      lines.add("the exam is closed; deploy/open-exam begins the next one");
    }
    Disk disk = Disk.of(folder);
    if (disk.isNearlyFull()) {
      code = NOT_GOOD;
    }
    lines.add(disk.toString());
    return new ControlSocket.Answer(code, lines);
  }

  private static CompletableFuture<String> stateWithinPatience(
      ManagedProcess process, Executor threads) {
    return CompletableFuture.supplyAsync(() -> state(process), threads)
        .completeOnTimeout("does not answer", PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static String state(ManagedProcess managed) {
    ChildProcess process = managed.process();
    if (process.diedByItself()) {
      return "died with exit code %d; read its log %s".formatted(process.exitCode(), process.log());
    }
    if (!process.isAlive()) {
      return "does not run";
    }
    try {
      return managed.isReady() ? READY : "is not ready";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "is not ready";
    } catch (Exception e) {
      return "is not ready: " + e.getMessage();
    }
  }

  private ControlSocket.Answer restart(String name) {
    List<String> names = processes.stream().map(ManagedProcess::name).toList();
    if (!names.contains(name)) {
      return answer(
          Commands.UNKNOWN_NAME,
          "there is no process %s; there are %s".formatted(name, String.join(", ", names)));
    }
    ManagedProcess process = processes.get(names.indexOf(name));
    restart.accept(process);
    process.awaitReady();
    return answer(GOOD, name + " is ready");
  }

  private static ControlSocket.Answer answer(int code, String line) {
    return new ControlSocket.Answer(code, List.of(line));
  }
}
