package io.stagehound.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineWriterTest {

  /** A text as it is. */
  private static final class TextFormat implements LineFormat<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(String text, JsonGenerator json) throws IOException {
      json.writeString(text);
    }

    @Override
    public byte[] sortKey(String text) {
      return new byte[0];
    }

    @Override
    public String key(String text) {
      return text;
    }

    @Override
    public String cutTo(String text, int limit) {
      return text;
    }
  }

  private static String write(String text) throws IOException {
    return new String(new LineWriter<>(new TextFormat()).write(text), StandardCharsets.UTF_8);
  }

  @Test
  void everyCharacterReadsTheSameAndNoUnsafeOneIsWritten() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    for (int from = 0; from < 0x20000; from += 0x400) {
      StringBuilder text = new StringBuilder();
      for (int c = from; c < from + 0x400; c++) {
        text.append("a").appendCodePoint(c);
      }
      String line = write(text.toString());
      assertThat(mapper.readValue(line, String.class)).isEqualTo(text.toString());
      assertThat(line.codePoints().filter(UnsafeText::isUnsafe)).isEmpty();
    }
  }

  @Test
  void whatCouldCommandATerminalIsEscaped() throws IOException {
    assertThat(write("a\u001b\u007f\u009b\u00ad\u200b\u202e\u2028\u2066\ufeffé漢"))
        .isEqualToIgnoringCase(
            "\"a\\u001b\\u007f\\u009b\\u00ad\\u200b\\u202e\\u2028\\u2066\\ufeffé漢\"");
  }
}
