package dev.sluice.examples.basic;

import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;

/** Answers with the body it was sent, whatever its media type. */
@Actor(value = "echo", idempotent = true, description = "the body back, any media type")
public class Echo {

    public Content call(Content body) {
        return body;
    }
}
