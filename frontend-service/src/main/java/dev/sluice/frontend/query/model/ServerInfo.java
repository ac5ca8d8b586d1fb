package dev.sluice.frontend.query.model;

import java.util.List;

/**
 * What this server says of itself.
 *
 * @param version of this frontend
 */
public record ServerInfo(String version) {

    public static final String NAME = "sluice";

    /** Of every model: what runs behind an actor is its host's business. */
    public static final String PLATFORM = "sluice";

    /** As clients know them by name. */
    public static final List<String> EXTENSIONS = List.of(
            "binary_tensor_data",
            "parameters",
            "schedule_policy",
            "statistics",
            "model_configuration",
            "model_repository",
            "generate");
}
