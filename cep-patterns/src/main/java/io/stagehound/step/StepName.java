package io.stagehound.step;

/**
 * The role that a detection has in a pattern. Of steps of one time, the one named first here came
 * first: equal times count as in order. The names are Flink state: they never change.
 */
public enum StepName {
  /** Files are copied from a UNC path. */
  PULL("pull"),
  /** One process tree has put an unusual number of files into one staging folder. */
  BULK("bulk"),
  /** An archive is written into a staging directory. */
  ARCHIVE("archive"),
  /** Files are copied to a UNC path. */
  COPY("copy");

  private final String published;

  StepName(String published) {
    this.published = published;
  }

  /** The name that alerts carry, and the stage's name in a CEP pattern. */
  public String published() {
    return published;
  }
}
