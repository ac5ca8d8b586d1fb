package dev.sluice.frontend.access;

/**
 * What a caller may. It sees of the catalogue what it may call.
 *
 * @param own the actors that its credentials are for
 * @param tenants those that its tenant may call
 * @param operator whether it may load and unload models, and see what concerns all callers
 */
public record Rights(ActorPatterns own, ActorPatterns tenants, boolean operator) {

    public static final Rights ALL = new Rights(ActorPatterns.ANY, ActorPatterns.ANY, true);

    /** Whether there is no actor that it may not call. */
    public boolean seesAll() {
        return own == ActorPatterns.ANY && tenants == ActorPatterns.ANY;
    }

    public boolean mayCall(String actor) {
        return own.match(actor) && tenants.match(actor);
    }
}
