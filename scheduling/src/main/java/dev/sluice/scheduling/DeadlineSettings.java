package dev.sluice.scheduling;

import java.util.Objects;

/**
 * What the deadline scheduler goes by.
 *
 * @param batchRule how large a batch is
 */
public record DeadlineSettings(BatchRule batchRule) {

    public static final DeadlineSettings DEFAULT = new DeadlineSettings(BatchRule.CLIMB);

    public DeadlineSettings {
        Objects.requireNonNull(batchRule, "batchRule");
    }
}
