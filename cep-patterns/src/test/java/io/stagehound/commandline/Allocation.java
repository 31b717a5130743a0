package io.stagehound.commandline;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory code takes, freed or not: unlike time, the same on a busy machine. */
public final class Allocation {

  private Allocation() {}

  /** The bytes that this thread allocates while it runs the code. */
  public static long of(Runnable code) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    code.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
