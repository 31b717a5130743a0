package io.stagehound.pattern;

import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.UncPath;
import io.stagehound.step.Step;
import io.stagehound.step.StepName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One host copies from {@value #SERVERS} or more other machines and then makes an archive in a
 * staging directory, all within {@code window}: it is where the data of many is gathered. MITRE
 * ATT&CK <a href="https://attack.mitre.org/techniques/T1074/002/">T1074.002</a>.
 *
 * @param window the longest time from the first copy to the archive
 */
public record CentralStagingPull(Duration window) implements StepPattern {

  /** The pattern's id in alerts. */
  public static final String ID = "central-staging-pull";

  /** From how many machines. */
  public static final int SERVERS = 3;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean opens(Step step) {
    return step.name() == StepName.PULL && !servers(step).isEmpty();
  }

  @Override
  public boolean completes(Step step) {
    return step.name() == StepName.ARCHIVE;
  }

  @Override
  public @Nullable List<Step> behind(Step archive, List<Step> pulls) {
    Set<String> servers = new TreeSet<>();
    for (Step pull : pulls) {
      servers.addAll(servers(pull));
      if (servers.size() >= SERVERS) {
        return pulls;
      }
    }
    return null;
  }

  @Override
  public List<List<Step>> stages(List<Step> behind) {
    return List.of(lastOf(behind));
  }

  /** The last pull from each of the last machines that are enough together. */
  private static List<Step> lastOf(List<Step> pulls) {
    Set<String> servers = new TreeSet<>();
    List<Step> last = new ArrayList<>();
    for (int i = pulls.size() - 1; i >= 0 && servers.size() < SERVERS; i--) {
      if (servers.addAll(servers(pulls.get(i)))) {
        last.add(0, pulls.get(i));
      }
    }
    return last;
  }

  @Override
  public String kind(Step pull) {
    return String.join("\n", servers(pull));
  }

  /** The machines that a step copies from, without its own: their keys, sorted. */
  public static Set<String> servers(Step pull) {
    Set<String> servers = new TreeSet<>();
    CopyCommand copy = pull.detection().copy();
    if (copy != null) {
      String host = pull.detection().event().hostKey();
      for (UncPath path : copy.pulledFrom()) {
        servers.add(path.serverKey(host));
      }
      servers.remove(host);
    }
    return servers;
  }

  @Override
  public Pattern<PatternStep, ?> pattern() {
    return CompletedBy.sequence(this, List.of(StepName.PULL), StepName.ARCHIVE);
  }
}
