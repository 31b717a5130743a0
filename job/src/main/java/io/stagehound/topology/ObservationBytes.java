package io.stagehound.topology;

/**
 * An observation on its way to the memory of its host: in a hunt through history it is sorted on
 * the way, and so written and read several times, as it is once by {@link ObservationFormat}.
 *
 * @param host the host's key
 * @param bytes the observation
 */
@SuppressWarnings("ArrayRecordComponent") // No two are ever compared.
public record ObservationBytes(String host, byte[] bytes) {}
