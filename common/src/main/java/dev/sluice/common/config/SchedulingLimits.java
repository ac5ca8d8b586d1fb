package dev.sluice.common.config;

import java.util.Map;

/**
 * What settings of the {@code deadline} scheduler make sense, of a router and of a single actor alike. Each refuses what does
 * not.
 *
 * @param prefix of the settings' keys
 */
public record SchedulingLimits(String prefix) {

    private static final double HEAVIEST_PRIORITY = 1_000;

    /** @throws SettingRefused where it is not from 0 to 1 */
    public void hedgeShare(double share) {
        require(share >= 0 && share <= 1, "hedge-share", share, "Write a number from 0 to 1, such as 0.02.");
    }

    /** @throws SettingRefused where it is not from 1 to 1000 */
    public void priorityWeight(double weight) {
        require(
                weight >= 1 && weight <= HEAVIEST_PRIORITY,
                "priority-weight",
                weight,
                "Write a number from 1 (priorities are ignored) to 1000.");
    }

    /** @throws SettingRefused where there is to be none */
    public void mostTenants(int tenants) {
        require(tenants >= 1, "most-tenants", tenants, "Write 1 or more.");
    }

    /** @throws SettingRefused where one is not above 0 */
    public void tenantWeights(Map<String, Double> weights) {
        weights.forEach((tenant, weight) -> require(
                weight > 0 && weight <= Double.MAX_VALUE,
                "tenant-weights." + tenant,
                weight,
                "Write a number above 0; 1 is usual."));
    }

    /** @throws SettingRefused with what the setting is, unless this holds */
    public void require(boolean holds, String key, Object value, String action) {
        if (!holds) {
            throw new SettingRefused(prefix + "." + key + " is " + value + ".", action);
        }
    }
}
