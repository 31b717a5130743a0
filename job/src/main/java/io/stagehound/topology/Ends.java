package io.stagehound.topology;

import io.stagehound.alert.Alert;
import io.stagehound.decode.DeadLetter;
import io.stagehound.decode.Decoded;
import io.stagehound.score.Detection;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * The ends of the graph: all in which a backfill over files and a live hunt differ.
 *
 * @param telemetry where records come from, decoded where they are read
 * @param watermarks how time advances; it also gives each event its timestamp
 * @param detections where the hunt's table goes
 * @param laterDetections where rows of that table go that are found later than at their event: of
 *     logs other than Sysmon's, and of copies to mapped drives
 * @param alerts where alerts go
 * @param deadLetters where records go that could not be used
 */
public record Ends(
    Source<Decoded, ?, ?> telemetry,
    WatermarkStrategy<Decoded> watermarks,
    Sink<Detection> detections,
    Sink<Detection> laterDetections,
    Sink<Alert> alerts,
    Sink<DeadLetter> deadLetters) {}
