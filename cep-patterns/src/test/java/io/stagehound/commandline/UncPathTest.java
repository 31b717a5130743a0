package io.stagehound.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UncPathTest {

  @ParameterizedTest(name = "{0}: loopback {1}, admin share {2}")
  @CsvSource({
    "\\\\127.0.0.1\\StagingTest$, true, false",
    "\\\\localhost\\C$, true, true",
    "\\\\LOCALHOST\\admin$\\x, true, true",
    "\\\\fs01\\d$, false, true",
    "\\\\fs01\\ipc$, false, true",
    "\\\\fs01\\hidden$, false, false",
    "\\\\127.255.0.9\\s, true, false",
    "\\\\127.evil.example\\s, false, false",
    "\\\\127.0.0.1.evil.example\\s, false, false",
    "\\\\127.0.0\\s, false, false",
    "\\\\$env:COMPUTERNAME\\c$, true, true",
    "\\\\%COMPUTERNAME%\\c$, true, true",
    "\\\\0--1.ipv6-literal.net\\s, true, false",
  })
  void targetsAreTold(String text, boolean loopback, boolean adminShare) {
    UncPath path = Objects.requireNonNull(UncPath.parse(text));
    assertThat(path.isLoopback()).isEqualTo(loopback);
    assertThat(path.isAdminShare()).isEqualTo(adminShare);
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "\\\\WS5\\c$, ws5, true",
    "\\\\ws5.corp.example\\c$, ws5, true",
    "\\\\ws51\\c$, ws5, false",
    "\\\\fs01\\c$, ws5, false",
    "\\\\localhost\\c$, ws5, true",
    "\\\\10.1.2.3\\c$, 10.1.2.3, true",
    "\\\\10.1.2.30\\c$, 10.1.2.3, false",
    "\\\\fs01\\c$, '', false",
  })
  void aMachineIsLoopbackToItself(String text, String host, boolean loopback) {
    assertThat(Objects.requireNonNull(UncPath.parse(text)).isLoopback(host)).isEqualTo(loopback);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "\\\\fs01\\\\drop, \\\\fs01\\drop",
    "\\\\fs01\\drop\\\\in\\\\, \\\\fs01\\drop\\in",
    "\\\\fs01/drop/in, \\\\fs01\\drop\\in",
    "\\\\fs01\\$env:USERNAME$\\x, \\\\fs01\\$env:USERNAME$\\x",
    "\\\\$srv\\c$, \\\\$srv\\c$",
  })
  void aPathIsReadAsWindowsReadsIt(String text, String read) {
    assertThat(Objects.requireNonNull(UncPath.parse(text)).text()).isEqualTo(read);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "C:\\\\Windows",
        "\\\\\\\\fs01\\drop",
        "\\\\root\\\\cimv2",
        "\\\\h\\\\root\\cimv2",
        "\\\\h\\\\pipe\\x",
        "\\\\fs01\\a:b",
        "\\\\fs01\\$a:*",
        "\\\\fs01\\\\",
      })
  void whatOnlyLooksLikeAPathIsNone(String text) {
    assertThat(UncPath.parse(text)).isNull();
  }

  @Test
  void aTextLongerThanAPathIsNone() {
    String longest = "\\\\fs01\\drop\\" + "a".repeat(32_767 - 12);
    assertThat(UncPath.parse(longest)).isNotNull();
    assertThat(UncPath.parse(longest + "a")).isNull();
  }
}
