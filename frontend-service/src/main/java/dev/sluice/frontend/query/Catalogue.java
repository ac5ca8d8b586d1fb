package dev.sluice.frontend.query;

import dev.sluice.common.actor.ActorDescriptor;
import dev.sluice.common.actor.MethodDescriptor;
import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.QueryException;
import dev.sluice.common.text.NearestName;
import dev.sluice.frontend.access.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The actors that a caller may call. Finds what a request names, or says in a sentence why it cannot: the same sentence in every
 * protocol, and never one that tells of other actors.
 */
public final class Catalogue {

    private static final int NAMES_IN_A_SENTENCE = 20;

    private final Gateway gateway;
    private final Caller caller;

    public Catalogue(Gateway gateway, Caller caller) {
        this.gateway = gateway;
        this.caller = caller;
    }

    /**
     * @throws QueryException {@code FORBIDDEN} for an actor that the caller may not call, {@code UNAVAILABLE} until the catalogue is
     *     complete, {@code NOT_FOUND} for an actor or a method that it does not list
     */
    public Target target(String actorName, String methodName) {
        ActorDescriptor actor = actor(actorName);
        List<MethodDescriptor> methods = actor.methods();
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).name().equals(methodName)) {
                return new Target(actor, methods.get(i));
            }
        }
        throw new QueryException(
                ErrorCode.NOT_FOUND,
                "The actor " + actorName + " has no method " + shortened(methodName) + "; it has "
                        + listed(methods, MethodDescriptor::name) + ".");
    }

    /** @throws QueryException as {@link #target} does */
    public ActorDescriptor actor(String name) {
        // Before anything is said of it: whether there is one is not for everybody either.
        caller.mustBeAllowed(name);
        Optional<ActorDescriptor> actor = gateway.actor(name);
        if (actor.isPresent()) {
            return actor.get();
        }
        requireReady();
        throw new QueryException(ErrorCode.NOT_FOUND, "There is no actor " + shortened(name) + "." + hint(name));
    }

    /** All of them. @throws QueryException {@code UNAVAILABLE} until the catalogue is complete */
    public List<ActorDescriptor> actors() {
        requireReady();
        return visible();
    }

    private List<ActorDescriptor> visible() {
        List<ActorDescriptor> all = gateway.actors();
        return caller.rights().seesAll()
                ? all
                : all.stream()
                        .filter(actor -> caller.rights().mayCall(actor.name()))
                        .toList();
    }

    private void requireReady() {
        if (!gateway.ready()) {
            throw new QueryException(
                    ErrorCode.UNAVAILABLE,
                    "No router has told this frontend yet which actors there are; try again soon.");
        }
    }

    private String hint(String name) {
        List<ActorDescriptor> actors = visible();
        return NearestName.of(name, actors.stream().map(ActorDescriptor::name).toList())
                .map(near -> " Did you mean " + near + "?")
                .orElseGet(() -> actors.isEmpty()
                        ? " None is published."
                        : " There are " + listed(actors, ActorDescriptor::name) + ".");
    }

    private static <T> String listed(List<T> things, Function<T, String> name) {
        String names = things.stream().limit(NAMES_IN_A_SENTENCE).map(name).collect(Collectors.joining(", "));
        int more = things.size() - NAMES_IN_A_SENTENCE;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    private static String shortened(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "..." : name;
    }
}
