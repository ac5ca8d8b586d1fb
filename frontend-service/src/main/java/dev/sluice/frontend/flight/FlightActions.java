package dev.sluice.frontend.flight;

import arrow.flight.protocol.Action;
import arrow.flight.protocol.ActionType;
import arrow.flight.protocol.Result;
import com.google.protobuf.ByteString;
import dev.sluice.frontend.query.QueryOptions;
import java.util.List;

/** What may be asked of the server beside queries. */
final class FlightActions {

    private static final String HEALTH = "health";
    private static final String ACTORS = "actors";

    private final FlightDirectory directory;

    FlightActions(FlightDirectory directory) {
        this.directory = directory;
    }

    static List<ActionType> types() {
        return List.of(
                type(HEALTH, "{\"ready\": true} while this server takes queries."),
                type(ACTORS, "A JSON object for each method of each actor: what it takes and gives."));
    }

    private static ActionType type(String name, String description) {
        return ActionType.newBuilder().setType(name).setDescription(description).build();
    }

    /** @throws dev.sluice.common.error.QueryException {@code INVALID_INPUT} where there is no such action */
    List<Result> act(Action action) {
        return switch (action.getType()) {
            case HEALTH -> List.of(result(ByteString.copyFromUtf8("{\"ready\":" + directory.isReady() + "}")));
            case ACTORS ->
                directory.models().stream()
                        .map(model -> result(ByteString.copyFrom(ModelDescription.json(model))))
                        .toList();
            default -> throw QueryOptions.invalid("There is no such action; there are health and actors.");
        };
    }

    private static Result result(ByteString body) {
        return Result.newBuilder().setBody(body).build();
    }
}
