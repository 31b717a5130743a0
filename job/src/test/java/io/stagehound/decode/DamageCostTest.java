package io.stagehound.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What damage costs, in looks at bytes: it is never quadratic. */
class DamageCostTest {

  /** Counts the looks at its bytes. */
  private static final class CountingWindow extends ByteWindow {
    private final int length;
    private long looks;

    CountingWindow(String text) {
      this(text.getBytes(StandardCharsets.UTF_8));
    }

    private CountingWindow(byte[] bytes) {
      super(bytes);
      this.length = bytes.length;
    }

    @Override
    int peek(int offset) throws IOException {
      looks++;
      return super.peek(offset);
    }
  }

  private static double looksPerByte(String text) throws IOException {
    CountingWindow window = new CountingWindow(text);
    Collected collected = new Collected();
    TelemetryDecoder decoder = new TelemetryDecoder();
    try (RecordReader reader = new RecordReader("test", new TextInput(window, null))) {
      while (reader.readRecord(decoder, collected)) {
        // All that matters is what it costs.
      }
    }
    assertThat(collected.deadLetters).isNotEmpty().hasSizeLessThan(10_002);
    return (double) window.looks / window.length;
  }

  @ParameterizedTest(name = "''{0}''")
  @ValueSource(
      strings = {
        "<a>\n",
        "<a>\n{}\n",
        "<br>text\n",
        "<a b='\n",
        "<data>\n{}\n",
        "</a\n",
        "<!--\n",
        "<?\n",
        "<![CDATA[\n",
        "<a><![CDATA[\n",
        "<!DOCTYPE [\n",
        "<Event>\n",
        "<Event>\n{}\n",
        "<Event><a b='\n",
        "<a:a:a:",
        "{\"a\":\n",
        "{\"a\":[\n",
        "{\"a\":[\n{},\n",
        "{\"a\":\n<a>\n",
        "{\"a\":\"\\\n",
        "{\"a\" 1,\"b\":{\n",
        "{\"value\":[{},\n",
        "{\"value\":[{}\n",
        "}\n",
        "{}\n",
        "x\n"
      })
  void theSameBytesAreLookedAtAFewTimes(String line) throws IOException {
    double few = looksPerByte(line.repeat(10_000));
    double many = looksPerByte(line.repeat(40_000));
    assertThat(many).isLessThan(8).isLessThan(few * 1.1);
  }

  /** Each line may begin a record that hides the next line, so that each must be looked at. */
  @ParameterizedTest(name = "''{0}''")
  @ValueSource(strings = {"<Event><!--\n", "<Event>--><!--\n", "<a>--><!--\n{}\n"})
  void whatIsMadeToBeLookedAtAgainHasALimit(String line) throws IOException {
    int length = 2 << 20;
    assertThat(looksPerByte(line.repeat(length / line.length()))).isLessThan(4 * (64 / 2 + 16));
  }

  @Test
  void badRecordsInsideBadRecordsHaveALimit() throws IOException {
    String nested = "{ x\n".repeat(190) + " \n".repeat(4 << 20) + "}".repeat(190);
    assertThat(looksPerByte(nested)).isLessThan(64 / 8 + 16);
  }
}
