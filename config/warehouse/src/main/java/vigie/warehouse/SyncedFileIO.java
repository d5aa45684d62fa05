// Copyright the Vigie authors. SPDX-License-Identifier: Apache-2.0
package vigie.warehouse;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Hadoop files that are on disk once they are closed. HDFS acknowledges what its DataNodes have in
 * memory, and closing a file does not change that; {@code hsync} makes each of them write it to
 * disk. Parquet cannot be asked to, for it closes its stream itself, so the stream does it.
 */
final class SyncedFileIO extends HadoopFileIO {

  private static final long serialVersionUID = 1L;

  SyncedFileIO(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new SyncedFile(this, path);
  }

  /** Not a HadoopOutputFile: Parquet would unwrap that and open a stream of its own. */
  private record SyncedFile(HadoopFileIO io, String location) implements OutputFile {

    @Override
    public PositionOutputStream create() {
      return create(false);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return create(true);
    }

    @Override
    public InputFile toInputFile() {
      return io.newInputFile(location);
    }

    private PositionOutputStream create(boolean overwrite) {
      Path path = new Path(location);
      try {
        FileSystem files = path.getFileSystem(io.conf());
        return new SyncedStream(files.create(path, overwrite));
      } catch (IOException e) {
        throw new RuntimeIOException(e, "Cannot create %s", location);
      }
    }
  }

  private static final class SyncedStream extends PositionOutputStream {

    private final FSDataOutputStream out;
    private boolean closed;

    SyncedStream(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return out.getPos();
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      out.write(bytes, start, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (out) {
        out.hsync();
      }
    }
  }
}
