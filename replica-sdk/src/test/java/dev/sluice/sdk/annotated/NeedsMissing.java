package dev.sluice.sdk.annotated;

import dev.sluice.sdk.Actor;

/** An actor of a jar that lacks a dependency. */
@Actor("needs-missing")
class NeedsMissing {

    long call(Missing input) {
        return input.value();
    }
}
