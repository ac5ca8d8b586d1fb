package dev.sluice.frontend.http;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** How the answers of a stream become one open-ended response. */
public interface StreamForm {

    CharSequence mediaType();

    /** Takes the answer's body over. */
    ByteBuf answer(Answer answer);

    /** What says that all came; empty where the end of the response does. */
    ByteBuf end();

    /** What says that no more comes, and why; null where nothing can say it, so that the response has to break off. */
    @Nullable ByteBuf failed(Failure failure, String actor);

    /** What may be sent while no answer comes; null where nothing may. */
    @Nullable ByteBuf heartbeat();
}
