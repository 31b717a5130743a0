package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command that copies files, with the grammar of its arguments. */
enum CopyTool {
  /**
   * {@code copy [/options] source[+source…] [destination]} of cmd. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/copy">Reference
   * </a>.
   */
  COPY {
    @Override
    CopyEnds ends(Statement statement, List<String> upstream) {
      // Each path with those that a plus sign appends to it.
      List<List<String>> paths = new ArrayList<>();
      boolean appends = false;
      for (Word word : statement.arguments()) {
        if (word.isSlashOption()) {
          continue;
        }
        List<String> parts = word.quoted() ? List.of(word.text()) : partsOf(word.text());
        if ((appends || word.text().startsWith("+")) && !paths.isEmpty()) {
          paths.get(paths.size() - 1).addAll(parts);
        } else {
          paths.add(new ArrayList<>(parts));
        }
        appends = !word.quoted() && word.text().endsWith("+");
      }
      paths.removeIf(List::isEmpty);
      boolean hasDestination = paths.size() > 1;
      String destination = hasDestination ? paths.remove(paths.size() - 1).get(0) : null;
      return new CopyEnds(paths.stream().flatMap(List::stream).toList(), destination);
    }

    private List<String> partsOf(String joined) {
      return Arrays.stream(joined.split("\\+")).filter(part -> !part.isEmpty()).toList();
    }
  },
  /** {@code move [/options] source [destination]} of cmd. */
  MOVE {
    @Override
    CopyEnds ends(Statement statement, List<String> upstream) {
      return lastIsDestination(withoutSlashOptions(statement));
    }
  },
  /**
   * {@code xcopy source [destination] [/options]}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/xcopy">Reference
   * </a>.
   */
  XCOPY {
    @Override
    CopyEnds ends(Statement statement, List<String> upstream) {
      return lastIsDestination(withoutSlashOptions(statement));
    }
  },
  /**
   * {@code robocopy source destination [file…] [/options]}. <a
   * href="https://learn.microsoft.com/windows-server/administration/windows-commands/robocopy">
   * Reference</a>.
   */
  ROBOCOPY {
    @Override
    CopyEnds ends(Statement statement, List<String> upstream) {
      List<String> paths = new ArrayList<>();
      boolean excluded = false;
      for (Word word : statement.arguments()) {
        if (word.isSlashOption()) {
          // These two take every word up to the next option.
          excluded = word.text().equalsIgnoreCase("/xf") || word.text().equalsIgnoreCase("/xd");
        } else if (!excluded) {
          paths.add(word.text());
        }
      }
      if (paths.isEmpty()) {
        return new CopyEnds(List.of(), null);
      }
      String folder = paths.get(0);
      List<String> files = paths.subList(Math.min(2, paths.size()), paths.size());
      List<String> sources =
          files.isEmpty()
              ? List.of(folder)
              : files.stream().map(file -> WindowsPath.join(folder, file)).toList();
      return new CopyEnds(sources, paths.size() > 1 ? paths.get(1) : null);
    }
  },
  /**
   * {@code Copy-Item} and {@code Move-Item}, whose paths may be named, positional, abbreviated or
   * come down the pipe. <a
   * href="https://learn.microsoft.com/powershell/module/microsoft.powershell.management/copy-item">
   * Reference</a>.
   */
  ITEM_CMDLET {
    @Override
    CopyEnds ends(Statement statement, List<String> upstream) {
      CmdletArguments arguments = CmdletArguments.of(statement.arguments());
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
        sources.addAll(upstream);
      }
      return new CopyEnds(sources, destinations.isEmpty() ? null : destinations.get(0));
    }
  };

  private static final Map<String, CopyTool> EVERYWHERE =
      Map.of("xcopy", XCOPY, "robocopy", ROBOCOPY);

  private static final Map<String, CopyTool> IN_CMD = Map.of("copy", COPY, "move", MOVE);

  private static final Map<String, CopyTool> IN_POWERSHELL =
      Map.of(
          "copy-item", ITEM_CMDLET,
          "move-item", ITEM_CMDLET,
          // The aliases that PowerShell itself defines.
          "copy", ITEM_CMDLET,
          "cp", ITEM_CMDLET,
          "cpi", ITEM_CMDLET,
          "move", ITEM_CMDLET,
          "mv", ITEM_CMDLET,
          "mi", ITEM_CMDLET);

  /** The tool that a command's name stands for in a shell; null when it copies nothing. */
  static @Nullable CopyTool of(String command, Shell shell) {
    CopyTool tool = EVERYWHERE.get(command);
    if (tool != null) {
      return tool;
    }
    return switch (shell) {
      case CMD -> IN_CMD.get(command);
      case POWERSHELL -> IN_POWERSHELL.get(command);
    };
  }

  /**
   * What the statement copies.
   *
   * @param upstream the paths that the statement before it in a pipe names
   */
  abstract CopyEnds ends(Statement statement, List<String> upstream);

  private static List<String> withoutSlashOptions(Statement statement) {
    return statement.arguments().stream()
        .filter(word -> !word.isSlashOption())
        .map(Word::text)
        .toList();
  }

  private static CopyEnds lastIsDestination(List<String> paths) {
    if (paths.size() < 2) {
      return new CopyEnds(paths, null);
    }
    int last = paths.size() - 1;
    return new CopyEnds(paths.subList(0, last), paths.get(last));
  }
}
