package io.stagehound.cli;

import java.util.ServiceLoader;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.exceptions.RpcLoaderException;

/**
 * Flink's remote calls, from the class path where the build has put them there. Flink's own loader,
 * which serves where this one finds nothing, copies them out of the program's jar at every start.
 */
public final class RpcSystemBesideTheJar implements RpcSystemLoader {

  private static final int BEFORE_FLINKS_OWN = -1;

  @Override
  public int getLoadPriority() {
    return BEFORE_FLINKS_OWN;
  }

  @Override
  public RpcSystem loadRpcSystem(Configuration configuration) {
    return ServiceLoader.load(RpcSystem.class, RpcSystem.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new RpcLoaderException("none is on the class path"));
  }
}
