package dev.sluice.frontend.http;

import dev.sluice.frontend.query.Answer;

/** A query on its way back to its caller. */
interface Reply {

    /** How it ended; called on the connection's event loop, once at most. */
    interface Outcome {

        /** The answer now belongs to the outcome. */
        void answered(Answer answer);

        void failed(Throwable cause);
    }

    /** The caller is gone: cancels the query in every tier. Called on the connection's event loop. */
    void cancel();
}
