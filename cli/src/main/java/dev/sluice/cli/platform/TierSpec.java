package dev.sluice.cli.platform;

import java.util.List;
import java.util.Map;

/**
 * How one tier is run.
 *
 * @param count its processes
 * @param firstPort the port of the first process, the others follow; 0: each takes a free one
 * @param jvmOptions what is added to the tier's usual options of the JVM; a later one wins over an earlier one
 * @param properties Spring properties that all its processes get
 */
public record TierSpec(int count, int firstPort, List<String> jvmOptions, Map<String, String> properties) {

    public TierSpec {
        if (count < 0) {
            throw new PlatformException("There cannot be " + count + " processes of a tier: ask for 0 or more.");
        }
        if (firstPort < 0 || firstPort + Math.max(0, count - 1) > 65_535) {
            throw new PlatformException("Port " + firstPort + " is out of range: choose one from 1 to 65535.");
        }
        jvmOptions = List.copyOf(jvmOptions);
        properties = Map.copyOf(properties);
    }

    TierSpec withCount(int newCount) {
        return new TierSpec(newCount, firstPort, jvmOptions, properties);
    }

    TierSpec withFirstPort(int newFirstPort) {
        return new TierSpec(count, newFirstPort, jvmOptions, properties);
    }

    TierSpec withJvmOptions(List<String> more) {
        return new TierSpec(count, firstPort, Copies.plus(jvmOptions, more), properties);
    }

    TierSpec withProperty(String key, String value) {
        return new TierSpec(count, firstPort, jvmOptions, Copies.plus(properties, key, value));
    }
}
