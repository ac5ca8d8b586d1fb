package dev.sluice.frontend.query.model;

import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.QueryStatistics.OfMethod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the queries of one version of a model ended in this frontend's life; times are in nanoseconds.
 *
 * @param failed those that ended without a result, but not because their caller went away
 */
public record ModelStatistics(
        String name, String version, long answered, long answeredNanos, long failed, long failedNanos) {

    /**
     * Of one model, or of all.
     *
     * @param only null: of all models that are published
     * @param version of {@code only}; null: of every version that was served
     */
    public static List<ModelStatistics> of(
            Models models, QueryStatistics statistics, @Nullable String only, @Nullable String version) {
        List<Model> asked = only == null || only.isEmpty() ? models.all() : List.of(models.find(only, null));
        return statistics.all().stream()
                .flatMap(counted -> model(asked, counted).stream().map(model -> of(model, counted)))
                .filter(of -> version == null || version.isEmpty() || of.version.equals(version))
                .sorted(Comparator.comparing(ModelStatistics::name).thenComparing(ModelStatistics::version))
                .toList();
    }

    private static Optional<Model> model(List<Model> models, OfMethod counted) {
        return models.stream()
                .filter(model -> model.actor().name().equals(counted.actor())
                        && model.method().name().equals(counted.method()))
                .findFirst();
    }

    private static ModelStatistics of(Model model, OfMethod counted) {
        return new ModelStatistics(
                model.name(),
                counted.version(),
                counted.answered(),
                counted.answeredNanos(),
                counted.failed(),
                counted.failedNanos());
    }
}
