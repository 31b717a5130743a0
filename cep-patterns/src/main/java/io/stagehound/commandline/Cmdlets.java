package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cmdlets of PowerShell that copy files. */
final class Cmdlets {

  /** A variable that no line can set. */
  private static final String UNKNOWN = "$";

  private Cmdlets() {}

  /**
   * {@code Copy-Item} and {@code Move-Item}, whose paths may be named, positional, abbreviated or
   * come down the pipe. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.management/copy-item">
   * Reference</a>.
   */
  static CopyEnds item(Statement statement, Upstream upstream) {
    CmdletArguments arguments = CmdletArguments.ofCopy(statement.arguments());
    List<String> sources = new ArrayList<>(arguments.named("path"));
    sources.addAll(arguments.named("literalpath"));
    List<String> destinations = new ArrayList<>(arguments.named("destination"));
    List<List<String>> positional = new ArrayList<>(arguments.positional());
    // With a pipe, one path that has no name can only be meant as the destination.
    boolean destinationAlone =
        statement.piped() && positional.size() == 1 && destinations.isEmpty();
    if (sources.isEmpty() && !positional.isEmpty() && !destinationAlone) {
      sources.addAll(positional.remove(0));
    }
    if (destinations.isEmpty() && !positional.isEmpty()) {
      destinations.addAll(positional.remove(0));
    }
    if (statement.piped() && sources.isEmpty()) {
      sources.addAll(upstream.paths());
    }
    if (destinations.isEmpty() && arguments.splatted()) {
      destinations.add(UNKNOWN);
    }
    return new CopyEnds(sources, destinations.isEmpty() ? null : destinations.get(0));
  }

  /**
   * {@code Start-BitsTransfer -Source … -Destination …}, which also takes paths. <a
   * href="https://learn.microsoft.com/powershell/module/bitstransfer/start-bitstransfer">Reference
   * </a>.
   */
  static @Nullable CopyEnds bitsTransfer(Statement statement, Upstream upstream) {
    CmdletArguments arguments =
        CmdletArguments.of(
            statement.arguments(),
            List.of(
                "source",
                "destination",
                "transfertype",
                "displayname",
                "description",
                "priority",
                "retryinterval",
                "retrytimeout",
                "authentication"));
    return ends(arguments.at(0, "source"), arguments.at(1, "destination"));
  }

  /**
   * {@code Compress-Archive} and {@code Expand-Archive}. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.archive/compress-archive">
   * Reference</a>.
   */
  static @Nullable CopyEnds archive(Statement statement, Upstream upstream) {
    CmdletArguments arguments =
        CmdletArguments.of(statement.arguments(), List.of("destinationpath", "compressionlevel"));
    boolean named = !arguments.named("path").isEmpty() || !arguments.named("literalpath").isEmpty();
    // With a pipe, one path that has no name can only be meant as the destination.
    boolean fed = statement.piped() && !named && arguments.positional().size() < 2;
    return ends(
        fed ? upstream.paths() : arguments.at(0, "path", "literalpath"),
        arguments.at(fed || named ? 0 : 1, "destinationpath"));
  }

  /**
   * {@code Set-Content} and {@code Add-Content} of what is in other files. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.management/set-content">
   * Reference</a>.
   */
  static @Nullable CopyEnds setContent(Statement statement, Upstream upstream) {
    CmdletArguments arguments =
        CmdletArguments.of(statement.arguments(), List.of("value", "encoding", "stream"));
    return ends(contentOf(statement, upstream), arguments.at(0, "path", "literalpath"));
  }

  /**
   * {@code Out-File} of what is in other files. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/out-file">
   * Reference</a>.
   */
  static @Nullable CopyEnds outFile(Statement statement, Upstream upstream) {
    CmdletArguments arguments =
        CmdletArguments.of(
            statement.arguments(), List.of("filepath", "inputobject", "encoding", "width"));
    return ends(contentOf(statement, upstream), arguments.at(0, "filepath", "path", "literalpath"));
  }

  /**
   * {@code Get-Content file > file}. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-content">
   * Reference</a>.
   */
  static @Nullable CopyEnds getContent(Statement statement, Upstream upstream) {
    List<Word> outputs = statement.outputs();
    return outputs.isEmpty()
        ? null
        : ends(contentFiles(statement), List.of(outputs.get(outputs.size() - 1).text()));
  }

  /** The files that {@code Get-Content} reads. */
  static List<String> contentFiles(Statement statement) {
    return CmdletArguments.of(
            statement.arguments(),
            List.of("totalcount", "readcount", "tail", "encoding", "delimiter", "stream"))
        .at(0, "path", "literalpath");
  }

  /** The files whose content the statement is fed through the pipe, or given in parentheses. */
  private static List<String> contentOf(Statement statement, Upstream upstream) {
    if (statement.piped() && upstream.content()) {
      return upstream.paths();
    }
    for (Word word : statement.arguments()) {
      for (Statement inner : word.inner()) {
        if (CopyTool.READERS.contains(inner.command())) {
          return contentFiles(inner);
        }
      }
    }
    return List.of();
  }

  private static @Nullable CopyEnds ends(List<String> sources, List<String> destinations) {
    boolean ofWeb = sources.stream().anyMatch(TransferTools::isUrl);
    return sources.isEmpty() || destinations.isEmpty() || ofWeb
        ? null
        : new CopyEnds(sources, destinations.get(0));
  }
}
