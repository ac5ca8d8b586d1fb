package dev.sluice.frontend.query.model;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.access.Caller;
import dev.sluice.frontend.query.Catalogue;
import dev.sluice.frontend.query.Gateway;
import dev.sluice.frontend.query.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models that a caller may ask. Finds them by name: {@code actor}, or {@code actor:method}. */
public final class Models {

    private final Catalogue catalogue;

    public Models(Gateway gateway, Caller caller) {
        this(new Catalogue(gateway, caller));
    }

    private Models(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * A model to send a query to. Whether hosts have the version that is asked for is for the routers to say.
     *
     * @throws QueryException as {@link Catalogue#target} does
     */
    public Model find(String name, @Nullable String version) {
        int mark = name.indexOf(Model.METHOD_MARK);
        String actor = mark < 0 ? name : name.substring(0, mark);
        String method = mark < 0 ? MethodDescriptor.DEFAULT_NAME : name.substring(mark + 1);
        Target target = catalogue.target(actor, method);
        return new Model(target.actor(), target.method(), version);
    }

    /**
     * A model to tell something of.
     *
     * @throws QueryException as {@link #find} does, and {@code NOT_FOUND} for a version that the catalogue says nothing of
     */
    public Model describe(String name, @Nullable String version) {
        Model model = find(name, version);
        if (version != null && !version.equals(model.actor().version())) {
            throw new QueryException(
                    ErrorCode.NOT_FOUND,
                    "Of the model " + model.name() + ", version "
                            + model.actor().version() + " is what callers get, and no other is described.");
        }
        return model;
    }

    /** All models, by name. @throws QueryException {@code UNAVAILABLE} until the catalogue is complete */
    public List<Model> all() {
        return catalogue.actors().stream()
                .flatMap(actor -> actor.methods().stream().map(method -> of(actor, method)))
                .toList();
    }

    private static Model of(ActorDescriptor actor, MethodDescriptor method) {
        return new Model(actor, method, null);
    }
}
