package io.stagehound.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A session cluster of Flink on this machine, each JobManager and TaskManager a process of its own,
 * driven by Flink's own command line. It checkpoints a RocksDB incrementally and restarts jobs
 * without end. Everything that waits gives up after {@link #PATIENCE}; failures name the logs.
 */
public final class FlinkCluster implements AutoCloseable {

  /** How long anything but a job may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

  private final Path folder;
  private final int restPort;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final List<FlinkProcess> processes = new CopyOnWriteArrayList<>();
  private final List<FlinkProcess> servers = new CopyOnWriteArrayList<>();
  private final List<FlinkProcess> taskManagers = new ArrayList<>();
  private final Thread lastResort = new Thread(this::killAll);
  private int calls;

  private FlinkCluster(Path folder, int restPort) {
    this.folder = folder;
    this.restPort = restPort;
  }

  /**
   * Starts one, and waits until all of its slots are there.
   *
   * @param folder for its configuration, logs, checkpoints and savepoints
   * @param slots of each TaskManager
   * @param options of Flink, over those that this class sets
   */
  public static FlinkCluster start(
      Path folder, int taskManagers, int slots, Map<String, String> options) throws IOException {
    List<Integer> ports = freePorts(2);
    FlinkCluster cluster = new FlinkCluster(folder.toAbsolutePath(), ports.get(0));
    Runtime.getRuntime().addShutdownHook(cluster.lastResort);
    try {
      cluster.configure(slots, ports.get(1), options);
      cluster.servers.add(
          cluster.startProcess(
              "jobmanager", StandaloneSessionClusterEntrypoint.class, 384, cluster.configDir()));
      cluster
          .await("its JobManager serves")
          .ignoreExceptionsMatching(IOException.class::isInstance)
          .until(() -> cluster.rest("/overview").has("taskmanagers"));
      for (int i = 0; i < taskManagers; i++) {
        cluster.startTaskManager();
      }
      cluster.awaitTaskManagers(taskManagers);
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void configure(int slots, int rpcPort, Map<String, String> options) throws IOException {
    for (String name : List.of("conf", "logs", "tmp", "checkpoints", "savepoints")) {
      Files.createDirectories(folder.resolve(name));
    }
    Map<String, String> all = new TreeMap<>();
    for (String side : List.of("jobmanager.", "taskmanager.")) {
      all.put(side + "bind-host", "127.0.0.1");
    }
    all.put("jobmanager.rpc.address", "127.0.0.1");
    all.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    all.put("taskmanager.host", "127.0.0.1");
    all.put("rest.address", "127.0.0.1");
    all.put("rest.bind-address", "127.0.0.1");
    all.put("rest.port", Integer.toString(restPort));
    // The page and its uploads are in a jar that is not here.
    all.put("web.submit.enable", "false");
    all.put("io.tmp.dirs", folder.resolve("tmp").toString());

    // A TaskManager works its memory out only in Flink's shell scripts: here each part is given.
    all.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
    all.put("taskmanager.cpu.cores", "1.0");
    all.put("taskmanager.memory.task.heap.size", "384m");
    all.put("taskmanager.memory.task.off-heap.size", "0m");
    all.put("taskmanager.memory.managed.size", "128m");
    all.put("taskmanager.memory.network.min", "64m");
    all.put("taskmanager.memory.network.max", "64m");
    // As deploy/ has it: each output of a task takes so many, and a host's memory has many.
    all.put("taskmanager.network.sort-shuffle.min-buffers", "64");
    all.put("taskmanager.memory.framework.heap.size", "128m");
    all.put("taskmanager.memory.framework.off-heap.size", "128m");
    all.put("taskmanager.memory.jvm-metaspace.size", "192m");
    all.put("taskmanager.memory.jvm-overhead.min", "192m");
    all.put("taskmanager.memory.jvm-overhead.max", "192m");

    all.put("state.backend.type", "rocksdb");
    all.put("execution.checkpointing.incremental", "true");
    all.put("execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    all.put("execution.checkpointing.savepoint-dir", savepoints());
    all.put("restart-strategy.type", "fixed-delay");
    all.put("restart-strategy.fixed-delay.attempts", Integer.toString(Integer.MAX_VALUE));
    all.put("restart-strategy.fixed-delay.delay", "500ms");
    // A killed TaskManager is found by its closed connection, a busy machine is no dead one.
    all.put("heartbeat.interval", "1s");
    all.put("heartbeat.timeout", "20s");
    // The REST API tells of now: by default of up to 3 s ago, and of metrics of up to 10 s.
    all.put("web.refresh-interval", "1ms");
    all.put("metrics.fetcher.update-interval", "500ms");
    all.putAll(options);

    List<String> lines = new ArrayList<>();
    all.forEach((key, value) -> lines.add(key + ": '" + value.replace("'", "''") + "'"));
    Files.write(folder.resolve("conf").resolve("config.yaml"), lines);
    Files.write(
        folder.resolve("conf").resolve("log4j.properties"),
        List.of(
            "rootLogger.level = info",
            "rootLogger.appenderRef.stderr.ref = stderr",
            "appender.stderr.type = Console",
            "appender.stderr.name = stderr",
            "appender.stderr.target = SYSTEM_ERR",
            "appender.stderr.layout.type = PatternLayout",
            "appender.stderr.layout.pattern = %d %-5p %c - %m%n"));
  }

  /** Ports that are free, outside of those that the system gives to outgoing connections. */
  private static List<Integer> freePorts(int count) throws IOException {
    Random random = new Random();
    List<ServerSocket> held = new ArrayList<>();
    try {
      while (held.size() < count) {
        int port = 20_000 + random.nextInt(10_000);
        try {
          held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException e) {
          // Taken: another one.
        }
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private List<String> configDir() {
    return List.of("--configDir", folder.resolve("conf").toString());
  }

  private String savepoints() {
    return folder.resolve("savepoints").toUri().toString();
  }

  private FlinkProcess startProcess(
      String name, Class<?> mainClass, int heapMegabytes, List<String> arguments)
      throws IOException {
    FlinkProcess process =
        FlinkProcess.start(folder, name, mainClass.getName(), heapMegabytes, arguments);
    processes.add(process);
    return process;
  }

  // ---- TaskManagers

  /**
   * Starts one more TaskManager; {@link #awaitTaskManagers} tells when it serves.
   *
   * @return its number, from 0
   */
  public int startTaskManager() throws IOException {
    int number = taskManagers.size();
    List<String> arguments = new ArrayList<>(configDir());
    arguments.addAll(List.of("-D", "taskmanager.resource-id=taskmanager-" + number));
    FlinkProcess taskManager =
        startProcess("taskmanager-" + number, TaskManagerRunner.class, 512, arguments);
    servers.add(taskManager);
    taskManagers.add(taskManager);
    return number;
  }

  /** Kills this TaskManager by SIGKILL; the JobManager finds out by itself. */
  public void killTaskManager(int number) {
    taskManagers.get(number).kill();
  }

  /** The heap that live objects of this TaskManager take, after a full collection, in bytes. */
  public long liveHeap(int number) throws IOException, InterruptedException {
    Process collection =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(taskManagers.get(number).pid()),
                "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(true)
            .start();
    if (collection.waitFor() != 0) {
      throw new IOException("jcmd cannot reach TaskManager " + number);
    }
    return rest("/taskmanagers/taskmanager-" + number + "/metrics?get=Status.JVM.Memory.Heap.Used")
        .path(0)
        .path("value")
        .asLong();
  }

  /** Waits until the JobManager knows exactly this many TaskManagers. */
  public void awaitTaskManagers(int count) {
    await(count + " TaskManagers are registered")
        .until(() -> rest("/taskmanagers").path("taskmanagers").size() == count);
  }

  // ---- jobs

  /**
   * Submits a program, and leaves it running.
   *
   * @param savepoint null to start with no state
   * @return the id of the job
   */
  public String submit(Path jar, @Nullable String savepoint, int parallelism, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("run", "--detached", "--parallelism", "" + parallelism));
    if (savepoint != null) {
      command.addAll(List.of("--fromSavepoint", savepoint));
    }
    command.add(jar.toString());
    Collections.addAll(command, arguments);
    return find(JOB_ID, flink(PATIENCE, command));
  }

  /**
   * Submits a program, and waits until it is through.
   *
   * @return what it wrote to standard output
   */
  public String run(Path jar, Duration limit, int parallelism, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("run", "--parallelism", "" + parallelism));
    command.add(jar.toString());
    Collections.addAll(command, arguments);
    return flink(limit, command);
  }

  /**
   * Stops a job with a savepoint, and waits for both.
   *
   * @param drain whether event time ends as well, so that all that waits for it is told
   * @return where the savepoint is
   */
  public String stopWithSavepoint(String jobId, boolean drain)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("stop", "--savepointPath", savepoints()));
    if (drain) {
      command.add("--drain");
    }
    command.add(jobId);
    String savepoint = find(SAVEPOINT, flink(PATIENCE, command));
    awaitFinished(jobId, PATIENCE);
    return savepoint;
  }

  /**
   * Takes a savepoint of a job that runs on.
   *
   * @return where it is
   */
  public String savepoint(String jobId) throws IOException, InterruptedException {
    return find(SAVEPOINT, flink(PATIENCE, List.of("savepoint", jobId, savepoints())));
  }

  /** Cancels a job, and waits until it has ended. */
  public void cancel(String jobId) throws IOException, InterruptedException {
    flink(PATIENCE, List.of("cancel", jobId));
    await("the job " + jobId + " is canceled").until(() -> status(jobId) == JobStatus.CANCELED);
  }

  /** What Flink's command line lists: running and scheduled jobs. */
  public String list() throws IOException, InterruptedException {
    return flink(PATIENCE, List.of("list"));
  }

  private String flink(Duration limit, List<String> arguments)
      throws IOException, InterruptedException {
    FlinkProcess process =
        startProcess(
            "flink-" + calls++ + "-" + arguments.get(0), CliFrontend.class, 512, arguments);
    return process.awaitSuccess(limit);
  }

  private String find(Pattern pattern, String written) {
    Matcher matcher = pattern.matcher(written);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + ", see " + logs() + ":\n" + written);
    }
    return matcher.group(1);
  }

  /** How a job is. */
  public JobStatus status(String jobId) throws IOException, InterruptedException {
    return JobStatus.valueOf(rest("/jobs/" + jobId).path("state").asText());
  }

  /** How often a job was restarted after a failure. */
  public int restarts(String jobId) throws IOException, InterruptedException {
    JsonNode metrics = rest("/jobs/" + jobId + "/metrics?get=numRestarts");
    return metrics.path(0).path("value").asInt();
  }

  /** How many checkpoints a job has completed. */
  public int completedCheckpoints(String jobId) throws IOException, InterruptedException {
    return rest("/jobs/" + jobId + "/checkpoints").path("counts").path("completed").asInt();
  }

  /** Waits until every task of a job runs, or has run. */
  public void awaitRunning(String jobId) {
    await("the job " + jobId + " runs")
        .until(
            () -> {
              JsonNode job = alive(jobId);
              boolean running = job.path("state").asText().equals("RUNNING");
              for (JsonNode vertex : job.path("vertices")) {
                String status = vertex.path("status").asText();
                running &= status.equals("RUNNING") || status.equals("FINISHED");
              }
              return running;
            });
  }

  /** Waits until a job has been restarted this often, and runs again. */
  public void awaitRestarts(String jobId, int count) {
    await("the job " + jobId + " is restarted").until(() -> restarts(jobId) >= count);
    awaitRunning(jobId);
  }

  /** Waits until a job has completed this many more checkpoints. */
  public void awaitCheckpoints(String jobId, int more) throws IOException, InterruptedException {
    int before = completedCheckpoints(jobId);
    await("the job " + jobId + " completes checkpoints")
        .until(
            () -> {
              alive(jobId);
              return completedCheckpoints(jobId) >= before + more;
            });
  }

  /** Waits until a job has come to its end. */
  public void awaitFinished(String jobId, Duration limit) {
    await("the job " + jobId + " is finished")
        .atMost(limit)
        .until(() -> alive(jobId).path("state").asText().equals("FINISHED"));
  }

  /** The job, which must not have failed. */
  private JsonNode alive(String jobId) throws IOException, InterruptedException {
    JsonNode job = rest("/jobs/" + jobId);
    String state = job.path("state").asText();
    if (state.equals("FAILED") || state.equals("CANCELED")) {
      throw new AssertionError(
          "the job " + jobId + " is " + state + ": " + logs() + "\n" + lastFailure(jobId));
    }
    return job;
  }

  /** What a job failed of last, or nothing. */
  public String lastFailure(String jobId) throws IOException, InterruptedException {
    return rest("/jobs/" + jobId + "/exceptions")
        .path("exceptionHistory")
        .path("entries")
        .path(0)
        .path("stacktrace")
        .asText();
  }

  /** The answer of the JobManager to a GET of this path. */
  public JsonNode rest(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
                .timeout(Duration.ofSeconds(20))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + response.statusCode() + " " + response.body());
    }
    return MAPPER.readTree(response.body());
  }

  private ConditionFactory await(String what) {
    return Awaitility.await(what + ", see " + logs())
        .atMost(PATIENCE)
        .failFast(
            "a server has ended by itself, see " + logs(),
            () -> servers.stream().anyMatch(FlinkProcess::endedByItself))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100));
  }

  /** Where each process's output and log are. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** Ends every process that it started. */
  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException e) {
      // The hook is at work.
    }
  }

  private void killAll() {
    processes.forEach(FlinkProcess::kill);
  }
}
