package io.stagehound.commandline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
      for (Word word : ownArguments(statement).paths()) {
        int from = 0;
        while (from < word.text().length()) {
          int plus = word.bare().indexOf('+', from);
          int to = plus < 0 ? word.text().length() : plus;
          if (to > from) {
            if (!appends || paths.isEmpty()) {
              paths.add(new ArrayList<>());
            }
            paths.get(paths.size() - 1).add(word.text().substring(from, to));
            appends = false;
          }
          appends |= plus >= 0;
          from = to + 1;
        }
      }
      boolean hasDestination = paths.size() > 1;
      String destination = hasDestination ? paths.remove(paths.size() - 1).get(0) : null;
      return new CopyEnds(paths.stream().flatMap(List::stream).toList(), destination);
    }
  },
  /** {@code move [/options] source [destination]} of cmd. */
  MOVE {
    @Override
    CopyEnds ends(Statement statement, List<String> upstream) {
      return lastIsDestination(ownArguments(statement));
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
      return lastIsDestination(SlashArguments.of(statement.arguments()));
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
      boolean recursive = false;
      for (Word word : statement.arguments()) {
        if (word.isSlashOption()) {
          String option = word.text().toLowerCase(Locale.ROOT);
          // These two take every word up to the next option.
          excluded = option.equals("/xf") || option.equals("/xd");
          recursive |= ROBOCOPY_RECURSION.contains(option);
        } else if (!excluded) {
          paths.add(word.text());
        }
      }
      if (paths.isEmpty()) {
        return new CopyEnds(List.of(), null);
      }
      String folder = paths.get(0);
      List<String> files =
          paths.stream()
              .skip(2)
              .filter(WindowsPath::isRelative)
              .limit(CopyCommand.LIST_LIMIT)
              .toList();
      String destination = paths.size() > 1 ? paths.get(1) : null;
      if (files.isEmpty()) {
        return new CopyEnds(List.of(folder), destination);
      }
      return new CopyEnds(
          folder,
          recursive ? files.stream().map(WindowsPath::throughFolders).toList() : files,
          destination);
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
        sources.addAll(upstream);
      }
      if (destinations.isEmpty() && arguments.splatted()) {
        destinations.add(UNKNOWN);
      }
      return new CopyEnds(sources, destinations.isEmpty() ? null : destinations.get(0));
    }
  };

  /** A variable that no line can set. */
  private static final String UNKNOWN = "$";

  private static final Set<String> ROBOCOPY_RECURSION = Set.of("/s", "/e", "/mir");

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

  /**
   * The arguments of a command that is cmd's own, between which commas, semicolons and equals signs
   * stand as spaces do.
   */
  private static SlashArguments ownArguments(Statement statement) {
    return SlashArguments.of(
        statement.arguments().stream().flatMap(word -> word.parts(",;=").stream()).toList());
  }

  private static CopyEnds lastIsDestination(SlashArguments arguments) {
    List<String> paths = arguments.paths().stream().map(Word::text).toList();
    int last = paths.size() - 1;
    List<String> sources = last < 1 ? paths : paths.subList(0, last);
    return new CopyEnds(
        arguments.recursive()
            ? sources.stream().map(WindowsPath::throughFolders).toList()
            : sources,
        last < 1 ? null : paths.get(last));
  }
}
