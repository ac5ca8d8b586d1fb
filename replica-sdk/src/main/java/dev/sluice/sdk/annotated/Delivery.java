package dev.sluice.sdk.annotated;

import dev.sluice.sdk.codec.GenericTypes;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** How a method hands over what it returns. */
enum Delivery {
    /** It is there when the method returns. */
    NOW,
    MONO,
    STAGE,
    STREAM;

    static Delivery of(Type returned) {
        Class<?> raw = GenericTypes.raw(returned);
        if (Mono.class.isAssignableFrom(raw)) {
            return MONO;
        }
        if (CompletionStage.class.isAssignableFrom(raw)) {
            return STAGE;
        }
        return Publisher.class.isAssignableFrom(raw) ? STREAM : NOW;
    }

    /** What is handed over. */
    Type delivered(Type returned) {
        return switch (this) {
            case NOW -> returned;
            case STAGE -> GenericTypes.argument(returned, CompletionStage.class);
            case MONO, STREAM -> GenericTypes.argument(returned, Publisher.class);
        };
    }

    /** Whether there is one result, and perhaps not yet when the method returns. */
    boolean comesLater() {
        return this == MONO || this == STAGE;
    }

    /** A future that cannot be listened to would have to be waited for. */
    static boolean isDeaf(Type returned) {
        Class<?> raw = GenericTypes.raw(returned);
        return of(returned) == NOW && Future.class.isAssignableFrom(raw);
    }
}
