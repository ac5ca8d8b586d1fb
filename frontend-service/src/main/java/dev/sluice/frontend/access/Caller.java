package dev.sluice.frontend.access;

import dev.sluice.common.error.ErrorCode;
import dev.sluice.common.error.Failure;
import dev.sluice.common.error.QueryException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Who sends queries, as far as this frontend knows. */
public final class Caller {

    private static final Failure GONE = new Failure(
            ErrorCode.UNAUTHENTICATED,
            "The credentials that this connection was opened with are good no longer; open another with new ones.");

    /** Whoever reaches a frontend that asks nobody. */
    public static final Caller ANONYMOUS = new Caller("", "", Rights.ALL, () -> true);

    private final String name;
    private final String tenant;
    private final Rights rights;
    private final BooleanSupplier current;

    /**
     * @param name of its credentials; empty where it has none
     * @param tenant whom its queries are counted for; empty where that is unknown
     * @param current whether its credentials are still good, which a connection may outlive; cheap, on any thread
     */
    public Caller(String name, String tenant, Rights rights, BooleanSupplier current) {
        this.name = name;
        this.tenant = tenant;
        this.rights = rights;
        this.current = current;
    }

    /** Somebody without credentials who says which tenant it is. */
    static Caller saying(String tenant) {
        return new Caller("", tenant, Rights.ALL, () -> true);
    }

    public String name() {
        return name;
    }

    public String tenant() {
        return tenant;
    }

    public Rights rights() {
        return rights;
    }

    /** Why it may call nothing any more; null as long as its credentials are good. As cheap as those say, on any thread. */
    public @Nullable Failure gone() {
        return current.getAsBoolean() ? null : GONE;
    }

    /** Why it may not call an actor now; null where it may. */
    public @Nullable Failure refusal(String actor) {
        Failure gone = gone();
        if (gone != null) {
            return gone;
        }
        return rights.mayCall(actor)
                ? null
                : new Failure(
                        ErrorCode.FORBIDDEN, "The caller " + name + " may not call the actor " + shown(actor) + ".");
    }

    /** @throws QueryException {@code FORBIDDEN} where it may not call the actor, whether there is one or not */
    public void mustBeAllowed(String actor) {
        Failure refusal = refusal(actor);
        if (refusal != null) {
            throw refusal.toException();
        }
    }

    /** @throws QueryException {@code FORBIDDEN} for whoever is no operator */
    public void mustBeOperator() {
        if (!rights.operator()) {
            throw new QueryException(
                    ErrorCode.FORBIDDEN, "This is for operators, and the caller " + name + " is none.");
        }
    }

    private static String shown(String actor) {
        return actor.length() > 64 ? actor.substring(0, 64) + "..." : actor;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "anonymous" : name + " of " + tenant;
    }
}
