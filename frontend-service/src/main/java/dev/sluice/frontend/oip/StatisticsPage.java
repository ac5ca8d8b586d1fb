package dev.sluice.frontend.oip;

import dev.sluice.frontend.query.model.ModelStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How queries ended, as Triton writes it. What a frontend does not see, in queues and on hosts, stays 0; so does {@code
 * last_inference}, since no tier reads a wall clock.
 */
final class StatisticsPage {

    private StatisticsPage() {}

    static Map<String, Object> of(List<ModelStatistics> statistics) {
        return Map.of("model_stats", statistics.stream().map(StatisticsPage::of).toList());
    }

    private static Map<String, Object> of(ModelStatistics model) {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("success", duration(model.answered(), model.answeredNanos()));
        stats.put("fail", duration(model.failed(), model.failedNanos()));
        // Load generators find the version that they drive by these.
        stats.put("queue", duration(model.answered(), 0));
        stats.put("compute_input", duration(model.answered(), 0));
        stats.put("compute_infer", duration(model.answered(), model.answeredNanos()));
        stats.put("compute_output", duration(model.answered(), 0));
        stats.put("cache_hit", duration(0, 0));
        stats.put("cache_miss", duration(0, 0));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", model.name());
        page.put("version", model.version());
        page.put("last_inference", 0);
        page.put("inference_count", model.answered());
        page.put("execution_count", model.answered());
        page.put("inference_stats", stats);
        page.put("batch_stats", List.of());
        page.put("memory_usage", List.of());
        page.put("response_stats", Map.of());
        return page;
    }

    private static Map<String, Object> duration(long count, long nanos) {
        Map<String, Object> duration = new LinkedHashMap<>();
        duration.put("count", count);
        duration.put("ns", nanos);
        return duration;
    }
}
