package dev.sluice.frontend.query.model;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.query.QueryOptions;

/** What callers can do to models through a frontend, which is to see that they are there: hosts load them, and routers place them. */
public final class Repository {

    private final Models models;
    private final Caller caller;

    /** @param models as the caller sees them */
    public Repository(Models models, Caller caller) {
        this.models = models;
        this.caller = caller;
    }

    /**
     * Nothing is left to do where the model is there.
     *
     * @param parameters whether the caller wants it otherwise than it is
     * @throws QueryException {@code FORBIDDEN} for whoever is no operator, {@code NOT_FOUND} where it is not, {@code INVALID_INPUT} for
     *     parameters
     */
    public void load(String model, boolean parameters) {
        caller.mustBeOperator();
        if (parameters) {
            throw QueryOptions.invalid(
                    "A frontend cannot load a model with another configuration: change it where its host"
                            + " finds it, or deploy it by a router's control API.");
        }
        models.find(model, null);
    }

    /** @throws QueryException always: as above, or {@code INVALID_INPUT} with who can do it */
    public void unload(String model) {
        caller.mustBeOperator();
        String name = models.find(model, null).name();
        throw QueryOptions.invalid("A frontend cannot unload the model " + name
                + ": take it out of the folder of its hosts, or undeploy it by a router's control API.");
    }
}
