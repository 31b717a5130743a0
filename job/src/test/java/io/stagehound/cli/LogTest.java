package io.stagehound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagehound.output.UnsafeText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** What the log of a hunt in this process may write to a terminal. */
class LogTest {

  private static final String EVIL = "\u001b]0;pwned\u0007\u009b31m\u202e\u2028\u007f\r";

  private static String written(String message, Throwable thrown) throws Exception {
    URL properties = Objects.requireNonNull(Main.class.getResource("/log4j2.properties"));
    Configuration configuration =
        ConfigurationFactory.getInstance()
            .getConfiguration(new LoggerContext("log"), "log", properties.toURI());
    configuration.initialize();
    Appender appender = configuration.getAppender("stderr");
    return appender
        .getLayout()
        .toSerializable(
            Log4jLogEvent.newBuilder()
                .setLoggerName("io.stagehound.Test")
                .setLevel(Level.ERROR)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build())
        .toString();
  }

  @Test
  void whatIsLoggedCannotCommandTheTerminal() throws Exception {
    IOException thrown =
        new IOException("cannot", new FileNotFoundException("x" + EVIL + "y.json"));
    String log = written("a" + EVIL + "\nb", thrown);
    assertThat(log.codePoints().filter(c -> c != '\n' && c != '\t'))
        .noneMatch(UnsafeText::isUnsafe);
    assertThat(log.lines().toList().get(0)).contains("ERROR Test - a?]0;pwned?").endsWith("\\nb");
    assertThat(log).contains("Caused by: java.io.FileNotFoundException: x?]0;pwned?");
    assertThat(log.split("FileNotFoundException", -1)).as("the exception is told once").hasSize(2);
  }
}
