// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.live;

import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jboss.resteasy.reactive.RestStreamElementType;
import vigie.access.Roles;
import vigie.dashboard.DashboardConfig;

/**
 * The live stream of one page: {@code publication}, {@code outage}, {@code feed}, {@code alert} and
 * {@code hotspot} events. A stream that broke goes on after the last id that the page heard. It
 * ends when the token does that it was asked for with, or is revoked.
 */
@Path("/v1/live")
@RolesAllowed({Roles.STAFF, Roles.ADMIN})
class LiveResource {

  private final ViewerSignal signal;
  private final Publications publications;
  private final AlertFeed feed;
  private final RecentEvents recent;
  private final DashboardConfig config;
  private final StreamAuthorization authorization;

  LiveResource(
      ViewerSignal signal,
      Publications publications,
      AlertFeed feed,
      RecentEvents recent,
      DashboardConfig config,
      StreamAuthorization authorization) {
    this.signal = signal;
    this.publications = publications;
    this.feed = feed;
    this.recent = recent;
    this.config = config;
    this.authorization = authorization;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  public Multi<OutboundSseEvent> live(
      @Context Sse sse, @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastId) {
    Viewer viewer = new Viewer(publications, feed, recent, lastId);
    Multi<Boolean> heartbeats =
        Multi.createFrom()
            .ticks()
            .startingAfter(config.heartbeatInterval())
            .every(config.heartbeatInterval())
            .onOverflow()
            .drop()
            .map(tick -> false);
    return authorization
        .of(Multi.createBy().merging().streams(signal.calls(), heartbeats))
        .onItem()
        .transformToMultiAndConcatenate(
            isNews ->
                isNews
                    ? Multi.createFrom().iterable(viewer.newEvents()).map(e -> event(sse, e))
                    : Multi.createFrom().item(sse.newEventBuilder().comment("still here").build()));
  }

  /**
   * Has no body, so it ends at once. Answered by {@link #live}, it would never end, and the next
   * request of its connection would never be answered.
   */
  @HEAD
  public Response head() {
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
  }

  private static OutboundSseEvent event(Sse sse, Viewer.Event event) {
    OutboundSseEvent.Builder builder = sse.newEventBuilder().name(event.name()).data(event.data());
    return event.id() == null ? builder.build() : builder.id(event.id()).build();
  }
}
