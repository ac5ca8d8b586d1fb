package dev.sluice.common.config;

import java.time.Duration;

/**
 * What Spring gives a service to stop in. What is set to end by itself has to fit into it, else it is cut off.
 *
 * @param limit {@code spring.lifecycle.timeout-per-shutdown-phase}
 */
public record StopTime(Duration limit) {

    /** @throws SettingRefused where the stop is cut off before a setting's time has passed */
    public void mustHold(String setting, Duration value) {
        mustHold(setting, value, Duration.ZERO);
    }

    /**
     * @param more what has to be done after it
     * @throws SettingRefused where the stop is cut off before that
     */
    public void mustHold(String setting, Duration value, Duration more) {
        if (value.plus(more).compareTo(limit) >= 0) {
            String after = more.isZero() ? "" : ", after which up to " + more.toMillis() + " ms are needed";
            throw new SettingRefused(
                    setting + " is " + value.toMillis() + " ms" + after + ", but a stop is cut off after "
                            + limit.toMillis() + " ms (spring.lifecycle.timeout-per-shutdown-phase).",
                    "Lower the first or raise the second.");
        }
    }
}
