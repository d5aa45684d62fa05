// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.stack.process;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import vigie.stack.workspace.StackException;

/** Ends groups one after the other, the members of a group side by side. */
public final class Shutdown {

  private Shutdown() {}

  /** Ends all of them; what fails to end is told when the rest is gone. */
  public static void inOrder(List<List<Runnable>> groups) {
    ExecutorService threads = Executors.newCachedThreadPool();
    RuntimeException failure = null;
    for (List<Runnable> group : groups) {
      List<CompletableFuture<Void>> ends =
          group.stream().map(end -> CompletableFuture.runAsync(end, threads)).toList();
      for (CompletableFuture<Void> end : ends) {
        try {
          end.join();
        } catch (CompletionException e) {
          failure = e.getCause() instanceof StackException known ? known : e;
        }
      }
    }
    threads.shutdown();
    if (failure != null) {
      throw failure;
    }
  }
}
