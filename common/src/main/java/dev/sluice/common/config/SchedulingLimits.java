package dev.sluice.common.config;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What settings of the {@code deadline} scheduler make sense, of a router and of a single actor alike.
 *
 * @param problems is told of each that does not
 */
public record SchedulingLimits(Consumer<Problem> problems) {

    public static final double HEAVIEST_PRIORITY = 1_000;

    /**
     * Refuses the first that does not, with a {@link SettingRefused}.
     *
     * @param prefix of the settings' keys
     */
    public static SchedulingLimits refusing(String prefix) {
        return new SchedulingLimits(problem -> {
            throw problem.in(prefix).refused();
        });
    }

    /** From 0 to 1. */
    public void hedgeShare(double share) {
        require(share >= 0 && share <= 1, "hedge-share", share, "Write a number from 0 to 1, such as 0.02.");
    }

    /** From 1 to 1000. */
    public void priorityWeight(double weight) {
        require(
                weight >= 1 && weight <= HEAVIEST_PRIORITY,
                "priority-weight",
                weight,
                "Write a number from 1 (priorities are ignored) to 1000.");
    }

    /** At least 1. */
    public void mostTenants(int tenants) {
        require(tenants >= 1, "most-tenants", tenants, "Write 1 or more.");
    }

    /** Each above 0. */
    public void tenantWeights(Map<String, Double> weights) {
        weights.forEach((tenant, weight) -> require(
                weight > 0 && weight <= Double.MAX_VALUE,
                "tenant-weights." + tenant,
                weight,
                "Write a number above 0; 1 is usual."));
    }

    private void require(boolean holds, String field, Object value, String action) {
        if (!holds) {
            problems.accept(new Problem(field, "is " + value, action));
        }
    }
}
