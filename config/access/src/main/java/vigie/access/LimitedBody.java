// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.access;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** A body that fails once it is longer than it may be. */
final class LimitedBody implements BodySubscriber<byte[]> {

  private final BodySubscriber<byte[]> body;
  private Subscription source;
  private long left;

  LimitedBody(BodySubscriber<byte[]> body, long mostBytes) {
    this.body = body;
    this.left = mostBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source = subscription;
    body.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    if (left < 0) {
      return;
    }
    left -= bytes.stream().mapToLong(Buffer::remaining).sum();
    if (left < 0) {
      source.cancel();
      body.onError(new IOException("The body is too long"));
    } else {
      body.onNext(bytes);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.onError(failure);
  }

  @Override
  public void onComplete() {
    body.onComplete();
  }
}
