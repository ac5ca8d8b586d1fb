package dev.sluice.frontend.http;

import dev.sluice.frontend.http.problem.Problem;
import dev.sluice.frontend.http.problem.ProblemJson;

/** How a protocol writes what went wrong. The status and the headers are the same in all. */
public interface ErrorForm {

    /** RFC 9457 problem details. */
    ErrorForm PROBLEM = new ErrorForm() {
        @Override
        public String mediaType() {
            return Problem.MEDIA_TYPE;
        }

        @Override
        public byte[] bytes(Problem problem) {
            return ProblemJson.bytes(problem);
        }
    };

    String mediaType();

    /** In one line, so that it also fits a server-sent event. */
    byte[] bytes(Problem problem);
}
