// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.dashboard.http;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** The CSV twin of every answer that is a {@link CsvTable}. */
@Provider
@Produces(CsvTable.MEDIA_TYPE)
class CsvBodyWriter implements MessageBodyWriter<CsvTable> {

  @Override
  public boolean isWriteable(Class<?> type, Type generic, Annotation[] notes, MediaType media) {
    return CsvTable.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      CsvTable table,
      Class<?> type,
      Type generic,
      Annotation[] notes,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    headers.putSingle(HttpHeaders.CONTENT_TYPE, CsvTable.MEDIA_TYPE + ";charset=UTF-8");
    headers.putSingle(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"%s.csv\"".formatted(table.tableName()));
    StringBuilder text = new StringBuilder();
    Csv.write(table, text);
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
