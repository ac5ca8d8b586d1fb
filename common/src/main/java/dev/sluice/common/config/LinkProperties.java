package dev.sluice.common.config;

import dev.sluice.common.link.LinkSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the links between the processes of a platform.
 *
 * @param maxPayload the largest input or result
 * @param queryCredit how many bytes of queries each peer may have with this process at a time
 * @param resultCredit likewise for results
 * @param lease a peer that is silent for so long is given up
 */
@ConfigurationProperties("sluice.link")
public record LinkProperties(
        @DefaultValue("64MB") DataSize maxPayload,
        @DefaultValue("256MB") DataSize queryCredit,
        @DefaultValue("256MB") DataSize resultCredit,
        @DefaultValue("3s") Duration lease) {

    /** @throws SettingRefused where the settings contradict each other */
    public LinkSettings settings(String clusterSecret) {
        try {
            return new LinkSettings(
                    clusterSecret, maxPayload.toBytes(), queryCredit.toBytes(), resultCredit.toBytes(), lease);
        } catch (IllegalArgumentException e) {
            throw new SettingRefused(String.valueOf(e.getMessage()), "Correct the setting, or leave the default.");
        }
    }
}
