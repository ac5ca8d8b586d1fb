package dev.sluice.frontend.grpc;

import dev.sluice.frontend.drain.FrontendDrain;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.QueryStatistics;
import dev.sluice.frontend.query.model.Model;
import dev.sluice.frontend.query.model.ModelStatistics;
import dev.sluice.frontend.query.model.Models;
import dev.sluice.frontend.query.model.Repository;
import dev.sluice.frontend.query.model.ServerInfo;
import dev.sluice.frontend.rpc.CallInfo;
import inference.ModelStatisticsResponse;
import inference.RepositoryIndexResponse;
import inference.ServerMetadataResponse;

/** What this server says of itself, and to the caller whom the current thread serves of its models. */
final class ModelDirectory {

    private final Gateway gateway;
    private final FrontendDrain drain;
    private final QueryStatistics statistics;
    private final ServerInfo server;

    ModelDirectory(Gateway gateway, FrontendDrain drain, QueryStatistics statistics, ServerInfo server) {
        this.gateway = gateway;
        this.drain = drain;
        this.statistics = statistics;
        this.server = server;
    }

    boolean isReady() {
        return gateway.ready() && !drain.isDraining();
    }

    /** @param version empty: whatever callers get */
    Model describe(String name, String version) {
        return models().describe(name, version.isEmpty() ? null : version);
    }

    private Models models() {
        return new Models(gateway, CallInfo.current().caller());
    }

    Repository repository() {
        return new Repository(models(), CallInfo.current().caller());
    }

    ServerMetadataResponse server() {
        return ServerMetadataResponse.newBuilder()
                .setName(ServerInfo.NAME)
                .setVersion(server.version())
                .addAllExtensions(ServerInfo.EXTENSIONS)
                .build();
    }

    RepositoryIndexResponse index() {
        return RepositoryIndexResponse.newBuilder()
                .addAllModels(
                        models().all().stream().map(ModelMessages::indexed).toList())
                .build();
    }

    /** @param name empty: of all */
    ModelStatisticsResponse statistics(String name, String version) {
        return ModelStatisticsResponse.newBuilder()
                .addAllModelStats(ModelStatistics.of(models(), statistics, name, version).stream()
                        .map(ModelMessages::statistics)
                        .toList())
                .build();
    }
}
