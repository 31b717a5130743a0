package io.stagehound.decode;

import io.stagehound.event.SysmonEvent;

/** Where a decoder puts what it finds: one call for each record. */
public interface DecodedSink {

  /** A relevant record, decoded. */
  void event(SysmonEvent event);

  /** A whole and readable Windows record of a kind that Stagehound does not use. */
  void notRelevant();

  /** A record that could not be used. */
  void deadLetter(DeadLetter deadLetter);
}
