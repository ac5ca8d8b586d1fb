package dev.sluice.router.fleet.plan;

import java.util.Locale;

/** Why a replica that is wanted is not there. Only for the want of slots more hosts help. */
public enum Shortage {
    /** All slots that could have it are taken. */
    SLOTS,
    /** Replicas of its version fail wherever they are tried; it is tried again later. */
    FAILING,
    /** All hosts that offer its type say that they cannot make it. */
    REJECTED,
    /** No host offers its type. */
    NO_OFFER,
    /** It is placed as soon as another one has ended. */
    PENDING;

    /** As meters and documents name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
