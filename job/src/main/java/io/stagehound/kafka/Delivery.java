package io.stagehound.kafka;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** How often what the hunt writes may be read. */
public enum Delivery {
  /**
   * At least once: an alert leaves at once; after a failure some lines are written again, alerts
   * under the same id and revision.
   */
  AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE),
  /**
   * Exactly once, for readers of committed records: lines are to be seen when a checkpoint is
   * complete.
   */
  EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE);

  private final DeliveryGuarantee guarantee;

  Delivery(DeliveryGuarantee guarantee) {
    this.guarantee = guarantee;
  }

  DeliveryGuarantee guarantee() {
    return guarantee;
  }
}
