// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/**
 * An answer as it goes out. Each form of it, JSON or table, compressed or not, is written once, for
 * the first who asks, so that the next thousand cost only their sending. Its tag is made of its
 * bytes: it is the same from every instance, and after a restart.
 */
public final class CachedResponse<T extends CsvTable> {

  private static final int TAG_BYTES = 12;
  private static final String GZIP = "gzip";

  /** About what a row costs as an object and in each of the four forms, and what the rest does. */
  private static final long ROW_BYTES = 640;

  private static final long OTHER_BYTES = 4_096;

  private record Form(boolean table, boolean compressed) {}

  private static final class Text {

    private final byte[] bytes;
    private final EntityTag tag;

    Text(byte[] bytes, EntityTag tag) {
      this.bytes = bytes;
      this.tag = tag;
    }
  }

  private final T value;
  private final ObjectMapper json;
  private final Map<Form, Text> texts = new ConcurrentHashMap<>();

  public CachedResponse(T value, ObjectMapper json) {
    this.value = value;
    this.json = json;
  }

  public T value() {
    return value;
  }

  /** About how much memory this takes once it is written in every form. */
  public long bytes() {
    return OTHER_BYTES + ROW_BYTES * value.rows().count();
  }

  /** For one reader: 304 without a body when it has the very same already. */
  public Response to(Request reader, HttpHeaders headers) {
    Form form = form(headers);
    Text text = texts.computeIfAbsent(form, this::write);
    Response.ResponseBuilder known = reader.evaluatePreconditions(text.tag);
    Response.ResponseBuilder response = known == null ? Response.ok(text.bytes) : known;
    response.tag(text.tag).header(HttpHeaders.VARY, "Accept, Accept-Encoding");
    if (known == null) {
      response.type(form.table() ? CsvTable.MEDIA_TYPE + ";charset=UTF-8" : "application/json");
      if (form.table()) {
        response.header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s.csv\"".formatted(value.tableName()));
      }
      if (form.compressed()) {
        response.header(HttpHeaders.CONTENT_ENCODING, GZIP);
      }
    }
    return response.build();
  }

  private static Form form(HttpHeaders headers) {
    MediaType table = MediaType.valueOf(CsvTable.MEDIA_TYPE);
    MediaType first =
        headers.getAcceptableMediaTypes().stream()
            .filter(m -> m.isCompatible(table) || m.isCompatible(MediaType.APPLICATION_JSON_TYPE))
            .findFirst()
            .orElse(MediaType.APPLICATION_JSON_TYPE);
    String codings = headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
    return new Form(
        !first.isCompatible(MediaType.APPLICATION_JSON_TYPE),
        codings != null && codings.contains(GZIP));
  }

  private Text write(Form form) {
    try {
      byte[] plain = form.table() ? table() : json.writeValueAsBytes(value);
      byte[] bytes = form.compressed() ? compressed(plain) : plain;
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Text(
          bytes, new EntityTag(HexFormat.of().formatHex(Arrays.copyOf(hash, TAG_BYTES))));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] table() throws IOException {
    StringBuilder text = new StringBuilder();
    Csv.write(value, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] compressed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}
