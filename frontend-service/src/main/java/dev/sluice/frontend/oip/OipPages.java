package dev.sluice.frontend.oip;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.model.ModelStatistics;
import dev.sluice.frontend.query.model.Models;
import dev.sluice.frontend.query.model.Repository;
import dev.sluice.frontend.query.model.ServerInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Everything under {@code /v2} but queries. */
public final class OipPages {

    private final Gateway gateway;
    private final FrontendDrain drain;
    private final QueryStatistics statistics;
    private final ServerInfo server;
    private final JsonMapper json = JsonMapper.shared();

    public OipPages(Gateway gateway, FrontendDrain drain, QueryStatistics statistics, ServerInfo server) {
        this.gateway = gateway;
        this.drain = drain;
        this.statistics = statistics;
        this.server = server;
    }

    /**
     * @param hasBody whether the request says more than its path does
     * @param caller who asks
     * @throws QueryException for what is not there, or not for the caller, or not ready
     */
    byte[] page(OipPath path, boolean hasBody, Caller caller) {
        return json.writeValueAsBytes(content(path, hasBody, caller));
    }

    private Object content(OipPath path, boolean hasBody, Caller caller) {
        Models models = new Models(gateway, caller);
        return switch (path.resource()) {
            case SERVER -> server();
            case LIVE -> Map.of("live", true);
            case READY -> ready();
            case MODELS ->
                Map.of(
                        "models",
                        models.all().stream().map(model -> model.name()).toList());
            case ALL_STATISTICS -> StatisticsPage.of(ModelStatistics.of(models, statistics, null, null));
            case MODEL -> ModelPages.metadata(models.describe(path.model(), path.version()));
            case MODEL_READY -> modelReady(path, models);
            case CONFIG -> ModelPages.config(models.describe(path.model(), path.version()));
            case STATISTICS -> StatisticsPage.of(ModelStatistics.of(models, statistics, path.model(), path.version()));
            case INDEX -> models.all().stream().map(ModelPages::indexed).toList();
            case LOAD -> load(path, hasBody, new Repository(models, caller));
            case UNLOAD -> unload(path, new Repository(models, caller));
            case INFER, GENERATE, GENERATE_STREAM -> throw new IllegalArgumentException("a query is no page");
        };
    }

    private Map<String, Object> server() {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", ServerInfo.NAME);
        page.put("version", server.version());
        page.put("extensions", ServerInfo.EXTENSIONS);
        return page;
    }

    private Map<String, Object> ready() {
        if (drain.isDraining()) {
            throw FrontendDrain.STOPPING.toException();
        }
        if (!gateway.ready()) {
            throw new Failure(ErrorCode.UNAVAILABLE, "This frontend has not heard of the actors yet.", 1_000)
                    .toException();
        }
        return Map.of("ready", true);
    }

    private Map<String, Object> modelReady(OipPath path, Models models) {
        ready();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("name", models.describe(path.model(), path.version()).name());
        page.put("ready", true);
        return page;
    }

    private static Object load(OipPath path, boolean hasBody, Repository repository) {
        repository.load(path.model(), hasBody);
        return Map.of();
    }

    private static Object unload(OipPath path, Repository repository) {
        repository.unload(path.model());
        return List.of();
    }
}
