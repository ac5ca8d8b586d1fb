package dev.sluice.router.fleet.change;

import dev.sluice.common.placement.VersionSettings;
import dev.sluice.common.placement.VersionSpec;
import java.util.Map;
import java.util.Optional;

/** In what a version differs from another; what is empty is as there. Arguments are replaced as a whole. */
public record VersionChange(
        Optional<String> version,
        Optional<String> kind,
        Optional<String> type,
        Optional<Map<String, String>> args,
        VersionSettings settings) {

    /** Whether it says of what a version is made. */
    boolean saysMore() {
        return kind.isPresent() || type.isPresent() || args.isPresent() || !settings.equals(VersionSettings.UNSET);
    }

    VersionSpec over(VersionSpec base) {
        return new VersionSpec(
                version.orElse(base.version()),
                kind.orElse(base.kind()),
                type.orElse(base.type()),
                args.orElse(base.args()),
                over(base.settings()));
    }

    private VersionSettings over(VersionSettings base) {
        return new VersionSettings(
                settings.sloMillis().or(base::sloMillis),
                settings.scheduler().or(base::scheduler),
                settings.maxBatchSize().or(base::maxBatchSize),
                settings.maxWaitMillis().or(base::maxWaitMillis),
                settings.idempotent().or(base::idempotent),
                settings.scheduling().or(base::scheduling));
    }
}
