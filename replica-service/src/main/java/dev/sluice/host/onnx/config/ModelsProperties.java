package dev.sluice.host.onnx.config;

import dev.sluice.common.config.ActorLimits;
import dev.sluice.common.config.SettingRefused;
import dev.sluice.host.onnx.session.RuntimeSettings;
import dev.sluice.host.onnx.session.RuntimeSettings.Optimisation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the ONNX models of a host.
 *
 * @param dir a folder of models, as NAME/VERSION/model.onnx
 * @param serve whether every version in the folder is served at once; else routers are only told that it is there
 * @param watchInterval how often the folder is looked at
 * @param maxBatchSize rows that are computed together, where a model's config says nothing
 * @param intraThreads that work on one operator, where a model's config says nothing; 0: found out
 * @param interThreads that work on operators side by side, likewise
 * @param batchThreads that work on one batch side by side, each on some of its rows, likewise; 0: found out where that is so for operators, and else 1
 * @param provider of operators, as ONNX Runtime names it in lower case, likewise
 * @param optimisation of graphs, likewise
 * @param spinning whether threads that wait for work keep their processor busy, likewise
 */
@ConfigurationProperties("sluice.host.models")
record ModelsProperties(
        @Nullable Path dir,
        @DefaultValue("true") boolean serve,
        @DefaultValue("2s") Duration watchInterval,
        @DefaultValue("32") int maxBatchSize,
        @DefaultValue("0") int intraThreads,
        @DefaultValue("1") int interThreads,
        @DefaultValue("0") int batchThreads,
        @DefaultValue("cpu") String provider,
        @DefaultValue("all") Optimisation optimisation,
        @DefaultValue("false") boolean spinning) {

    ModelsProperties {
        if (dir != null && !Files.isDirectory(dir)) {
            throw new SettingRefused(
                    "sluice.host.models.dir is " + dir + ", which is no folder.",
                    "Write a folder that has one folder for each model, or make this one.");
        }
        if (watchInterval.isNegative() || watchInterval.isZero()) {
            throw new SettingRefused(
                    "sluice.host.models.watch-interval is " + watchInterval + ".",
                    "Write how often the folder is looked at, for instance 2s.");
        }
        if (maxBatchSize < 1 || maxBatchSize > ActorLimits.LARGEST_BATCH) {
            throw new SettingRefused(
                    "sluice.host.models.max-batch-size is " + maxBatchSize + ".",
                    "Write a number from 1 to " + ActorLimits.LARGEST_BATCH + ".");
        }
        if (intraThreads < 0 || interThreads < 1 || batchThreads < 0) {
            throw new SettingRefused(
                    "sluice.host.models has intra-threads " + intraThreads + ", inter-threads " + interThreads
                            + " and batch-threads " + batchThreads + ".",
                    "Write 0 or more for the first and the last, and 1 or more for the second.");
        }
    }

    RuntimeSettings runtime() {
        return new RuntimeSettings(
                intraThreads, interThreads, batchThreads, provider.toLowerCase(Locale.ROOT), optimisation, spinning);
    }
}
