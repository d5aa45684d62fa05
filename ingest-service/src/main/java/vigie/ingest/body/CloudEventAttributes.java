// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import io.vertx.core.MultiMap;
import vigie.ingest.model.RequestError;
import vigie.ingest.model.RequestException;

/** The attributes of a CloudEvent that its specification requires, and the form of its data. */
public final class CloudEventAttributes {

  private static final String VERSION = "1.0";

  private String version;
  private String id;
  private String source;
  private String type;
  private String dataContentType;

  /** Those of a request in binary mode, checked; without effect on any other request. */
  public static void check(MultiMap headers) throws RequestException {
    String version = headers.get("ce-specversion");
    if (version == null) {
      return;
    }
    CloudEventAttributes attributes = new CloudEventAttributes();
    attributes.version = version;
    attributes.id = headers.get("ce-id");
    attributes.source = headers.get("ce-source");
    attributes.type = headers.get("ce-type");
    String fault = attributes.fault();
    if (fault != null) {
      throw new RequestException(RequestError.CLOUD_EVENT_INVALID, fault);
    }
  }

  void set(String name, String value) {
    switch (name) {
      case "specversion" -> version = value;
      case "id" -> id = value;
      case "source" -> source = value;
      case "type" -> type = value;
      case "datacontenttype" -> dataContentType = value;
      default -> {}
    }
  }

  /** What is wrong with them, or null. */
  String fault() {
    if (!VERSION.equals(version)) {
      return "specversion must be " + VERSION;
    }
    if (isBlank(id) || isBlank(source) || isBlank(type)) {
      return "id, source and type are required";
    }
    if (dataContentType != null && !dataContentType.startsWith("application/json")) {
      return "datacontenttype must be application/json";
    }
    return null;
  }

  private static boolean isBlank(String value) {
    return value == null || value.isBlank();
  }
}
