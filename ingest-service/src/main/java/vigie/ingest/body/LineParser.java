// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.ingest.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * A parser of a part of a body: of all of it, or of one line after another, each when its turn
 * comes. Whatever a line opens, the parser never reads on to where that is closed. One class parses
 * all formats, so that the JVM knows which methods are called.
 */
final class LineParser extends UTF8StreamJsonParser {

  /** The parser is slow near the end of what it has, so it gets this much of what follows. */
  private static final int MARGIN = 16;

  private final int length;

  private LineParser(
      IOContext context,
      int features,
      ByteQuadsCanonicalizer symbols,
      ObjectCodec codec,
      byte[] body,
      int start,
      int end) {
    super(context, features, null, codec, symbols, body, start, end, 0, false);
    this.length = body.length;
  }

  /** The next token is the first of this line; no token of it was read before. */
  void begin(int start, int end) {
    _inputPtr = start;
    _inputEnd = Math.min(length, end + MARGIN);
  }

  /** Where the byte is that follows the last token. */
  int position() {
    return _inputPtr;
  }

  /** Makes such parsers. */
  static final class Factory extends JsonFactory {

    private static final long serialVersionUID = 1L;

    Factory(JsonFactoryBuilder builder) {
      super(builder);
    }

    LineParser parser(byte[] body, int start, int end) {
      IOContext context = _createContext(_createContentReference(body, start, end - start), true);
      return new LineParser(
          context,
          _parserFeatures,
          _byteSymbolCanonicalizer.makeChild(_factoryFeatures),
          _objectCodec,
          body,
          start,
          end);
    }
  }
}
