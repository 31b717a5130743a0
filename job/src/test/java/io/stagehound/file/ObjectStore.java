package io.stagehound.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;

/**
 * An object store in memory, {@code bucket://…}, that behaves as S3 does behind Flink: there are no
 * folders, only keys with slashes; an object appears when its stream is closed; a rename refuses to
 * replace; connections are few.
 */
public final class ObjectStore extends FileSystem {

  private static final String SCHEME = "bucket";
  private static final int MOST_CONNECTIONS = 96;
  private static final NavigableMap<String, byte[]> OBJECTS = new ConcurrentSkipListMap<>();
  private static final ConcurrentLinkedQueue<String> WRITTEN = new ConcurrentLinkedQueue<>();
  private static final Set<String> DENIED = ConcurrentHashMap.newKeySet();
  private static final Set<String> VANISHING = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger CONNECTIONS = new AtomicInteger();

  /** Makes it known to Flink. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
      return new ObjectStore();
    }
  }

  /** Removes all objects, and forgets what was written. */
  public static void empty() {
    OBJECTS.clear();
    WRITTEN.clear();
    DENIED.clear();
    VANISHING.clear();
  }

  /** Denies the permission to list what keys begin with this. */
  public static void deny(String folder) {
    DENIED.add(folder);
  }

  /** Lets an object be gone when somebody who has seen it in a list asks for it. */
  public static void vanish(String key) {
    VANISHING.add(key);
  }

  public static void put(String key, byte[] object) {
    OBJECTS.put(key, object);
  }

  /** The objects whose keys begin with this, as text. */
  public static Map<String, String> objects(String prefix) {
    Map<String, String> objects = new LinkedHashMap<>();
    OBJECTS
        .tailMap(prefix)
        .forEach(
            (key, object) -> {
              if (key.startsWith(prefix)) {
                objects.put(key, new String(object, StandardCharsets.UTF_8));
              }
            });
    return objects;
  }

  /** The keys that streams were opened to, in that order. */
  public static List<String> written() {
    return List.copyOf(WRITTEN);
  }

  private record Status(Path getPath, long getLen, boolean isDir) implements FileStatus {
    @Override
    public long getBlockSize() {
      return getLen;
    }

    @Override
    public short getReplication() {
      return 1;
    }

    @Override
    public long getModificationTime() {
      return 0;
    }

    @Override
    public long getAccessTime() {
      return 0;
    }
  }

  private static String key(Path path) {
    return path.toString();
  }

  private static String prefix(Path path) {
    return key(path).endsWith("/") ? key(path) : key(path) + "/";
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    if (VANISHING.contains(key(path))) {
      throw new FileNotFoundException(key(path));
    }
    return status(path);
  }

  private static FileStatus status(Path path) throws IOException {
    byte[] object = OBJECTS.get(key(path));
    if (object != null) {
      return new Status(path, object.length, false);
    }
    if (!objects(prefix(path)).isEmpty()) {
      return new Status(path, 0, true);
    }
    throw new FileNotFoundException(key(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (DENIED.contains(key(path))) {
      throw new AccessDeniedException(key(path));
    }
    if (!status(path).isDir()) {
      return new FileStatus[] {status(path)};
    }
    List<FileStatus> found = new ArrayList<>();
    String last = "";
    for (String key : objects(prefix(path)).keySet()) {
      String below = key.substring(prefix(path).length());
      String name = below.contains("/") ? below.substring(0, below.indexOf('/')) : below;
      if (!name.equals(last)) {
        last = name;
        found.add(status(Locations.child(path, name)));
      }
    }
    return found.toArray(FileStatus[]::new);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    byte[] object = OBJECTS.get(key(path));
    if (object == null || VANISHING.contains(key(path))) {
      throw new FileNotFoundException(key(path));
    }
    if (CONNECTIONS.incrementAndGet() > MOST_CONNECTIONS) {
      throw new IOException("too many connections");
    }
    ByteArrayInputStream in = new ByteArrayInputStream(object);
    return new FSDataInputStream() {
      private boolean closed;

      @Override
      public void seek(long position) {
        throw new UnsupportedOperationException();
      }

      @Override
      public long getPos() {
        return (long) object.length - in.available();
      }

      @Override
      public int read() {
        return in.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        return in.read(buffer, offset, length);
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          CONNECTIONS.decrementAndGet();
        }
      }
    };
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return open(path);
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    if (mode == WriteMode.NO_OVERWRITE && OBJECTS.containsKey(key(path))) {
      throw new FileAlreadyExistsException(key(path));
    }
    WRITTEN.add(key(path));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return new FSDataOutputStream() {
      @Override
      public long getPos() {
        return out.size();
      }

      @Override
      public void write(int value) {
        out.write(value);
      }

      @Override
      public void write(byte[] buffer, int offset, int length) {
        out.write(buffer, offset, length);
      }

      @Override
      public void flush() {}

      @Override
      public void sync() {}

      @Override
      public void close() {
        put(key(path), out.toByteArray());
      }
    };
  }

  @Override
  public boolean rename(Path from, Path to) {
    byte[] object = OBJECTS.get(key(from));
    if (object == null || OBJECTS.containsKey(key(to))) {
      return false;
    }
    put(key(to), object);
    OBJECTS.remove(key(from));
    return true;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (OBJECTS.remove(key(path)) != null) {
      return true;
    }
    Map<String, String> inside = objects(prefix(path));
    if (!recursive && !inside.isEmpty()) {
      throw new IOException(path + " is not empty");
    }
    return OBJECTS.keySet().removeAll(inside.keySet());
  }

  @Override
  public boolean mkdirs(Path path) {
    return true;
  }

  @Override
  public boolean isDistributedFS() {
    return true;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + "://store/");
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(getUri());
  }

  @Override
  public Path getHomeDirectory() {
    return new Path(getUri());
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
    return new BlockLocation[0];
  }
}
