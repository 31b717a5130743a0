package io.stagehound.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.Steps;
import io.stagehound.commandline.CopyCommand;
import io.stagehound.commandline.CopyDirection;
import io.stagehound.score.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepTest {

  @ParameterizedTest
  @CsvSource({
    "TO_UNC, COPY",
    "FROM_UNC, PULL",
    "BOTH, PULL COPY",
    "UNKNOWN, COPY",
    "LOCAL, ''",
  })
  void theRolesOfACopyAreThoseOfItsDirection(CopyDirection direction, String roles) {
    Detection copy = Steps.copy(1, "ws1", "C:\\x").detection();
    var command = Objects.requireNonNull(copy.copy());
    Detection turned =
        copy.withCopy(
            new CopyCommand(
                "xcopy", direction, command.targets(), command.sources(), command.destinations()),
            List.of());
    assertThat(Step.of(turned, Arrival.ON_TIME, null))
        .extracting(step -> step.name().name())
        .isEqualTo(roles.isEmpty() ? List.of() : List.of(roles.split(" ")));
  }

  @Test
  void ofEqualTimesTheOneThatMustComeFirstDoes() {
    List<Step> steps =
        new ArrayList<>(
            List.of(
                Steps.copy(5, "a", "x"),
                Steps.archive(5, "a", "C:\\Temp\\a.zip"),
                Steps.bulk(5, "a", "C:\\Temp\\a.docx"),
                Steps.pull(5, "a", "fs01"),
                Steps.copy(4, "a", "x")));
    steps.sort(Step.ORDER);
    assertThat(steps)
        .extracting(Step::name)
        .containsExactly(
            StepName.COPY, StepName.PULL, StepName.BULK, StepName.ARCHIVE, StepName.COPY);
  }

  @Test
  void oneCommandOnTwoHostsIsTwoStepsAndUnderTwoNamesOfAHostOne() {
    String identity = Steps.copy(5, "ws1", "x").identity();
    assertThat(Steps.copy(5, "ws2", "x").identity()).isNotEqualTo(identity);
    assertThat(Steps.copy(5, "ws1.corp.example", "x").identity()).isEqualTo(identity);
    assertThat(Steps.arriving(Steps.copy(5, "ws1", "x"), Arrival.LATE).identity())
        .isEqualTo(identity);
  }

  @Test
  void aLongTextIsCut() {
    String text = "x".repeat(1 << 20);
    Detection detection = Steps.copy(1, "a", text, text, text).detection();
    Step step = Step.of(detection, Arrival.ON_TIME, null).get(0);
    assertThat(step.characters()).isLessThan(20 * Step.TEXT_LIMIT);
  }

  @Test
  void theProcessIsPartOfWhatAStepTakes() {
    Step alone = Steps.archive(1, "a", "C:\\Temp\\a.zip");
    ProcessStart process = new ProcessStart("g", null, 0, "12345", null, "1234567890", "123", "g");
    Step joined = new Step(alone.name(), alone.detection(), alone.arrival(), process);
    assertThat(joined.characters()).isEqualTo(alone.characters() + 18);
  }
}
